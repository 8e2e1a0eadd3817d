import { keyText } from '../../src/core/object-key';
import type { BlastRadius, ChangedResource, MaxMoved, MemberEdit, ResourceChange } from '../plan/blast-radius';
import { changeText } from '../plan/member-edits';
import type { ClusterShift } from '../plan/shift';
import { count, firsts } from './words';

/** Everything that a person reads of a comparison is made from this. */
export interface DiffView {
  readonly radius: BlastRadius;
  /** How the user named the sides. */
  readonly before: string;
  readonly after: string;
  /** Policies of other people were given. */
  readonly othersKnown: boolean;
}

/** A table with its title; the first row is the head. */
export interface Section {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  /** It needs a look. */
  readonly isUrgent?: boolean;
}

/** Clusters of one resource, or resources of one edit, that are named. */
const MOST = 8;

/** The totals in sentences. */
export function totalsLines({ totals }: BlastRadius): string[] {
  const { resources, replicas, clusters } = totals;
  const share = replicas.before > 0 ? ` (${percent(replicas.moved / replicas.before)})` : '';
  const kinds: readonly (readonly [number, string, string])[] = [
    [resources.moved, 'moves', 'move'],
    [resources.resized, 'gets more or fewer', 'get more or fewer'],
    [resources.changed, 'changes where it is', 'change where they are'],
    [resources.new, 'is new', 'are new'],
    [resources.gone, 'goes', 'go'],
    [resources.unknown, 'not decided here', 'not decided here'],
    [resources.unchanged, 'unchanged', 'unchanged'],
  ];
  const parts = kinds
    .filter(([number]) => number > 0)
    .map(([number, one, several]) => `${number} ${number === 1 ? one : several}`);
  const all = resources.after + resources.gone;
  const size =
    replicas.before === replicas.after ? '' : `; ${count(replicas.before, 'replica')} become ${replicas.after}`;
  return [
    `${replicas.moved} of ${count(replicas.before, 'replica')} ${replicas.moved === 1 ? 'moves' : 'move'}${share}, ${replicas.started} start, ${replicas.stopped} stop${size}`,
    `${count(all, 'resource')}: ${parts.join(', ') || 'none'}`,
    `something changes on ${count(clusters.changed, 'cluster')} (images on ${clusters.images}), nothing on ${clusters.unchanged}`,
  ];
}

/** What was allowed to move, and whether more does. */
export function limitText({ allowed, replicas, exceeded }: MaxMoved, { totals }: BlastRadius): string {
  const limit = allowed.endsWith('%') ? `${allowed}, which is ${replicas}` : allowed;
  return exceeded
    ? `✗ more replicas move than --max-moved allows (${limit}): ${totals.replicas.moved}`
    : `✓ no more replicas move than --max-moved allows (${limit})`;
}

/** A share as a whole number, or what is less than one. */
function percent(share: number): string {
  const of = share * 100;
  return of > 0 && of < 1 ? 'less than 1%' : `${Math.round(of)}%`;
}

/** What differs, in tables; those with nothing to say are left out. */
export function sections(radius: BlastRadius): Section[] {
  const of = (change: ResourceChange) => radius.resources.filter((each) => each.change === change);
  const where = (title: string, change: ResourceChange): Section => ({
    title,
    rows: [['RESOURCE', 'WHERE', 'BECAUSE'], ...of(change).map(whereRow)],
  });
  const placed = (title: string, change: ResourceChange, side: 'before' | 'after'): Section => ({
    title,
    rows: [['RESOURCE', 'REPLICAS', 'CLUSTERS'], ...of(change).map((each) => placedRow(each, side))],
  });
  const content = radius.resources.filter(({ images, fields }) => images.length + fields.length > 0);
  const lost = radius.resources.filter(({ unscheduled }) => unscheduled !== null);
  const clusters = radius.clusters.map(({ name, before, after, leave, arrive, images, resources }) =>
    [name, before, after, leave, arrive, images, resources].map(String),
  );
  const all: Section[] = [
    {
      title: 'Not scheduled',
      isUrgent: true,
      rows: [
        ['RESOURCE', 'MESSAGE'],
        ...lost.map(({ resource, unscheduled }) => [keyText(resource), unscheduled ?? '']),
      ],
    },
    {
      title: 'Member clusters that change',
      isUrgent: true,
      rows: [['CLUSTER', 'WHAT', 'WORKLOADS'], ...radius.members.map(memberRow)],
    },
    { ...where('Moves', 'moved'), isUrgent: true },
    where('More or fewer', 'resized'),
    {
      title: 'Changes where it is',
      rows: [['RESOURCE', 'ON', 'WHAT'], ...content.flatMap(contentRows)],
    },
    placed('New', 'new', 'after'),
    placed('Goes', 'gone', 'before'),
    {
      title: 'Not decided here',
      rows: [['RESOURCE', 'BECAUSE OF'], ...radius.unsupported.map(({ resource, what }) => [keyText(resource), what])],
    },
    {
      title: 'Policies and other objects that steer Karmada',
      rows: [['OBJECT', 'CHANGE'], ...radius.steering.map(({ object, change }) => [keyText(object), change])],
    },
    {
      title: 'By cluster',
      rows: [['CLUSTER', 'BEFORE', 'AFTER', 'LEAVE', 'ARRIVE', 'NEW IMAGES', 'RESOURCES'], ...clusters],
    },
  ];
  return all.filter(({ rows }) => rows.length > 1);
}

function shareText(replicas: number | null): string {
  if (replicas === null) return '-';
  return replicas === 0 ? 'yes' : String(replicas);
}

function named(all: readonly string[], line: string): string {
  const more = all.length - MOST;
  return [...all.slice(0, MOST), ...(more > 0 ? [`and ${more} more`] : [])].join(line);
}

function shiftText({ name, before, after }: ClusterShift): string {
  return `${name} ${shareText(before)} → ${shareText(after)}`;
}

function whereRow({ resource, clusters, because, open }: ChangedResource): string[] {
  const tie = open ? ['a tie is open: at worst'] : [];
  return [keyText(resource), named([...clusters.map(shiftText)], '\n'), [...because, ...tie].join('\n')];
}

function placedRow({ resource, clusters, replicas }: ChangedResource, side: 'before' | 'after'): string[] {
  const names = clusters.map((each) => (each[side] ? `${each.name} ${each[side]}` : each.name));
  return [keyText(resource), replicas[side] ? String(replicas[side]) : '-', named(names, ', ') || 'nowhere'];
}

/** One row for each set of clusters that sees the same. */
function contentRows({ resource, images, fields }: ChangedResource): string[][] {
  const byClusters = new Map<string, string[]>();
  const add = (clusters: readonly string[], lines: readonly string[]) => {
    const on = firsts(clusters, MOST);
    byClusters.set(on, [...(byClusters.get(on) ?? []), ...lines]);
  };
  for (const { clusters, container, before, after } of images) {
    add(clusters, [`image of ${container}: ${before ?? 'none'} → ${after ?? 'none'}`]);
  }
  for (const { clusters, changes } of fields) add(clusters, changes.map(changeText));
  return [...byClusters].map(([on, lines]) => [keyText(resource), on, named(lines, '\n')]);
}

function memberRow({ cluster, change, fields, moves, afterRebalance }: MemberEdit): string[] {
  const what = { new: 'joins', gone: 'leaves the code, stays in the fleet', changed: named(fields, '\n') }[change];
  const list = (words: string, keys: readonly Parameters<typeof keyText>[0][]) =>
    keys.length > 0 ? [`${words} ${firsts(keys.map(keyText), MOST)}`] : [];
  const workloads = [...list('moves', moves), ...list('after a rebalance also', afterRebalance)];
  return [cluster, what, workloads.join('\n') || 'moves nothing'];
}
