import { byName } from '../../core/private/by-name';
import type { ClusterFacts } from './cluster';
import type { Decision, Placed } from './decide';
import { type Nanos, quantity, quantityText } from './quantity';
import { requestOfSet, requestText } from './replica-need';
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
  for (const { pods, asked, counts } of crowds(decisions, already).values()) {
    for (const [cluster, count] of counts) {
      const sums = sumsOf.get(cluster) ?? new Map<string, Nanos>();
      sumsOf.set(cluster, sums);
      const add = (resource: string, amount: Nanos) => sums.set(resource, (sums.get(resource) ?? 0n) + amount);
      if (count * pods > 0) add('pods', BigInt(count) * BigInt(pods) * POD);
      for (const [resource, amount] of asked) add(resource, BigInt(count) * amount);
    }
  }
  return sumsOf;
}

/** What asks for the same: so many on each cluster. */
interface Crowd {
  readonly pods: number;
  readonly asked: ReadonlyMap<string, Nanos>;
  readonly counts: Map<string, number>;
}

/** Who asks for the same is counted first: big integers are slow, and of thousands of workloads most ask for the same. */
function crowds(decisions: readonly Decision[], already: Already): ReadonlyMap<string, Crowd> {
  const found = new Map<string, Crowd>();
  for (const decision of decisions) {
    const { placed, need } = decision;
    const { components, request } = need;
    if (placed.length === 0) continue;
    const pods = components ? components.reduce((sum, { replicas }) => sum + replicas, 0) : 1;
    const asked = components ? requestOfSet(components) : (request ?? NO_REQUEST);
    const text = `${pods} ${requestText(asked)}`;
    const crowd = found.get(text) ?? { pods, asked, counts: new Map<string, number>() };
    found.set(text, crowd);
    for (const [cluster, all] of mostOf(placed, components !== undefined)) {
      const count = Math.max(0, all - already(decision, cluster));
      crowd.counts.set(cluster, (crowd.counts.get(cluster) ?? 0) + count);
    }
  }
  return found;
}

const NO_REQUEST: ReadonlyMap<string, Nanos> = new Map();

function mostOf(placed: readonly Placed[], inSets: boolean): Iterable<readonly [string, number]> {
  const most = new Map<string, number>();
  for (const { clusters } of placed) {
    for (const { name, replicas } of clusters) most.set(name, Math.max(most.get(name) ?? 0, inSets ? 1 : replicas));
  }
  return most;
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
