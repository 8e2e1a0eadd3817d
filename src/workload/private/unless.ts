import type { Trouble } from '../../core/private/trouble';

/** One trouble unless something is as it has to be. */
export function unless(fine: boolean, what: string, fix: string): Trouble[] {
  return fine ? [] : [{ what, fix }];
}

/** What is wrong with something, if it is given at all: most props are not, and thousands of workloads are looked at. */
export function whereGiven<T>(value: T | undefined, troublesOf: (value: T) => Trouble[]): Trouble[] {
  return value === undefined ? [] : troublesOf(value);
}

/** What stands in a list more than once, each named once. */
export function twice<T>(items: readonly T[]): T[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}
