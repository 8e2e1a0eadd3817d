import type { Trouble } from '../../core/private/trouble';

/** The largest number in most fields of Kubernetes. */
export const MAX_INT32 = 2 ** 31 - 1;

/** What is wrong with numbers, by prop; each may be left out. */
export function countTroubles(
  counts: { readonly [prop: string]: number | undefined },
  least = 0,
  most = MAX_INT32,
): Trouble[] {
  const bounds = most === MAX_INT32 ? `of ${least} or more` : `from ${least} to ${most}`;
  return Object.entries(counts)
    .filter(([, count]) => count !== undefined && !(Number.isInteger(count) && count >= least && count <= most))
    .map(([prop, count]) => ({
      what: `\`${prop}\` must be a whole number ${bounds}, got ${count}`,
      fix: `give one ${bounds}`,
    }));
}
