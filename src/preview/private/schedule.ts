import { assign, noReplica, withEmpty } from './assign';
import type { Binding, TargetCluster } from './binding';
import type { ClusterFacts } from './cluster';
import { type EstimateFlags, estimator } from './estimate';
import { filter, type Rejections } from './filter/filter';
import { assignTiers, overflows } from './overflow';
import { ScheduleError } from './schedule-error';
import { score } from './score';
import { select } from './select';
import type { Tie } from './webster';

/** What the scheduler stores on a binding. */
export interface ScheduleResult {
  readonly clusters: readonly TargetCluster[];
  readonly scheduled: boolean;
  readonly reason: string;
  readonly message: string;
  /** The group of `clusterAffinities` that was used, or null. */
  readonly affinity: string | null;
  /** Why each cluster that gets nothing gets nothing, in Karmada's words. */
  readonly rejections: Rejections;
}

/** What the scheduler's own flags and feature gates change. */
interface SchedulerFlags extends EstimateFlags {
  readonly emptyWorkloads: boolean;
}

/** The scheduler's own surroundings. */
export interface SchedulerState {
  readonly clusters: readonly ClusterFacts[];
  readonly flags: SchedulerFlags;
  readonly tie: Tie;
}

function during<Result>(step: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof ScheduleError ? error.during(step) : error;
  }
}

/** One pass: filter, score, select, assign. Mirrors `Schedule` in `pkg/scheduler/core/generic_scheduler.go`. */
function pass(binding: Binding, state: SchedulerState, rejections: Rejections): TargetCluster[] {
  const fit = filter(binding, state.clusters, rejections);
  const candidates = score(binding, fit, estimator(binding, state.flags));
  const selected = during('failed to select clusters', () => select(binding, candidates));
  const divide = overflows(binding) ? assignTiers : assign;
  const assigned = during('failed to assign replicas', () => divide(binding, selected, state.tie));
  const targets = state.flags.emptyWorkloads ? withEmpty(assigned, selected) : assigned;
  const chosen = new Set(selected.map((each) => each.cluster.name));
  const placed = new Set(targets.map((target) => target.name));
  const whyNone = noReplica(binding, selected);
  for (const { cluster } of candidates) {
    if (!chosen.has(cluster.name)) rejections.set(cluster.name, 'not selected by the spread constraints');
    else if (!placed.has(cluster.name)) rejections.set(cluster.name, whyNone(cluster.name));
  }
  return targets;
}

/**
 * Schedules a binding: with one affinity once, with groups of affinities one group after the other, beginning with the
 * one that was used last; Karmada never goes back to an earlier one.
 *
 * Where nothing fits, the result becomes empty; any other failure keeps the old one.
 *
 * Mirrors `scheduleResourceBinding` and its variants in `pkg/scheduler/scheduler.go` of Karmada v1.18.2.
 */
export function schedule(binding: Binding, state: SchedulerState): ScheduleResult {
  const groups: readonly any[] | undefined = binding.placement.clusterAffinities;
  const names = groups?.map((group) => group.affinityName as string) ?? [''];
  const begin = Math.max(0, names.indexOf(binding.observedAffinity));
  let first: ScheduleError | undefined;
  let rejections: Rejections = new Map();
  for (const name of names.slice(begin)) {
    const seen: Rejections = new Map();
    try {
      const clusters = pass({ ...binding, observedAffinity: name }, state, seen);
      // A placement without groups leaves the name of the last one where it was.
      const affinity = (groups ? name : binding.observedAffinity) || null;
      const message = 'Binding has been scheduled successfully.';
      return { clusters, scheduled: true, reason: 'Success', message, affinity, rejections: seen };
    } catch (error) {
      if (!(error instanceof ScheduleError)) throw error;
      if (first === undefined) {
        first = error;
        rejections = seen;
      }
    }
  }
  const { reason, message } = first as ScheduleError;
  return {
    clusters: reason === 'NoClusterFit' ? [] : binding.previous,
    scheduled: false,
    reason,
    message,
    affinity: binding.observedAffinity || null,
    rejections,
  };
}
