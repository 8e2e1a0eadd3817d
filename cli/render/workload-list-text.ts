import type { WorkloadRow } from '../plan/day-two/workload-row';
import { visible } from './error-text';
import { table } from './table';
import { age, firsts } from './words';

const HEADS = ['NAMESPACE', 'NAME', 'KIND', 'READY', 'CLUSTERS', 'AGE', 'STATUS'];
const MOST_CLUSTERS = 3;

/** The workloads as a table. */
export function workloadListText(rows: readonly WorkloadRow[], width: number, now: number): string {
  if (!rows.length) return 'no workloads\n';
  return visible(table([HEADS, ...rows.map((row) => cells(row, now))], { width, indent: 0 }));
}

function cells({ key, ready, desired, clusters, status, paused, created }: WorkloadRow, now: number): string[] {
  return [
    key.namespace || '-',
    key.name,
    key.kind,
    ready === null ? '-' : `${ready}/${desired ?? '?'}`,
    firsts(
      clusters.map(({ name }) => name),
      MOST_CLUSTERS,
    ) || '-',
    created ? age(created, now) : '-',
    paused ? `paused, ${status}` : status,
  ];
}
