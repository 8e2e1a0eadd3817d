import type { Trouble } from './trouble';

/** What only a server writes into `metadata`. */
const SERVER_METADATA = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
];

/** Labels and annotations that kubectl, controllers, Clusterpedia and Karmada write. */
const WRITTEN_BY_OTHERS =
  /^(?:kubectl\.kubernetes\.io\/last-applied-configuration$|deployment\.kubernetes\.io\/|deprecated\.daemonset\.template\.generation$|shadow\.clusterpedia\.io\/|(?:cluster)?propagationpolicy\.karmada\.io\/|resourcebinding\.karmada\.io\/|clusterresourcebinding\.karmada\.io\/|work\.karmada\.io\/|endpointslice\.karmada\.io\/|resourcetemplate\.karmada\.io\/(?:managed-annotations|managed-labels|uid|generation|claimed-by)$|karmada\.io\/managed$)/;

/** A manifest without what only servers and other tools write. */
export function withoutServerFields(manifest: any): any {
  const { status, metadata, ...rest } = manifest;
  const kept = { ...metadata };
  for (const field of SERVER_METADATA) delete kept[field];
  for (const field of ['labels', 'annotations']) {
    if (!kept[field]) continue;
    const own = Object.entries(kept[field]).filter(([key]) => !WRITTEN_BY_OTHERS.test(key));
    if (own.length > 0) kept[field] = Object.fromEntries(own);
    else delete kept[field];
  }
  return { ...rest, metadata: kept };
}

/** Namespaces that belong to a cluster or to Karmada. Mirrors pkg/util/names/names.go and the detector's default at v1.18.2. */
const RESERVED_NAMESPACE = /^(?:kube-.*|karmada-system|karmada-cluster|karmada-es-.*)$/;

/** Fields that a cluster fills in for itself, by kind. On members Karmada keeps what is there. */
const ALLOCATED: { readonly [kind: string]: readonly string[] } = {
  Service: ['clusterIP', 'clusterIPs', 'healthCheckNodePort'],
  PersistentVolumeClaim: ['volumeName'],
};

/** A manifest without what the cluster chose for itself: elsewhere it would be wrong. */
export function withoutAllocated(manifest: any): any {
  const fields = manifest.apiVersion === 'v1' ? (ALLOCATED[manifest.kind] ?? []) : [];
  if (fields.length === 0 || manifest.spec?.clusterIP === 'None') return manifest;
  const spec = { ...manifest.spec };
  for (const field of fields) delete spec[field];
  return { ...manifest, spec };
}

/** Why an object had better stay with its cluster. */
export function adoptionTroubles(manifest: any): Trouble[] {
  const { kind, metadata, spec } = manifest;
  const object = `${kind} ${metadata.name}`;
  const found: Trouble[] = [];
  if (RESERVED_NAMESPACE.test(metadata.namespace ?? '')) {
    found.push({
      what: `${object} is in namespace "${metadata.namespace}", which belongs to the cluster`,
      fix: 'leave it to its cluster',
    });
  }
  if (metadata.labels?.['karmada.io/managed'] === 'true') {
    found.push({
      what: `${object} came to its cluster through a Karmada already`,
      fix: 'give the object as it is on Karmada to `fromYaml`',
    });
  }
  if (metadata.ownerReferences?.length > 0) {
    const [{ kind: owner, name }] = metadata.ownerReferences;
    found.push({ what: `${object} belongs to ${owner} ${name}, which made it`, fix: `adopt ${owner} ${name} instead` });
  }
  if (kind === 'Service' && spec?.type === 'LoadBalancer') {
    found.push({
      what: `${object} is a load balancer, whose address belongs to its cluster`,
      fix: 'make a MulticloudService of the type that the other clusters need',
    });
  }
  return [...found, ...templateTroubles(object, spec?.template ?? spec?.jobTemplate)];
}

/** What of a pod template could not stay as it is, so that pods would be made anew. */
function templateTroubles(object: string, template: any): Trouble[] {
  const fix = 'take it out on the cluster first, when a restart does no harm';
  const labels = Object.keys(template?.metadata?.labels ?? {}).filter((key) => /(?:^|\/)controller-uid$/.test(key));
  return [
    ...labels.map((key) => ({
      what: `${object} cannot be adopted without new pods: its pod template has the label "${key}", which Karmada takes out`,
      fix: 'let it finish where it is',
    })),
    ...nullsIn(template, 'template').map((path) => ({
      what: `${object} cannot be adopted without new pods: its pod template has null at ${path}, which is not written`,
      fix,
    })),
  ];
}

/** Paths of nulls; a time of creation that is null is how kubectl writes that there is none. */
function nullsIn(value: any, path: string): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value)
    .filter(([key]) => key !== 'creationTimestamp')
    .flatMap(([key, item]) => nullsIn(item, `${path}.${key}`));
}
