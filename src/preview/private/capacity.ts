import type { ClusterFacts } from './cluster';
import type { Decision } from './decide';
import { free } from './estimate';
import { type Nanos, quantity } from './quantity';

/** A resource of a cluster that more is asked of than it has. */
export interface Shortage {
  readonly cluster: string;
  readonly resource: string;
  readonly asked: Nanos;
  readonly free: Nanos;
}

/**
 * What does not fit: requests times replicas of everything that is placed, against what the clusters have left. Where a tie is
 * open, what is worse for the cluster counts. A cluster that does not tell its capacity has room for nothing.
 */
export function shortages(decisions: readonly Decision[], clusters: readonly ClusterFacts[]): Shortage[] {
  const asked = new Map<string, Map<string, Nanos>>();
  const add = (cluster: string, resource: string, amount: Nanos) => {
    const sums = asked.get(cluster) ?? new Map<string, Nanos>();
    asked.set(cluster, sums.set(resource, (sums.get(resource) ?? 0n) + amount));
  };
  for (const { placed, need } of decisions) {
    const most = new Map<string, number>();
    for (const { clusters: targets } of placed) {
      for (const { name, replicas } of targets) most.set(name, Math.max(most.get(name) ?? 0, replicas));
    }
    for (const [cluster, replicas] of most) {
      if (replicas > 0) add(cluster, 'pods', BigInt(replicas) * quantity(1, 'a pod'));
      for (const [resource, amount] of need.request ?? []) add(cluster, resource, BigInt(replicas) * amount);
    }
  }
  return clusters.flatMap(({ name, summary }) =>
    [...(asked.get(name) ?? [])]
      .map(([resource, sum]) => ({
        cluster: name,
        resource,
        asked: sum,
        free: (summary && free(summary, resource)) ?? 0n,
      }))
      .filter((each) => each.asked > each.free),
  );
}
