import type { ClusterProgress } from '../plan/readiness/member-progress';
import { table } from './table';

export const MEMBER_HEADS = ['CLUSTER', 'SEEN', 'APPLIED', 'HEALTH', 'DETAIL'];
const STEPS = { scheduled: 'scheduled', rendering: 'not rendered', applying: 'not applied', health: '', done: '' };

/** How far a template is on each member, one line each. */
export function memberTable(clusters: readonly ClusterProgress[], width: number, indent: number): string {
  return table([MEMBER_HEADS, ...clusters.map(memberCells)], { width, indent });
}

/** One member under `MEMBER_HEADS`. */
export function memberCells({ cluster, seen, applied, health, detail, state }: ClusterProgress): string[] {
  return [
    cluster,
    seen === undefined ? '-' : `gen ${seen}`,
    applied === undefined ? '-' : applied ? 'yes' : 'no',
    health === undefined ? '-' : health.toLowerCase(),
    detail || STEPS[state] || '-',
  ];
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
