import { count } from './dom';
import type { Placement, Row } from './model';

/** A column of the matrix: a cluster, or all clusters of a region. */
export interface Column {
  readonly name: string;
  readonly region: string;
  readonly members: readonly number[];
}

/** What a cell of the matrix shows. */
export interface Cell {
  /** Empty where nothing goes. */
  readonly text: string;
  /** The same in words. */
  readonly label: string;
  readonly marks: readonly ('overridden' | 'tie' | 'suspended')[];
  /** Its part of all replicas, from 0 to 1. */
  readonly part: number;
}

interface Sum {
  readonly clusters: number;
  readonly replicas: number;
}

export function cellOf({ resource, outcomes }: Row, { name, members }: Column): Cell {
  const sums = outcomes.map((placement) => sum(placement, members));
  if (sums.every(({ clusters }) => !clusters)) return { text: '', label: `${name}: nothing`, marks: [], part: 0 };
  const differs = sums.some((each) => each.clusters !== sums[0].clusters || each.replicas !== sums[0].replicas);
  const has = (list: readonly number[] | undefined) => members.some((member) => list?.includes(member));
  const marks: Cell['marks'] = [
    ...(has(resource.overridden) ? (['overridden'] as const) : []),
    ...(differs ? (['tie'] as const) : []),
    ...(has(resource.suspended) ? (['suspended'] as const) : []),
  ];
  const shown = differs ? sums : sums.slice(0, 1);
  const text = shown.map(textOf).join('/');
  const words = differs ? `${text} replicas, one or the other` : wordsOf(sums[0], members.length > 1);
  const noted = marks.filter((mark) => mark !== 'tie');
  return {
    text,
    label: [`${name}: ${words}`, ...noted].join(', '),
    marks,
    part: Math.min(1, sums[0].replicas / (resource.replicas || 1)),
  };
}

function sum(placement: Placement, members: readonly number[]): Sum {
  let clusters = 0;
  let replicas = 0;
  for (const member of members) {
    const share = placement.get(member);
    if (share === undefined) continue;
    clusters += 1;
    replicas += share;
  }
  return { clusters, replicas };
}

function textOf({ clusters, replicas }: Sum): string {
  if (!clusters) return '–';
  return replicas ? String(replicas) : '●';
}

function wordsOf({ clusters, replicas }: Sum, several: boolean): string {
  if (!clusters) return 'nothing';
  const where = several ? ` on ${count(clusters, 'cluster')}` : '';
  return (replicas ? count(replicas, 'replica') : 'there, without replicas') + where;
}
