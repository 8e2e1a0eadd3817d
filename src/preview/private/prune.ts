/**
 * Takes away what only makes sense on the Karmada API server. By the name of the kind alone, and twice over, as Karmada
 * does it.
 *
 * Mirrors `pkg/resourceinterpreter/default/native/prune/prune.go` of Karmada v1.18.2.
 */
export function prune(manifest: any): void {
  once(manifest);
  once(manifest);
}

const SERVER_FIELDS = [
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
  'ownerReferences',
  'finalizers',
];

function drop(from: any, keys: readonly string[]): void {
  if (from) for (const key of keys) delete from[key];
}

function once(manifest: any): void {
  drop(manifest.metadata, SERVER_FIELDS);
  delete manifest.status;
  KINDS[manifest.kind]?.(manifest);
}

const KINDS: { readonly [kind: string]: (manifest: any) => void } = {
  Deployment: ({ metadata }) =>
    drop(metadata.annotations, ['deployment.kubernetes.io/revision', 'deployment.kubernetes.io/revision-history']),
  Job: ({ spec }) => {
    drop(spec, ['ttlSecondsAfterFinished']);
    if (spec?.manualSelector === true) return;
    drop(spec?.selector?.matchLabels, ['controller-uid', 'batch.kubernetes.io/controller-uid']);
    drop(spec?.template?.metadata?.labels, [
      'controller-uid',
      'job-name',
      'batch.kubernetes.io/controller-uid',
      'batch.kubernetes.io/job-name',
    ]);
  },
  Service: ({ spec }) => {
    if (spec?.clusterIP !== 'None') drop(spec, ['clusterIP', 'clusterIPs']);
  },
  ServiceAccount: (manifest) => {
    const generated = `${manifest.metadata.name}-token-`;
    const secrets: any[] = manifest.secrets ?? [];
    // What follows a removed entry is looked at only in the second round: a fourth in a row survives both.
    for (let index = 0; index < secrets.length; index += 1) {
      if (secrets[index].name?.startsWith(generated)) secrets.splice(index, 1);
    }
  },
  Secret: (manifest) => {
    if (manifest.type !== 'kubernetes.io/service-account-token') return;
    manifest.data = null;
    drop(manifest.metadata.annotations, ['kubernetes.io/service-account.uid']);
  },
  PersistentVolumeClaim: ({ metadata }) => {
    if (metadata.annotations?.['volume.kubernetes.io/selected-node']) {
      drop(metadata.annotations, ['volume.kubernetes.io/selected-node']);
    }
  },
};
