import { AS_OF } from '../../src/core/private/keys';

/** A kind that a fleet file, or the file of other people's policies, holds. */
export interface RecordedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  /** The fields that are recorded. Everything else stays on Karmada: what is not named here cannot leak. */
  readonly record: (object: any) => any;
}

type Parts = { readonly [field: string]: any };

/** Those of the fields that are there. */
function pick(object: any, ...fields: readonly string[]): Parts {
  return Object.fromEntries(
    fields.filter((field) => object?.[field] !== undefined).map((each) => [each, object[each]]),
  );
}

function each(list: any, ...fields: readonly string[]): Parts[] | undefined {
  return list?.map((item: any) => pick(item, ...fields));
}

/** Without the parts that are empty. */
function present(parts: Parts): Parts {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

/**
 * What a preview reads of a Cluster, and what a person wants to see of it. Never how it is reached: endpoint, proxy and its
 * headers, references to Secrets; nor the messages of conditions, which quote endpoints.
 */
function cluster({ spec, status }: any): Parts {
  return present({
    spec: pick(spec, 'syncMode', 'provider', 'region', 'zone', 'zones', 'taints', 'resourceModels'),
    status: status && {
      ...pick(status, 'kubernetesVersion', 'apiEnablements', 'nodeSummary', 'resourceSummary', 'remedyActions'),
      ...present({ conditions: each(status.conditions, 'type', 'status', 'reason', 'lastTransitionTime') }),
    },
  });
}

export const CLUSTERS: RecordedKind = {
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  plural: 'clusters',
  record: cluster,
};

const wholeSpec = ({ spec }: any): Parts => ({ spec });

/** Says in place of a value of a Secret that there was one. */
const NOT_RECORDED = '(value not recorded)';

/** An override of a Secret holds a part of the Secret. */
function override({ spec }: any): Parts {
  const selectors: readonly any[] = spec?.resourceSelectors ?? [];
  const takesSecrets = selectors.length === 0 || selectors.some(({ kind }) => kind === 'Secret');
  return { spec: takesSecrets ? withoutData(spec) : spec };
}

function withoutData(at: any): any {
  if (Array.isArray(at)) return at.map(withoutData);
  if (at === null || typeof at !== 'object') return at;
  const path = at.path ?? at.fieldPath;
  const isData = typeof path === 'string' && /^\/?($|(data|stringData)(\/|$))/.test(path);
  return Object.fromEntries(
    Object.entries(at).map(([key, value]) => [
      key,
      isData && key === 'value' ? NOT_RECORDED : isData && isOperations(key) ? hidden(value) : withoutData(value),
    ]),
  );
}

/** Of an override of a document inside a field. */
function isOperations(key: string): boolean {
  return key === 'json' || key === 'yaml';
}

function hidden(operations: any): any {
  return operations?.map((each: any) => ('value' in each ? { ...each, value: NOT_RECORDED } : each));
}

function policyKind(kind: string, plural: string, record: RecordedKind['record'] = wholeSpec): RecordedKind {
  return { apiVersion: 'policy.karmada.io/v1alpha1', kind, plural, record };
}

/** An interpreter's scripts and addresses are no business of a preview: which kinds it reads is. */
const CONFIG = 'config.karmada.io/v1alpha1';

/** What decides beside the policies of the input. Never a template, a Secret, or a definition of a kind. */
export const POLICIES: readonly RecordedKind[] = [
  policyKind('PropagationPolicy', 'propagationpolicies'),
  policyKind('ClusterPropagationPolicy', 'clusterpropagationpolicies'),
  policyKind('OverridePolicy', 'overridepolicies', override),
  policyKind('ClusterOverridePolicy', 'clusteroverridepolicies', override),
  policyKind('FederatedResourceQuota', 'federatedresourcequotas', ({ spec, status }) =>
    present({ spec, status: status && pick(status, 'overall', 'overallUsed') }),
  ),
  policyKind('ClusterTaintPolicy', 'clustertaintpolicies'),
  {
    apiVersion: CONFIG,
    kind: 'ResourceInterpreterCustomization',
    plural: 'resourceinterpretercustomizations',
    record: ({ spec }) => ({ spec: pick(spec, 'target') }),
  },
  {
    apiVersion: CONFIG,
    kind: 'ResourceInterpreterWebhookConfiguration',
    plural: 'resourceinterpreterwebhookconfigurations',
    record: ({ webhooks }) => present({ webhooks: each(webhooks, 'name', 'rules') }),
  },
];

/**
 * An object as it is recorded: its identity, its labels (policies select by them, and they say which ApplySet it is part
 * of), the fields of its kind, and when it was read.
 */
export function recorded({ apiVersion, kind, record }: RecordedKind, object: any, asOf: string): any {
  const metadata = pick(object.metadata, 'name', 'namespace', 'labels', 'deletionTimestamp');
  return { apiVersion, kind, metadata: { ...metadata, annotations: { [AS_OF]: asOf } }, ...record(object) };
}
