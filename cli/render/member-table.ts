import type { ClusterProgress } from '../plan/readiness/member-progress';
import { table } from './table';

const HEADS = ['CLUSTER', 'SEEN', 'APPLIED', 'HEALTH', 'DETAIL'];
const STEPS = { scheduled: 'scheduled', rendering: 'not rendered', applying: 'not applied', health: '', done: '' };

/** How far a template is on each member, one line each. */
export function memberTable(clusters: readonly ClusterProgress[], width: number, indent: number): string {
  const rows = clusters.map(({ cluster, seen, applied, health, detail, state }) => [
    cluster,
    seen === undefined ? '-' : `gen ${seen}`,
    applied === undefined ? '-' : applied ? 'yes' : 'no',
    health === undefined ? '-' : health.toLowerCase(),
    detail || STEPS[state] || '-',
  ]);
  return table([HEADS, ...rows], { width, indent });
}

/** The members in one line: `paris ✓ tokyo ✗`. */
export function memberMarks(clusters: readonly ClusterProgress[]): string {
  return clusters
    .map(({ cluster, state, failedGraceMs, down }) => {
      if (state === 'done') return `${cluster} ✓`;
      return `${cluster} ${failedGraceMs !== undefined || down ? '✗' : '…'}`;
    })
    .join(' ');
}
