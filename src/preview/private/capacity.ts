import { byName } from '../../core/private/by-name';
import type { ClusterFacts } from './cluster';
import type { Decision } from './decide';
import { type Nanos, quantity, quantityText } from './quantity';
import { requestOfSet } from './replica-need';
import { free } from './resource-summary';

/** A resource of a cluster that more is asked of than it has. */
export interface Shortage {
  readonly cluster: string;
  readonly resource: string;
  readonly asked: Nanos;
  readonly free: Nanos;
}

/** Replicas of a decision that are on a cluster already; of one with components, whole sets of them. */
export type Already = (decision: Decision, cluster: string) => number;

/** Nothing is anywhere yet. */
export const NONE: Already = () => 0;
const POD = quantity(1, 'a pod');

/** Requests times replicas, by cluster and resource. Where a tie is open, what is worse for the cluster counts. */
function demand(decisions: readonly Decision[], already: Already): ReadonlyMap<string, ReadonlyMap<string, Nanos>> {
  const sumsOf = new Map<string, Map<string, Nanos>>();
  const add = (cluster: string, resource: string, amount: Nanos) => {
    const sums = sumsOf.get(cluster) ?? new Map<string, Nanos>();
    sumsOf.set(cluster, sums.set(resource, (sums.get(resource) ?? 0n) + amount));
  };
  for (const decision of decisions) {
    const { placed, need } = decision;
    const { components, request = [] } = need;
    const most = new Map<string, number>();
    for (const { clusters: targets } of placed) {
      for (const { name, replicas } of targets) {
        most.set(name, Math.max(most.get(name) ?? 0, components ? 1 : replicas));
      }
    }
    const pods = components ? BigInt(components.reduce((sum, { replicas }) => sum + replicas, 0)) : 1n;
    const asked = components ? requestOfSet(components) : request;
    for (const [cluster, all] of most) {
      const count = BigInt(Math.max(0, all - already(decision, cluster)));
      if (count * pods > 0n) add(cluster, 'pods', count * pods * POD);
      for (const [resource, amount] of asked) add(cluster, resource, count * amount);
    }
  }
  return sumsOf;
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
