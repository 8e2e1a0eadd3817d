import { shown } from '../refusals';
import type { Review } from '../review';

/**
 * validateResourceSelectors of pkg/util/validation/validation.go at v1.18.2; cluster-scoped policies may select anywhere. Before
 * v1.17 nobody looked.
 */
export function validateSelectorNamespaces({ namespace, spec, refusals }: Review): void {
  if (namespace === '') return;
  (spec.resourceSelectors ?? []).forEach((selector: any, index: number) => {
    if (selector.namespace === namespace) return;
    refusals.since('v1.17', () =>
      refusals.conflict(
        `spec.resourceSelectors[${index}].namespace`,
        `a policy in namespace ${shown(namespace)} cannot select in namespace ${shown(selector.namespace)}`,
        `remove the namespace, move the policy to ${shown(selector.namespace)}, or use the cluster-scoped kind of policy`,
      ),
    );
  });
}
