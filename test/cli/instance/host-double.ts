import type { ApiServer, Plane } from '../../../cli/apply/api-server';
import { groupOf } from '../../../src/core/object-key';

/** A kind that the double serves. */
type Served = readonly [apiVersion: string, kind: string, plural: string, cluster?: true];

const SERVED: readonly Served[] = [
  ['v1', 'Namespace', 'namespaces', true],
  ['v1', 'Node', 'nodes', true],
  ['v1', 'PersistentVolume', 'persistentvolumes', true],
  ['v1', 'ConfigMap', 'configmaps'],
  ['v1', 'Secret', 'secrets'],
  ['v1', 'Service', 'services'],
  ['v1', 'ServiceAccount', 'serviceaccounts'],
  ['v1', 'Pod', 'pods'],
  ['v1', 'Event', 'events'],
  ['v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'],
  ['v1', 'ResourceQuota', 'resourcequotas'],
  ['v1', 'LimitRange', 'limitranges'],
  ['apps/v1', 'Deployment', 'deployments'],
  ['apps/v1', 'StatefulSet', 'statefulsets'],
  ['batch/v1', 'CronJob', 'cronjobs'],
  ['policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets'],
  ['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'],
  ['storage.k8s.io/v1', 'StorageClass', 'storageclasses', true],
  ['storage.k8s.io/v1', 'CSIStorageCapacity', 'csistoragecapacities'],
  ['scheduling.k8s.io/v1', 'PriorityClass', 'priorityclasses', true],
  ['coordination.k8s.io/v1', 'Lease', 'leases'],
  ['discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', true],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'clusterrolebindings', true],
  ['apiregistration.k8s.io/v1', 'APIService', 'apiservices', true],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', true],
  ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', true],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', true],
  ['authorization.k8s.io/v1', 'SelfSubjectRulesReview', 'selfsubjectrulesreviews', true],
];

/** A host that has these objects and takes nothing: an API server as far as a doctor asks it. */
export interface HostDouble extends ApiServer {
  /** Method and path of all that was asked. */
  readonly asked: readonly string[];
}

export interface HostDoubleOptions {
  readonly plane?: Plane;
  /** Such as `v1.35.2`. */
  readonly version?: string;
  /** How far its clock is ahead. */
  readonly aheadMs?: number;
  /** Plurals that it lets nobody read. */
  readonly denied?: readonly string[];
  /** Verbs that it allows. */
  readonly verbs?: readonly string[];
  /** What it answers at other paths, as `GET /readyz`. */
  readonly answers?: { readonly [request: string]: readonly [status: number, body: any] };
}

export function hostDouble(objects: readonly any[], options: HostDoubleOptions = {}): HostDouble {
  const { plane = 'host', aheadMs = 0, answers = {} } = options;
  const asked: string[] = [];
  return {
    plane,
    url: `https://${plane}.example`,
    name: 'context "double"',
    asked,
    request: async ({ method, path, accept = '', query, body: sent }) => {
      asked.push(`${method} ${path}`);
      // a dry-run is answered with what was sent: it is kept nowhere
      const tried = method === 'PATCH' && query?.dryRun === 'All' ? ([200, sent] as const) : undefined;
      const [status, body] = answers[`${method} ${path}`] ?? tried ?? answer(method, path, accept, objects, options);
      // as a header tells it: to the second
      const date = Math.floor((Date.now() + aheadMs) / 1000) * 1000;
      return { status, body: structuredClone(body), warnings: [], date };
    },
    close: async () => undefined,
  };
}

function answer(
  method: string,
  path: string,
  accept: string,
  objects: readonly any[],
  { version = 'v1.35.2', denied = [], verbs = ['*'] }: HostDoubleOptions,
): [status: number, body: any] {
  if (path === '/version') return [200, { gitVersion: version }];
  if (path === '/api' || path === '/apis') {
    if (accept.includes('APIGroupDiscoveryList')) return [200, discovery(path === '/api')];
    return [200, { groups: groups() }];
  }
  if (path.endsWith('/selfsubjectrulesreviews')) {
    return [201, { status: { resourceRules: [{ apiGroups: ['*'], resources: ['*'], verbs }] } }];
  }
  if (path.endsWith('/selfsubjectaccessreviews')) return [201, { status: { allowed: verbs.includes('*') } }];
  const found = addressed(path);
  if (!found || method !== 'GET') return [404, status(404, `${method} ${path} is nothing here`)];
  const [[apiVersion, kind, plural], namespace, name] = found;
  if (denied.includes(plural)) return [403, status(403, `cannot list resource "${plural}"`)];
  const all = objects.filter(
    (each) =>
      each.kind === kind && each.apiVersion === apiVersion && (!namespace || each.metadata.namespace === namespace),
  );
  if (name === undefined) return [200, { kind: `${kind}List`, apiVersion, metadata: {}, items: all }];
  const one = all.find(({ metadata }) => metadata.name === name);
  return one ? [200, one] : [404, status(404, `${plural} "${name}" not found`)];
}

function addressed(
  path: string,
): [served: Served, namespace: string | undefined, name: string | undefined] | undefined {
  const [, groupVersion, namespace, plural, name] =
    /^\/(?:api|apis)\/(v1|[^/]+\/[^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  const served = SERVED.find(([apiVersion, , each]) => apiVersion === groupVersion && each === plural);
  if (served) return [served, namespace, name];
  const own = /^\/api\/v1\/namespaces\/([^/]+)$/.exec(path);
  return own ? [SERVED[0], undefined, own[1]] : undefined;
}

function groups(): any[] {
  const versions = [...new Set(SERVED.map(([apiVersion]) => apiVersion))].filter((each) => each !== 'v1');
  return versions.map((groupVersion) => ({ name: groupOf(groupVersion), versions: [{ groupVersion }] }));
}

function discovery(core: boolean): any {
  const names = [...new Set(SERVED.map(([apiVersion]) => apiVersion))].filter((each) => (each === 'v1') === core);
  const items = names.map((apiVersion) => ({
    metadata: { name: groupOf(apiVersion) },
    versions: [
      {
        version: apiVersion.split('/').pop(),
        resources: SERVED.filter(([each]) => each === apiVersion).map(([, kind, resource, cluster]) => ({
          resource,
          responseKind: { kind },
          scope: cluster ? 'Cluster' : 'Namespaced',
          verbs: ['get', 'list'],
        })),
      },
    ],
  }));
  return { kind: 'APIGroupDiscoveryList', items };
}

function status(code: number, message: string): any {
  return { kind: 'Status', status: 'Failure', code, reason: code === 403 ? 'Forbidden' : 'NotFound', message };
}

/** A node that is Ready. */
export function aNode(name: string, { cpu = '8', memory = '32Gi', ...more }: any = {}): any {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: {},
    status: { conditions: [{ type: 'Ready', status: 'True' }], allocatable: { cpu, memory, pods: '110' } },
    ...more,
  };
}

/** The default StorageClass. */
export const standard = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'disk.csi.example.com',
  volumeBindingMode: 'WaitForFirstConsumer',
  allowVolumeExpansion: true,
  reclaimPolicy: 'Retain',
};
