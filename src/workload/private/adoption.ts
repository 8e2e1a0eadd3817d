import { ClusterSelector } from '../../core/cluster-selector';
import type { Trouble } from '../../core/private/trouble';
import { Placement } from '../../policy/placement';
import { ConflictResolution } from '../../policy/propagation-options';
import type { MulticloudResourceOptions } from '../multicloud-resource';
import type { AdoptProps } from '../multicloud-yaml';

/** Namespaces that belong to a cluster or to Karmada. Mirrors pkg/util/names/names.go and the detector's default at v1.18.2. */
const RESERVED_NAMESPACE = /^(?:kube-.*|karmada-system|karmada-cluster|karmada-es-.*)$/;

/** Fields that a cluster fills in for itself, by kind. On members Karmada keeps what is there. */
const ALLOCATED: { readonly [kind: string]: readonly string[] } = {
  Service: ['clusterIP', 'clusterIPs', 'healthCheckNodePort'],
  PersistentVolumeClaim: ['volumeName'],
};

/** What the policy of an adopted object needs: it takes over what runs, and leaves it when the code lets go. */
export function adoptionOptions(props: AdoptProps): MulticloudResourceOptions {
  return {
    placement: Placement.duplicated({ clusters: ClusterSelector.names(props.fromCluster) }),
    conflictResolution: ConflictResolution.OVERWRITE,
    preserveResourcesOnDeletion: true,
    ...props,
  };
}

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
