import { byName } from '../../core/private/by-name';
import { clusterAffinity } from '../../core/private/cluster-affinity';
import { type Binding, isWorkload } from './binding';
import type { ClusterFacts } from './cluster';
import type { Estimate } from './estimate';

/** A cluster that passed the filters, with what selection goes by. */
export interface Candidate {
  readonly cluster: ClusterFacts;
  /** 0 for the affinity itself, 1 and up for the affinities that it overflows to. */
  readonly order: number;
  /** 100 where the resource is already, else 0. */
  readonly score: number;
  /** Replicas that it could still take. */
  readonly allocatable: number;
  /** The same with the replicas that it has already. */
  readonly available: number;
}

/** The scheduler's order of clusters: it is total, so the order of the fleet never matters. */
export function byPreference(a: Candidate, b: Candidate): number {
  return a.order - b.order || b.score - a.score || b.available - a.available || byName(a.cluster.name, b.cluster.name);
}

function overflowOrder(binding: Binding): (cluster: ClusterFacts) => number {
  const { clusterAffinity: single, clusterAffinities: groups } = binding.placement;
  const group = single ? undefined : groups?.find((each: any) => each.affinityName === binding.observedAffinity);
  if (!group?.overflowAffinities || !isWorkload(binding.need)) return () => 0;
  const terms = [group, ...group.overflowAffinities].map(clusterAffinity);
  return (cluster) =>
    Math.max(
      0,
      terms.findIndex((term) => term(cluster)),
    );
}

/**
 * Scores and sorts the clusters that passed the filters.
 *
 * Mirrors `pkg/scheduler/framework/plugins/clusterlocality/cluster_locality.go`,
 * `pkg/scheduler/core/spreadconstraint/group_clusters.go` and `util.go` beside it, of Karmada v1.18.2.
 */
export function score(binding: Binding, clusters: readonly ClusterFacts[], estimate: Estimate): Candidate[] {
  const previous = new Map(binding.previous.map((target) => [target.name, target.replicas]));
  const order = overflowOrder(binding);
  return clusters
    .map((cluster) => {
      const allocatable = estimate(cluster);
      return {
        cluster,
        order: order(cluster),
        score: previous.has(cluster.name) ? 100 : 0,
        allocatable,
        available: allocatable + (previous.get(cluster.name) ?? 0),
      };
    })
    .sort(byPreference);
}
