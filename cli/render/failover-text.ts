import { FailoverEnd, type FailoverTimeline } from '../../src/preview/failover-timeline';
import { visible } from './error-text';
import type { Paint } from './paint';
import { table } from './table';
import { count, firsts } from './words';

/** Clusters of one time line that are named. */
const MOST = 8;

/** What happens to a resource when a cluster is lost: a table for each way that it goes, of as many clusters as go it. */
export function failoverText(
  resource: string,
  timelines: readonly FailoverTimeline[],
  width: number,
  paint: Paint,
): string {
  const alike = new Map<string, FailoverTimeline[]>();
  for (const timeline of timelines) {
    const { end, seconds, steps, goesTo } = timeline;
    const way = JSON.stringify([end, seconds, steps, timelines.length > MOST ? goesTo.length > 0 : goesTo]);
    alike.set(way, [...(alike.get(way) ?? []), timeline]);
  }
  const ways = [...alike.values()].map((same) => wayText(same, width, paint));
  return visible([`${paint.bold(`Failover of ${resource}`)}\n`, ...ways].join('\n'));
}

function wayText(same: readonly FailoverTimeline[], width: number, paint: Paint): string {
  const { steps } = same[0];
  const names = same.map(({ cluster, replicas }) =>
    replicas > 0 ? `${cluster} (${count(replicas, 'replica')})` : cluster,
  );
  const rows = steps.map(({ seconds, what, because }) => [secondsText(seconds), `${what}\n  ${because}`]);
  return [
    `If ${same.length > 1 ? 'any of ' : ''}${firsts(names, MOST)} is lost: ${endText(same, paint)}\n`,
    table([['AT THE LATEST', 'WHAT'], ...rows], { width, indent: 2 }),
  ].join('');
}

function endText(same: readonly FailoverTimeline[], paint: Paint): string {
  const { end, seconds, goesTo } = same[0];
  const to =
    goesTo.length > 0 && same.length === 1
      ? ` to ${goesTo.map(({ name, replicas }) => (replicas ? `${name} +${replicas}` : name)).join(', ')}`
      : '';
  switch (end) {
    case FailoverEnd.ELSEWHERE:
      return paint.green(to ? `it goes${to} after ${secondsText(seconds ?? 0)} at the latest` : 'it runs elsewhere');
    case FailoverEnd.BLOCKED:
      return paint.red(`it should go${to}, and does not before the cluster is back`);
    case FailoverEnd.NOWHERE:
      return paint.red('it goes nowhere');
    case FailoverEnd.STAYS:
      return paint.yellow('it stays there, and does not run until the cluster is back');
    default:
      return paint.yellow('where it goes is not decided here');
  }
}

/** Seconds as a person says them: `42 s`, `2 min 54 s`, `1 h 5 min`. */
function secondsText(seconds: number): string {
  const all = Math.ceil(seconds);
  if (all < 60) return `${all} s`;
  if (all < 3600) return `${Math.floor(all / 60)} min${all % 60 ? ` ${all % 60} s` : ''}`;
  const minutes = Math.ceil(all / 60);
  return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`;
}
