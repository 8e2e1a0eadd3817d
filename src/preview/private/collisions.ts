import type { Claims } from './claim';
import type { Decision } from './decide';

/** A policy in the format of the command's `-o json`. */
export function policyRef({ kind, metadata }: any): any {
  return { kind, namespace: metadata.namespace ?? '', name: metadata.name };
}

/**
 * Resources that more than one policy selects: which one claims each, and which one would take over if that were deleted. What
 * only one policy selects stays where it is when that goes, and nothing looks after it any more.
 */
export function collisions(decisions: readonly Decision[], claims: Claims): any[] {
  return decisions.flatMap(({ template, key, selectedBy }) => {
    const next = selectedBy && claims.successor(template, selectedBy);
    if (!next) return [];
    return [{ resource: key, policy: policyRef(selectedBy), next: policyRef(next) }];
  });
}
