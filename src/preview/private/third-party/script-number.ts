import { troubles } from '../../../core/private/trouble';

/** A number as scripts read it: also from a text. `fallback` where there is none, or one that is no number. */
export function scriptNumber(value: unknown, fallback: number): number;
export function scriptNumber(value: unknown, fallback: undefined): number | undefined;
export function scriptNumber(value: unknown, fallback: number | undefined): number | undefined {
  if (value === undefined || value === null || value === '') return fallback;
  const number = Number(value);
  return Number.isNaN(number) ? fallback : number;
}

/** A number of pods. */
export function integer(value: unknown, at: string): number {
  const number = Number(value);
  if (Number.isInteger(number)) return number;
  throw troubles([{ what: `${JSON.stringify(value)} is no number of pods`, at, fix: 'write a whole number' }]);
}
