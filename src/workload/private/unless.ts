import type { Trouble } from '../../core/private/trouble';

/** One trouble unless something is as it has to be. */
export function unless(fine: boolean, what: string, fix: string): Trouble[] {
  return fine ? [] : [{ what, fix }];
}

/** What stands in a list more than once, each named once. */
export function twice<T>(items: readonly T[]): T[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}
