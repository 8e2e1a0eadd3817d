import { byName } from '../../core/private/by-name';
import type { ClusterFacts } from './cluster';
import type { Decision } from './decide';
import { free } from './estimate';
import { type Nanos, quantity, quantityText } from './quantity';

/** A resource of a cluster that more is asked of than it has. */
export interface Shortage {
  readonly cluster: string;
  readonly resource: string;
  readonly asked: Nanos;
  readonly free: Nanos;
}

/** Replicas of a decision that are on a cluster already. */
export type Already = (decision: Decision, cluster: string) => number;

/** Nothing is anywhere yet. */
export const NONE: Already = () => 0;
const POD = quantity(1, 'a pod');

/** Requests times replicas, by cluster and resource. Where a tie is open, what is worse for the cluster counts. */
function demand(decisions: readonly Decision[], already: Already): ReadonlyMap<string, ReadonlyMap<string, Nanos>> {
  const asked = new Map<string, Map<string, Nanos>>();
  const add = (cluster: string, resource: string, amount: Nanos) => {
    const sums = asked.get(cluster) ?? new Map<string, Nanos>();
    asked.set(cluster, sums.set(resource, (sums.get(resource) ?? 0n) + amount));
  };
  for (const decision of decisions) {
    const { placed, need } = decision;
    const most = new Map<string, number>();
    for (const { clusters: targets } of placed) {
      for (const { name, replicas } of targets) most.set(name, Math.max(most.get(name) ?? 0, replicas));
    }
    for (const [cluster, all] of most) {
      const replicas = Math.max(0, all - already(decision, cluster));
      if (replicas > 0) add(cluster, 'pods', BigInt(replicas) * POD);
      for (const [resource, amount] of need.request ?? []) add(cluster, resource, BigInt(replicas) * amount);
    }
  }
  return asked;
}

/**
 * What does not fit: requests times replicas of everything that is placed, against what the clusters have left. A cluster that
 * does not tell its capacity has room for nothing.
 */
export function shortages(decisions: readonly Decision[], clusters: readonly ClusterFacts[]): Shortage[] {
  const asked = demand(decisions, NONE);
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

/**
 * What everything that is placed asks of each cluster, in the format of the command's `-o json`. `more` is what is not there
 * yet: that has to fit into what is free. Of a cluster that does not tell its capacity nothing is said.
 */
export function capacity(decisions: readonly Decision[], clusters: readonly ClusterFacts[], already: Already): any[] {
  const asked = demand(decisions, NONE);
  const more = already === NONE ? asked : demand(decisions, already);
  return [...clusters]
    .filter(({ summary }) => summary)
    .sort((a, b) => byName(a.name, b.name))
    .flatMap(({ name, summary }) =>
      [...(asked.get(name) ?? [])]
        .sort(([a], [b]) => byName(a, b))
        .map(([resource, sum]) => {
          const rest = more.get(name)?.get(resource) ?? 0n;
          const left = free(summary, resource) ?? 0n;
          const allocatable = quantity(summary.allocatable?.[resource] ?? 0, 'the fleet');
          return {
            ...{ cluster: name, resource, asked: quantityText(sum), more: quantityText(rest) },
            ...{ free: quantityText(left), allocatable: quantityText(allocatable), fits: rest <= 0n || rest <= left },
          };
        }),
    );
}
