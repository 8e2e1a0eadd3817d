import { KARMADA_CA } from '../certificates';
import type { ControlPlane } from '../control-plane';
import { type Part, WAVES } from '../part';
import { injectCa, webhookUrl } from './authority';

const POLICY = 'policy.karmada.io';
const WORK = 'work.karmada.io';
const CONFIG = 'config.karmada.io';
const AUTOSCALING = 'autoscaling.karmada.io';
const NETWORKING = 'networking.karmada.io';

/** One webhook: its name (less `.karmada.io`), the resource that it is called for, and what is not as usual. */
interface Webhook {
  readonly name: string;
  readonly group: string;
  readonly resource: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** Kind in lower case; the path ends with it. */
  readonly kind: string;
  readonly operations?: readonly string[];
  readonly more?: any;
}

function namespaced(name: string, group: string, resource: string, kind = name, more: Partial<Webhook> = {}): Webhook {
  return { name, group, resource, scope: 'Namespaced', kind, ...more };
}

function clusterScoped(
  name: string,
  group: string,
  resource: string,
  kind = name,
  more: Partial<Webhook> = {},
): Webhook {
  return { name, group, resource, scope: 'Cluster', kind, ...more };
}

/** Mirrors artifacts/deploy/webhook-configuration.yaml, the same at v1.16.8, v1.17.5 and v1.18.2. */
const MUTATING: readonly Webhook[] = [
  namespaced('propagationpolicy', POLICY, 'propagationpolicies'),
  clusterScoped('clusterpropagationpolicy', POLICY, 'clusterpropagationpolicies'),
  namespaced('overridepolicy', POLICY, 'overridepolicies'),
  namespaced('resourcebinding', WORK, 'resourcebindings', 'resourcebinding', { operations: ['CREATE'] }),
  clusterScoped('clusterresourcebinding', WORK, 'clusterresourcebindings', 'clusterresourcebinding', {
    operations: ['CREATE'],
  }),
  namespaced('work', WORK, 'works'),
  namespaced('autoscaling', AUTOSCALING, 'federatedhpas', 'federatedhpa'),
  namespaced('multiclusterservice', NETWORKING, 'multiclusterservices'),
];

/** Mirrors the same file. */
const VALIDATING: readonly Webhook[] = [
  namespaced('propagationpolicy', POLICY, 'propagationpolicies'),
  clusterScoped('clusterpropagationpolicy', POLICY, 'clusterpropagationpolicies'),
  namespaced('overridepolicy', POLICY, 'overridepolicies'),
  clusterScoped('clusteroverridepolicy', POLICY, 'clusteroverridepolicies'),
  clusterScoped(
    'config',
    CONFIG,
    'resourceinterpreterwebhookconfigurations',
    'resourceinterpreterwebhookconfiguration',
  ),
  clusterScoped(
    'resourceinterpretercustomization',
    CONFIG,
    'resourceinterpretercustomizations',
    'resourceinterpretercustomization',
    // it runs the scripts that it is given
    { more: { timeoutSeconds: 10 } },
  ),
  namespaced('federatedresourcequota', POLICY, 'federatedresourcequotas'),
  namespaced('multiclusteringress', NETWORKING, 'multiclusteringresses'),
  namespaced('federatedhpa', AUTOSCALING, 'federatedhpas'),
  namespaced('cronfederatedhpa', AUTOSCALING, 'cronfederatedhpas'),
  namespaced('multiclusterservice', NETWORKING, 'multiclusterservices'),
  namespaced('resourcebinding', WORK, 'resourcebindings', 'resourcebinding', { more: { sideEffects: 'NoneOnDryRun' } }),
  clusterScoped('clustertaintpolicy', POLICY, 'clustertaintpolicies'),
];

/** The webhook configurations. They come last: from then on no policy can be written unless the webhook answers. */
export function admissionWebhooks(plane: ControlPlane): Part[] {
  return [
    configuration('MutatingWebhooks', 'MutatingWebhookConfiguration', 'mutating-config', [
      ...MUTATING.map((webhook) => entry(plane, 'mutate', webhook)),
    ]),
    configuration('ValidatingWebhooks', 'ValidatingWebhookConfiguration', 'validating-config', [
      ...VALIDATING.map((webhook) => entry(plane, 'validate', webhook)),
      deletionProtection(plane),
    ]),
  ];
}

function configuration(id: string, kind: string, name: string, webhooks: any[]): Part {
  return {
    id,
    wave: WAVES.webhooks,
    manifest: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind,
      metadata: { name, labels: { app: 'karmada-webhook' }, annotations: injectCa(KARMADA_CA) },
      webhooks,
    },
  };
}

function entry(plane: ControlPlane, verb: 'mutate' | 'validate', webhook: Webhook): any {
  return {
    name: `${webhook.name}.karmada.io`,
    rules: [
      {
        operations: webhook.operations ?? ['CREATE', 'UPDATE'],
        apiGroups: [webhook.group],
        apiVersions: ['*'],
        resources: [webhook.resource],
        scope: webhook.scope,
      },
    ],
    clientConfig: { url: webhookUrl(plane, `/${verb}-${webhook.kind}`) },
    failurePolicy: 'Fail',
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    timeoutSeconds: 3,
    ...webhook.more,
  };
}

/** The one that looks at objects of every kind: those that carry the label of deletion protection. */
function deletionProtection(plane: ControlPlane): any {
  return {
    name: 'resourcedeletionprotection.karmada.io',
    rules: [{ operations: ['DELETE'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], scope: '*' }],
    clientConfig: { url: webhookUrl(plane, '/validate-resourcedeletionprotection') },
    objectSelector: {
      matchExpressions: [{ key: 'resourcetemplate.karmada.io/deletion-protected', operator: 'Exists' }],
    },
    failurePolicy: 'Fail',
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    timeoutSeconds: 3,
  };
}
