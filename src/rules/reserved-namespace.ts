import { FindingLevel } from '../core/finding';
import { PROPAGATION } from './kinds';
import { entries } from './read';
import type { ObjectRule, Surroundings } from './rule';

/** Namespaces that the detector passes over. Mirrors pkg/util/names/names.go and pkg/detector/detector.go at v1.18.2. */
function isSkipped(namespace: string, { assumptions }: Surroundings): boolean {
  if (['karmada-system', 'karmada-cluster'].includes(namespace) || namespace.startsWith('karmada-es-')) return true;
  const patterns = assumptions.flag('controller-manager', 'skipped-propagating-namespaces').split(',');
  return patterns.some((pattern) => pattern !== '' && new RegExp(`^(?:${pattern})$`).test(namespace));
}

export const RESERVED_NAMESPACE: ObjectRule = {
  code: 'MC015',
  level: FindingLevel.WARNING,
  title: 'a policy for a reserved namespace',
  why: 'Karmada keeps some namespaces for itself (kube-*, karmada-system, karmada-cluster, karmada-es-*): it never sends out anything that is in them, whatever policies say.',
  fix: 'put the objects and the policy into a namespace of your own',
  see: 'https://karmada.io/docs/reference/reserved-namespaces',
  kinds: PROPAGATION,
  look: (policy, around) => {
    const { namespace } = policy.metadata;
    const places =
      policy.kind === 'PropagationPolicy'
        ? [{ namespace, path: 'metadata.namespace' }]
        : entries(policy.spec?.resourceSelectors).map(({ item, index }) => ({
            namespace: item.namespace,
            path: `spec.resourceSelectors[${index}].namespace`,
          }));
    return places
      .filter((place) => place.namespace && isSkipped(place.namespace, around))
      .map((place) => ({
        object: policy,
        path: place.path,
        message: `Karmada sends nothing out of the namespace "${place.namespace}"`,
      }));
  },
};
