import type { ObjectKey } from '../../core/object-key';
import type { ReplicaNeed } from './replica-need';

/** A cluster with the replicas that it gets; 0 where Karmada leaves the number out. */
export interface TargetCluster {
  readonly name: string;
  readonly replicas: number;
}

/** What the scheduler is asked: a resource, what it needs, where it may go, and where it is now. */
export interface Binding {
  readonly resource: ObjectKey;
  readonly need: ReplicaNeed;
  readonly placement: any;
  /** Where it is now; empty for a resource that is new. */
  readonly previous: readonly TargetCluster[];
  /** Name of the group of `clusterAffinities` that the last result came from, or `""`. */
  readonly observedAffinity: string;
  /** Somebody asked for a distribution from scratch, with a WorkloadRebalancer. */
  readonly fresh: boolean;
  /** Clusters that the resource is being evicted from. */
  readonly evicting: ReadonlySet<string>;
  /** Clusters that have everything of its affinity group; undefined when nothing of it is anywhere. */
  readonly together?: ReadonlySet<string>;
  /** Clusters that have something of its anti-affinity group. */
  readonly apart?: ReadonlySet<string>;
}

/** A workload has replicas or asks for resources. */
export function isWorkload(need: ReplicaNeed): boolean {
  return need.replicas > 0 || need.request !== undefined || (need.components ?? []).length > 0;
}

/**
 * Whether the scheduler counts whole sets of pods: of a workload of several components that goes to exactly one cluster.
 *
 * Mirrors `isMultiTemplateSchedulingApplicable` in `pkg/scheduler/core/estimation.go` of Karmada v1.18.2.
 */
export function countsSets({ need, placement }: Pick<Binding, 'need' | 'placement'>): boolean {
  const constraints: readonly any[] = placement.spreadConstraints ?? [];
  const isOne = (each: any) => each.spreadByField === 'cluster' && each.minGroups === 1 && each.maxGroups === 1;
  return (need.components ?? []).length > 0 && constraints.some(isOne);
}

/** Whether the placement divides replicas; a placement that says nothing copies them. */
export function isDivided(placement: any): boolean {
  return (placement.replicaScheduling?.replicaSchedulingType ?? 'Duplicated') !== 'Duplicated';
}

/** Names of clusters that already have the resource. */
export function previousNames(binding: Binding): ReadonlySet<string> {
  return new Set(binding.previous.map((target) => target.name));
}

/** Sums as Karmada does: in 32 bits, wrapping round. */
export function sumReplicas(targets: readonly TargetCluster[]): number {
  return targets.reduce((sum, target) => (sum + target.replicas) | 0, 0);
}
