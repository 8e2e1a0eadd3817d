import { inProgress, type Readiness } from './verdict';

/** A condition of an object's status; one that is about an earlier state of the object is none. */
export function condition(live: any, type: string): any {
  const conditions = live?.status?.conditions;
  if (!Array.isArray(conditions)) return undefined;
  const found = conditions.find((each: any) => each?.type === type);
  return found && isBehind(found.observedGeneration, live) ? undefined : found;
}

/** The words of a condition. */
export function words(found: any): string {
  return String(found?.message || found?.reason || 'no reason is given');
}

/** Is the number of an earlier state of the object? Some controllers write it as text. */
export function isBehind(observed: unknown, live: any): boolean {
  const generation = live?.metadata?.generation;
  if (observed === undefined || observed === null || observed === '' || generation === undefined) return false;
  const seen = Number(observed);
  return !Number.isNaN(seen) && seen < Number(generation);
}

/** Says so while the status is about an earlier state of the object than the one that was written. */
export function unobserved(live: any): Readiness | undefined {
  const seen = live.status?.observedGeneration;
  if (seen !== undefined && !isBehind(seen, live)) return undefined;
  return inProgress(NOT_LOOKED);
}

export const NOT_LOOKED = 'its controller has not looked at it yet';
