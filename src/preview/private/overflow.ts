import { assign } from './assign';
import { type Binding, isWorkload, type TargetCluster } from './binding';
import { ScheduleError } from './schedule-error';
import type { Candidate } from './score';
import type { Tie } from './webster';

/** Whether the group that is being tried has affinities to overflow to. */
export function overflows(binding: Binding): boolean {
  const { clusterAffinity, clusterAffinities } = binding.placement;
  const group = clusterAffinities?.find((each: any) => each.affinityName === binding.observedAffinity);
  return !clusterAffinity && group?.overflowAffinities !== undefined && isWorkload(binding.need);
}

/**
 * Fills one tier of clusters after the other: the group's own first, then those that it overflows to.
 *
 * Mirrors `pkg/scheduler/core/common.go` of Karmada v1.18.2.
 */
export function assignTiers(binding: Binding, selected: readonly Candidate[], tie: Tie): TargetCluster[] {
  const tiers = new Map<number, Candidate[]>();
  for (const each of selected) tiers.set(each.order, [...(tiers.get(each.order) ?? []), each]);
  let remaining = binding.need.replicas;
  const result: TargetCluster[] = [];
  for (const order of [...tiers.keys()].sort((a, b) => a - b)) {
    const tier = tiers.get(order) ?? [];
    const replicas = Math.min(
      remaining,
      tier.reduce((sum, each) => sum + each.available, 0),
    );
    result.push(...assign({ ...binding, need: { ...binding.need, replicas } }, tier, tie));
    remaining -= replicas;
    if (remaining <= 0) return result;
  }
  throw new ScheduleError('Unschedulable', 'Clusters available replicas are not enough to schedule.');
}
