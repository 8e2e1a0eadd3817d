import type { ObjectKey } from '../../../src/core/object-key';
import type { PlannedIssue, PlannedPlane, PlannedRestart } from '../plan';
import type { Unready } from '../progress';

/** The CA bundle of one object on Karmada. */
export interface PlannedBundle {
  readonly key: ObjectKey;
  /** Secret of the authority on the host. */
  readonly authority: string;
  /** `absent`: whoever carries the chart has not made the object yet. */
  readonly action: 'fill' | 'keep' | 'absent';
}

/** What `instance issue` would do. Nothing secret is in it. */
export interface IssuePlan {
  readonly instance: string;
  readonly planes: readonly PlannedPlane[];
  readonly issues: readonly PlannedIssue[];
  readonly restarts: readonly PlannedRestart[];
  readonly bundles: readonly PlannedBundle[];
  /** Why CA bundles were not looked at; left out when they were. */
  readonly unlooked?: string;
}

export interface IssueSummary {
  readonly issued: number;
  readonly restarted: number;
  readonly filled: number;
  /** What still starts anew when the time was over. */
  readonly unready: readonly Unready[];
  /** What has to wait for a later run, in words. */
  readonly later: readonly string[];
  readonly interrupted: boolean;
  /** 0 done, 5 timed out while waiting, 7 the lock was lost, 10 something has to wait for a later run, 130 interrupted. */
  readonly exitCode: number;
}

/** Is there anything to write? */
export function isDue({ issues, restarts, bundles }: IssuePlan): boolean {
  return (
    issues.some(({ action }) => action !== 'keep') ||
    restarts.length > 0 ||
    bundles.some(({ action }) => action === 'fill')
  );
}

/** What was approved. */
export function digestOf({ issues, restarts, bundles }: IssuePlan): string {
  const issued = issues.filter(({ action }) => action !== 'keep').map(({ key, action }) => ({ key, action }));
  return JSON.stringify({ issued, restarts, bundles: bundles.filter(({ action }) => action === 'fill') });
}
