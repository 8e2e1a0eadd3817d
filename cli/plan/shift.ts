import { byName } from '../../src/core/private/by-name';

/** Replicas by cluster: 0 where the resource goes without a number. */
export type Shares = ReadonlyMap<string, number>;

/** A cluster where a resource is not as it was. */
export interface ClusterShift {
  readonly name: string;
  /** Replicas; 0 for what has none; null where it is not there. */
  readonly before: number | null;
  readonly after: number | null;
}

/** How one resource goes from one distribution to another. */
export interface Shift {
  readonly clusters: readonly ClusterShift[];
  readonly moved: number;
  readonly started: number;
  readonly stopped: number;
}

/** Where a resource is in one outcome of its entry in a report. */
export function sharesOf(entry: any, outcome: number): Shares {
  const { clusters = [], requiredBy = [] } = entry?.outcomes[Math.min(outcome, entry.outcomes.length - 1)] ?? {};
  const names = requiredBy.flatMap((parent: any) => parent.clusters.map(({ name }: any) => [name, 0]));
  return new Map([...names, ...clusters.map(({ name, replicas = 0 }: any) => [name, replicas])]);
}

/** What differs. Replicas that leave somewhere and start elsewhere count as moved, the others as stopped or started. */
export function shift(before: Shares, after: Shares): Shift {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort(byName);
  const clusters = names
    .map((name) => ({ name, before: before.get(name) ?? null, after: after.get(name) ?? null }))
    .filter((each) => each.before !== each.after);
  let more = 0;
  let fewer = 0;
  for (const each of clusters) {
    const difference = (each.after ?? 0) - (each.before ?? 0);
    if (difference > 0) more += difference;
    else fewer -= difference;
  }
  const moved = Math.min(more, fewer);
  return { clusters, moved, started: more - moved, stopped: fewer - moved };
}

/** Something leaves a cluster and starts on another: replicas, or the whole object where it has none. */
export function isMove({ clusters, moved }: Shift): boolean {
  const left = clusters.some(({ after }) => after === null);
  const joined = clusters.some(({ before }) => before === null);
  const bare = clusters.every(({ before, after }) => !before && !after);
  return moved > 0 || (bare && left && joined);
}

/** The one of two that moves more. */
export function worse(a: Shift, b: Shift): Shift {
  const weight = ({ moved, started, stopped, clusters }: Shift) => [moved, started + stopped, clusters.length];
  const [first, second] = [weight(a), weight(b)];
  const at = first.findIndex((each, i) => each !== second[i]);
  return at >= 0 && second[at] > first[at] ? b : a;
}

/** Whether they say the same. */
export function sameShift(a: Shift, b: Shift): boolean {
  return JSON.stringify(a.clusters) === JSON.stringify(b.clusters);
}
