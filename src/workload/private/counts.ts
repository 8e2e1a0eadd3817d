import type { Trouble } from '../../core/private/trouble';

const MAX_INT32 = 2 ** 31 - 1;

/** What is wrong with a number that may be left out. */
export function countTroubles(prop: string, count: number | undefined, least: number, most = MAX_INT32): Trouble[] {
  if (count === undefined || (Number.isInteger(count) && count >= least && count <= most)) return [];
  const bounds = most === MAX_INT32 ? `of ${least} or more` : `from ${least} to ${most}`;
  return [{ what: `\`${prop}\` must be a whole number ${bounds}, got ${count}`, fix: `give one ${bounds}` }];
}
