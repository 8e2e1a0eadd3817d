import { condition, words } from './condition';
import { current, failed, inProgress, NO_GRACE_MS, type Rule } from './verdict';

/** Complete; that it has begun is not enough. */
export const job: Rule = (live) => {
  const complete = condition(live, 'Complete');
  if (complete?.status === 'True') return current();
  const failure = condition(live, 'Failed');
  if (failure?.status === 'True') return failed(`it failed: ${words(failure)}`, NO_GRACE_MS);
  const suspended = condition(live, 'Suspended');
  if (suspended?.status === 'True' || live.spec?.suspend) return current('it is suspended');
  const target = condition(live, 'FailureTarget');
  if (target?.status === 'True') return inProgress(`it is failing: ${words(target)}`);
  if (condition(live, 'SuccessCriteriaMet')?.status === 'True') return inProgress('it has succeeded, its pods end');
  if (!live.status?.startTime) return inProgress('it has not begun');
  const { succeeded = 0, failed: lost = 0 } = live.status;
  const wanted: number = live.spec?.completions ?? 1;
  return inProgress(`${succeeded} of ${wanted} pods are done${lost ? `, ${lost} failed` : ''}`);
};

/** A Job that has begun; for those whose user says that this is enough. */
export const startedJob: Rule = (live, surroundings) => {
  const whole = job(live, surroundings);
  return whole.state === 'in-progress' && live.status?.startTime ? current('it has begun') : whole;
};

export const cronJob: Rule = (live) => (live.spec?.suspend ? current('it is suspended') : current());

/**
 * Is a Job that is not there one that was removed because it was done? It deletes itself after `ttlSecondsAfterFinished`.
 *
 * @param seen as it was seen last
 */
export function removedByItself(seen: any, nowMs: number): boolean {
  const ttl = seen?.spec?.ttlSecondsAfterFinished;
  if (seen?.kind !== 'Job' || typeof ttl !== 'number') return false;
  if (condition(seen, 'Complete')?.status === 'True') return true;
  const made = Date.parse(seen.metadata?.creationTimestamp ?? '');
  return !Number.isNaN(made) && nowMs - made >= ttl * 1000;
}
