import type { Review } from '../review';

/** pkg/webhook/overridepolicy/mutating.go at v1.18.2. ClusterOverridePolicy has no mutating webhook. */
export function mutateOverridePolicy(review: Review): void {
  for (const selector of review.spec.resourceSelectors ?? []) selector.namespace ||= review.namespace;
}
