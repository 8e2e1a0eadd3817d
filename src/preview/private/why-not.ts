import type { Decision } from './decide';

/** Why a cluster gets nothing of a resource, in Karmada's words where it has some. */
export function whyNot(cluster: string, decision: Decision): string {
  if (decision.unsupported) return `not known: ${decision.unsupported}`;
  if (decision.waitsFor.length > 0) return `waits for override policies: ${decision.waitsFor.join(', ')}`;
  if (!decision.policy) {
    return decision.key.kind === 'Namespace'
      ? 'no policy selects it; Karmada sends a Namespace to every cluster by itself'
      : 'no policy selects it';
  }
  return decision.rejections.get(cluster) ?? decision.message ?? 'kept where it is';
}
