import type { ClusterFacts } from '../../../src/preview/private/cluster';
import { quantity } from '../../../src/preview/private/quantity';
import type { ClusterCapacity } from '../preview-report';
import type { PageCluster } from './page-data';

/** Resources whose use is shown. */
const SHOWN = ['cpu', 'memory', 'pods'];

/** The clusters as the page shows them: by region, then by name. `capacity`: what this input asks of them. */
export function fleetData(fleet: readonly ClusterFacts[], capacity: readonly ClusterCapacity[] = []): PageCluster[] {
  const asked = new Map<string, ClusterCapacity[]>();
  for (const each of capacity) asked.set(each.cluster, [...(asked.get(each.cluster) ?? []), each]);
  return fleet
    .map((cluster) => clusterData(cluster, asked.get(cluster.name) ?? []))
    .sort((a, b) => compare(a.region, b.region) || compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function clusterData(cluster: ClusterFacts, asked: readonly ClusterCapacity[]): PageCluster {
  const { name, region, provider, zones, taints, deleting, apis, summary } = cluster;
  const short = asked.filter(({ fits }) => !fits).map(({ resource }) => resource);
  return {
    ...{ name, region, provider, zones },
    taints: taints.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`),
    notes: [
      ...(deleting ? ['is being deleted'] : []),
      ...(apis === undefined ? ['joins with this input; what it serves is not known'] : []),
      ...(short.length ? [`too full; what does not fit: ${short.join(', ')}`] : []),
    ],
    used: used(summary, asked),
  };
}

function used(summary: any, asked: readonly ClusterCapacity[]): PageCluster['used'] {
  const percents = SHOWN.flatMap((resource) => {
    const of = (list: any) => quantity(list?.[resource] ?? 0, 'the fleet');
    const all = of(summary?.allocatable);
    if (all <= 0n) return [];
    const more = asked.find((each) => each.resource === resource)?.more ?? 0;
    const taken = of(summary.allocated) + of(summary.allocating) + quantity(more, 'the preview');
    return [[resource, Number((taken * 100n) / all)] as const];
  });
  return Object.fromEntries(percents);
}
