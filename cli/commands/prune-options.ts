import type { LeaveOptions } from '../apply/departures';

/** Options about what is no longer in the code. */
export interface PruneOptions {
  /** Numbers, objects and kinds. */
  readonly allowPrune?: readonly string[];
  /** False for `--no-prune`. */
  readonly prune?: boolean;
  /** Objects that may be deleted and made anew. */
  readonly replace?: readonly string[];
}

/** What may be deleted: at most so many objects, and these though they are of a kind that never goes by itself. */
export function leaveOptions({
  allowPrune = [],
  prune,
  replace = [],
}: PruneOptions): LeaveOptions & { allowedCount: number; replace: readonly string[] } {
  const counts = allowPrune.filter((each) => /^\d+$/.test(each)).map(Number);
  return {
    allowed: allowPrune.filter((each) => !/^\d+$/.test(each)),
    allowedCount: Math.max(0, ...counts),
    prune: prune ?? true,
    replace,
  };
}
