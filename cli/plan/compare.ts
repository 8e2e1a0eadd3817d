import { keyText, type ObjectKey } from '../../src/core/object-key';
import { byName } from '../../src/core/private/by-name';
import type { Decided } from '../../src/preview/private/decided';
import { resourceText } from '../../src/preview/private/uids';
import type { BlastRadius, ChangedResource, ResourceChange } from './blast-radius';
import { changedClusters, steering, totalsOf } from './blast-totals';
import { CauseFinder, type Placed } from './causes';
import { contentChanges, type Received } from './content-change';
import { memberEdits } from './member-moves';
import { isMove, type Shares, type Shift, sameShift, sharesOf, shift, worse } from './shift';
import { type Comparison, type Worlds, worldsOf } from './worlds';

const NOWHERE: Shares = new Map();

/**
 * What one change of the code reaches.
 *
 * @throws for all that is wrong with the input of a side
 */
export function blastRadius(comparison: Comparison): BlastRadius {
  const worlds = worldsOf(comparison);
  const index = { before: indexed(worlds.before), after: worlds.after.map(indexed) };
  const causes = new CauseFinder(worlds.edits);
  const all: (ChangedResource | undefined)[] = [];
  worlds.after[0].decisions.forEach((_, at) => {
    const text = resourceText(worlds.after[0].decisions[at].key);
    const was = index.before.get(text);
    all.push(was === undefined ? arrival(worlds, at) : compared(worlds, was, at, causes));
  });
  worlds.before.decisions.forEach(({ key }, at) => {
    if (!index.after[0].has(resourceText(key))) all.push(departure(worlds, at));
  });
  const resources = all.filter((each) => each !== undefined);
  const clusters = changedClusters(worlds, resources);
  return {
    schema: '1',
    totals: totalsOf(worlds, resources, all.length - resources.length, clusters),
    resources,
    clusters,
    members: memberEdits(worlds, resources),
    steering: steering(worlds),
    unsupported: unsupported(worlds),
  };
}

function indexed({ decisions }: Decided): ReadonlyMap<string, number> {
  return new Map(decisions.map(({ key }, at) => [resourceText(key), at]));
}

const NOTHING = { images: [], fields: [] };

function entry(key: ObjectKey, change: ResourceChange, because: readonly string[], shifted: Shift, replicas: number[]) {
  const { clusters, ...rest } = shifted;
  const [before, after] = replicas;
  return { resource: key, change, because, replicas: { before, after, ...rest }, clusters };
}

function sum(shares: Shares): number {
  let total = 0;
  for (const replicas of shares.values()) total += replicas;
  return total;
}

function arrival({ after: [after] }: Worlds, at: number): ChangedResource {
  const shares = sharesOf(after.entries[at], 0);
  const { outcomes, scheduled, message } = after.entries[at];
  const unknown = after.unsupported[at].length > 0;
  return {
    ...entry(after.decisions[at].key, unknown ? 'unknown' : 'new', [], shift(NOWHERE, shares), [0, sum(shares)]),
    open: outcomes.length > 1,
    unscheduled: scheduled === false ? message : null,
    ...NOTHING,
  };
}

function departure({ before }: Worlds, at: number): ChangedResource {
  const shares = sharesOf(before.entries[at], 0);
  const unknown = before.unsupported[at].length > 0;
  return {
    ...entry(before.decisions[at].key, unknown ? 'unknown' : 'gone', [], shift(shares, NOWHERE), [sum(shares), 0]),
    open: before.entries[at].outcomes.length > 1,
    unscheduled: null,
    ...NOTHING,
  };
}

/** Undefined where both sides say the same. */
function compared(worlds: Worlds, was: number, at: number, causes: CauseFinder): ChangedResource | undefined {
  const { before, after } = worlds;
  const [from, to]: Placed[] = [
    { decision: before.decisions[was], side: before },
    { decision: after[0].decisions[at], side: after[0] },
  ];
  const why = causes.of(from, to);
  if (before.unsupported[was].length > 0 || after[0].unsupported[at].length > 0) {
    const unchanged = why.words.length + why.overrides.length === 0 && worlds.edits.length === 0;
    if (unchanged) return undefined;
    return {
      ...entry(to.decision.key, 'unknown', why.words, shift(NOWHERE, NOWHERE), [0, 0]),
      ...{ open: false, unscheduled: null },
      ...NOTHING,
    };
  }
  const shares = [0, 1].map((world) => {
    const side = after[Math.min(world, after.length - 1)];
    return [sharesOf(before.entries[was], world), sharesOf(side.entries[at], world)] as const;
  });
  const shifts = shares.map(([old, now]) => shift(old, now));
  const shifted = worse(shifts[0], shifts[1]);
  const [old, now] = shares[shifts.indexOf(shifted)];
  const mayDiffer = why.template || why.overrides.length > 0 || worlds.edits.length > 0;
  const content = mayDiffer ? contentChanges(received(from, to, old, now)) : NOTHING;
  const [wasScheduled, isScheduled] = [before.entries[was], after[0].entries[at]].map(({ scheduled }) => scheduled);
  const unscheduled = wasScheduled !== false && isScheduled === false ? after[0].entries[at].message : null;
  const stays = shifted.clusters.length === 0;
  if (stays && content.images.length === 0 && content.fields.length === 0 && unscheduled === null) return undefined;
  const change = isMove(shifted) ? 'moved' : stays ? 'changed' : 'resized';
  const because = stays ? [...why.words, ...why.overrides] : causes.ofMove(to, shifted.clusters, why.words);
  return {
    ...entry(to.decision.key, change, because, shifted, [sum(old), sum(now)]),
    ...{ open: !sameShift(shifts[0], shifts[1]), unscheduled },
    ...content,
  };
}

/** What clusters that keep it received and receive. Without overrides they all receive the same, but for replicas. */
function received(from: Placed, to: Placed, old: Shares, now: Shares): Received[] {
  const kept = [...now.keys()].filter((name) => old.has(name)).sort(byName);
  if (kept.length === 0) return [];
  const overridden = [from, to].some(({ decision, side }) => side.overriding(decision).length > 0);
  const groups = overridden ? kept.map((name) => [name]) : [kept];
  const wanted = new Set(groups.map(([name]) => name));
  const [before, after] = [from, to].map(({ decision, side }) => side.rendered(decision, 0, wanted));
  return groups.map((clusters) => ({ clusters, before: before[clusters[0]]?.[0], after: after[clusters[0]]?.[0] }));
}

function unsupported({ before, after }: Worlds): BlastRadius['unsupported'] {
  const found = new Map<string, { resource: ObjectKey; what: string }>();
  for (const side of [after[0], before]) {
    side.decisions.forEach(({ key }, at) => {
      for (const what of side.unsupported[at]) found.set(`${keyText(key)} ${what}`, { resource: key, what });
    });
  }
  return [...found.values()];
}
