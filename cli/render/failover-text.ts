import type { FailoverTimeline } from '../../src/preview/failover-timeline';
import { visible } from './error-text';
import { FAILOVER_HEAD, type FailoverWay, failoverTitle, failoverWays } from './failover-view';
import type { Paint } from './paint';
import { table } from './table';

const COLOURS = { good: 'green', caution: 'yellow', danger: 'red' } as const;

/** What happens to a resource when a cluster is lost: a table for each way that it goes, of as many clusters as go it. */
export function failoverText(
  resource: string,
  timelines: readonly FailoverTimeline[],
  width: number,
  paint: Paint,
): string {
  const ways = failoverWays(timelines).map((way) => wayText(way, width, paint));
  return visible([`${paint.bold(failoverTitle(resource))}\n`, ...ways].join('\n'));
}

function wayText({ lost, end, tone, steps }: FailoverWay, width: number, paint: Paint): string {
  const rows = steps.map(({ after, what, because }) => [after, `${what}\n  ${because}`]);
  return `${lost}: ${paint[COLOURS[tone]](end)}\n${table([FAILOVER_HEAD, ...rows], { width, indent: 2 })}`;
}
