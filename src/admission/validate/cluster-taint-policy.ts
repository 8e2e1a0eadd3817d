import { shown } from '../refusals';
import type { Review } from '../review';

/** pkg/webhook/clustertaintpolicy/validating.go at v1.18.2. */
export function validateClusterTaintPolicy({ spec, assumptions, refusals }: Review): void {
  const taints: readonly any[] = spec.taints ?? [];
  const allowed = assumptions.enabled('webhook', 'allow-no-execute-taint-policy');
  taints.forEach(({ key, effect }, index) => {
    const path = `spec.taints[${index}]`;
    if (effect === 'NoExecute' && !allowed) {
      refusals.conflict(
        path,
        `taint ${shown(key)} has effect "NoExecute", which Karmada's webhook forbids by default: it would evict workloads`,
        'use the effect "NoSchedule", or run the webhook with --allow-no-execute-taint-policy=true',
      );
    }
    if (taints.slice(index + 1).some((later) => later.key === key && later.effect === effect)) {
      refusals.duplicate(path, `taint ${key}:${effect} stands there twice`, 'keep one of the two');
    }
  });
}
