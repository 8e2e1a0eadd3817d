import type { ClusterFacts } from '../../../src/preview/private/cluster';
import { quantity } from '../../../src/preview/private/quantity';
import type { PageCluster } from './page-data';

/** Resources whose use is shown. */
const SHOWN = ['cpu', 'memory', 'pods'];

/** The clusters as the page shows them: by region, then by name. */
export function fleetData(fleet: readonly ClusterFacts[]): PageCluster[] {
  return fleet.map(clusterData).sort((a, b) => compare(a.region, b.region) || compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function clusterData({ name, region, provider, zones, taints, deleting, apis, summary }: ClusterFacts): PageCluster {
  return {
    ...{ name, region, provider, zones },
    taints: taints.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`),
    notes: [
      ...(deleting ? ['is being deleted'] : []),
      ...(apis === undefined ? ['joins with this input; what it serves is not known'] : []),
    ],
    used: used(summary),
  };
}

function used(summary: any): PageCluster['used'] {
  const percents = SHOWN.flatMap((resource) => {
    const of = (list: any) => quantity(list?.[resource] ?? 0, 'the fleet');
    const all = of(summary?.allocatable);
    if (all <= 0n) return [];
    return [[resource, Number(((of(summary.allocated) + of(summary.allocating)) * 100n) / all)] as const];
  });
  return Object.fromEntries(percents);
}
