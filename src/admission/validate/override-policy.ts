import type { Review } from '../review';
import { validateClusterAffinity } from './cluster-affinity';
import { validateOverriders } from './overriders';
import { validateSelectorNamespaces } from './resource-selectors';

/** What the old form of a policy may hold; Karmada forgets fieldOverrider here (validation.go, emptyOverrides). */
const OLD_FORM = [
  'plaintext',
  'imageOverrider',
  'commandOverrider',
  'argsOverrider',
  'labelsOverrider',
  'annotationsOverrider',
];

/** ValidateOverrideSpec of pkg/util/validation/validation.go at v1.18.2, the same for both kinds of policy. */
export function validateOverridePolicy(review: Review): void {
  const { spec, refusals } = review;
  validateClusterAffinity(spec.targetCluster, 'spec.targetCluster', refusals);
  const rules = spec.overrideRules;
  if (spec.targetCluster && rules) {
    refusals.conflict(
      'spec.targetCluster',
      'targetCluster, the old form, stands next to overrideRules',
      'move targetCluster into a rule of overrideRules',
    );
  }
  if (rules && OLD_FORM.some((name) => spec.overriders[name]?.length)) {
    refusals.conflict(
      'spec.overriders',
      'overriders, the old form, stand next to overrideRules',
      'move overriders into a rule of overrideRules',
    );
  }
  (rules ?? []).forEach((rule: any, index: number) => {
    const path = `spec.overrideRules[${index}]`;
    validateOverriders(rule.overriders, `${path}.overriders`, refusals);
    validateClusterAffinity(rule.targetCluster, `${path}.targetCluster`, refusals);
  });
  validateSelectorNamespaces(review);
}
