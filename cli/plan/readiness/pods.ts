import { condition, words } from './condition';
import { current, failed, inProgress, LONG_GRACE_MS, NO_GRACE_MS, type Rule } from './verdict';

/** Reasons of a container that does not start, and does not get better while nobody does anything. */
const STUCK = new Set([
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);
/** A node may come. */
const UNSCHEDULABLE_MS = 15_000;
/** From so many restarts on a container that is not ready is taken for one that does not become so. */
const OFTEN = 3;

export const pod: Rule = (live) => {
  const { phase } = live.status ?? {};
  if (phase === 'Succeeded') return current();
  if (phase === 'Failed') return failed(`it failed: ${words(live.status)}`, NO_GRACE_MS);
  const stuck = stuckContainer(live);
  if (stuck) return failed(stuck, LONG_GRACE_MS);
  const scheduled = condition(live, 'PodScheduled');
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable')
    return failed(`no node can take it: ${words(scheduled)}`, UNSCHEDULABLE_MS);
  if (phase === 'Running' && condition(live, 'Ready')?.status === 'True') return current();
  return inProgress(phase === 'Running' ? 'its containers are not ready' : `it is ${phase ?? 'not looked at yet'}`);
};

/** Why a container of a pod does not run, init containers included, in words; undefined when none is stuck. */
export function stuckContainer(live: any): string | undefined {
  const { initContainerStatuses = [], containerStatuses = [] } = live.status ?? {};
  for (const { name, state, image, restartCount, ready, lastState } of [
    ...initContainerStatuses,
    ...containerStatuses,
  ]) {
    const waiting = state?.waiting;
    const ended = lastState?.terminated;
    // between two back-offs it runs: what a probe kills again and again does so most of the time
    if (state?.running && !ready && restartCount >= OFTEN && ended) {
      return `container ${name} is not ready after ${restartCount} restarts: it ended with exit code ${ended.exitCode}${ended.reason ? ` (${ended.reason})` : ''}`;
    }
    if (!waiting || !STUCK.has(waiting.reason)) continue;
    const about = /Image/.test(waiting.reason) ? ` image ${image}` : '';
    const times = restartCount ? `, ${restartCount} restarts` : '';
    const why = waiting.message ? `: ${waiting.message}` : '';
    return `container ${name} is in ${waiting.reason}${about}${times}${why}`;
  }
  return undefined;
}
