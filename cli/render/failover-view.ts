import { FailoverEnd, type FailoverTimeline } from '../../src/preview/failover-timeline';
import { count, firsts } from './words';

/** Clusters of one time line that are named. */
const MOST = 8;

/** What becomes of a resource when one of some clusters is lost, in the words of every form. */
export interface FailoverWay {
  /** Which clusters: `If berlin (3 replicas) is lost`. */
  readonly lost: string;
  /** How it ends. */
  readonly end: string;
  /** How good that is. */
  readonly tone: 'good' | 'caution' | 'danger';
  /** In order of time. */
  readonly steps: readonly {
    /** How long after the loss, at the latest. */
    readonly after: string;
    readonly what: string;
    readonly because: string;
  }[];
}

/** The columns of its steps. */
export const FAILOVER_HEAD = ['AT THE LATEST', 'WHAT'];

export function failoverTitle(resource: string): string {
  return `Failover of ${resource}`;
}

/** The ways that a resource goes, each with all clusters that go it. */
export function failoverWays(timelines: readonly FailoverTimeline[]): FailoverWay[] {
  const alike = new Map<string, FailoverTimeline[]>();
  for (const timeline of timelines) {
    const { end, seconds, steps, goesTo } = timeline;
    const way = JSON.stringify([end, seconds, steps, timelines.length > MOST ? goesTo.length > 0 : goesTo]);
    alike.set(way, [...(alike.get(way) ?? []), timeline]);
  }
  return [...alike.values()].map(wayOf);
}

function wayOf(same: readonly FailoverTimeline[]): FailoverWay {
  const names = same.map(({ cluster, replicas }) =>
    replicas > 0 ? `${cluster} (${count(replicas, 'replica')})` : cluster,
  );
  return {
    lost: `If ${same.length > 1 ? 'any of ' : ''}${firsts(names, MOST)} is lost`,
    ...endOf(same),
    steps: same[0].steps.map(({ seconds, what, because }) => ({ after: secondsText(seconds), what, because })),
  };
}

function endOf(same: readonly FailoverTimeline[]): Pick<FailoverWay, 'end' | 'tone'> {
  const { end, seconds, goesTo } = same[0];
  const to =
    goesTo.length > 0 && same.length === 1
      ? ` to ${goesTo.map(({ name, replicas }) => (replicas ? `${name} +${replicas}` : name)).join(', ')}`
      : '';
  switch (end) {
    case FailoverEnd.ELSEWHERE: {
      const after = `it goes${to} after ${secondsText(seconds ?? 0)} at the latest`;
      return { tone: 'good', end: to ? after : 'it runs elsewhere' };
    }
    case FailoverEnd.BLOCKED:
      return { tone: 'danger', end: `it should go${to}, and does not before the cluster is back` };
    case FailoverEnd.NOWHERE:
      return { tone: 'danger', end: 'it goes nowhere' };
    case FailoverEnd.STAYS:
      return { tone: 'caution', end: 'it stays there, and does not run until the cluster is back' };
    default:
      return { tone: 'caution', end: 'where it goes is not decided here' };
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
