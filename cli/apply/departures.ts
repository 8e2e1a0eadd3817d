import { groupOf, keyText, type ObjectKey } from '../../src/core/object-key';
import { answerText } from '../plan/answer';
import { leaving, type Member, memberId } from '../plan/apply-set';
import { type InstanceLeave, waveWhenDestroyed, whyItStays } from '../plan/instance/instance-leave';
import type { Plane, PlannedPrune } from '../plan/plan';
import { fullKind, isAllowed } from '../plan/protection';
import { type Departure, isPolicyFor, type Judgement, judge, pruneTurns, some } from '../plan/prune';
import { inWindow } from './attempt';
import { type Beside, notesOf, whyHeld } from './departure-beside';
import type { Resource } from './discovery';
import { type Found, readLive } from './live';
import type { ReadSet, RecordAccess } from './record';
import { labelled } from './strays';

/** What a run does with what is no longer in the code. */
export interface LeaveOptions {
  /** Objects and kinds that may be deleted though they are of a kind that never is by itself. */
  readonly allowed?: readonly string[];
  /** At most so many objects may be deleted, where their number needs to be acknowledged. */
  readonly allowedCount?: number;
  /** @default true */
  readonly prune?: boolean;
  /** The charts are deleted as a whole. @default false */
  readonly destroy?: boolean;
  /** They are those of an instance that is destroyed. @default - not as such */
  readonly instance?: InstanceLeave;
}

/** An object that is no longer in the code, as it was found. */
export interface Leaving {
  readonly member: Member;
  readonly planned: PlannedPrune;
  /** Unknown where it could not be read. */
  readonly live?: any;
  readonly resource?: Resource;
  /** What it is judged by, once more before it is deleted. */
  readonly departure: Departure;
}

export interface DeparturesRequest {
  readonly reads: readonly ReadSet[];
  /** As the server has them: without a namespace for kinds of the cluster. */
  readonly wanted: readonly ObjectKey[];
  /** Of all live objects that the code names. */
  readonly uids: ReadonlySet<string>;
  readonly siblings: ReadonlySet<string>;
  readonly leave: LeaveOptions;
}

interface Candidate {
  readonly chart: string;
  readonly member: Member;
  readonly departure: Departure;
  readonly resource?: Resource;
  readonly found?: Found;
  readonly judgement?: Judgement;
  readonly reason: string;
}

/** What was found of all that left. */
export interface Departures {
  readonly leaving: readonly Leaving[];
  readonly notes: readonly string[];
  /** Construct paths of charts of which not everything could be read. */
  readonly incomplete: ReadonlySet<string>;
}

/** Looks at everything that the records list and the code does not name, and says what becomes of it. Writes nothing. */
export async function surveyDepartures(request: DeparturesRequest, access: RecordAccess): Promise<Departures> {
  const { server, window, patience } = access;
  const notes: string[] = [];
  const incomplete = new Set<string>();
  const looked = await Promise.all(request.reads.map((read) => candidatesOf(read, request, access)));
  for (const [i, each] of looked.entries()) {
    notes.push(...each.unread);
    if (each.unread.length) incomplete.add(request.reads[i].chart.path);
  }
  const all = looked.flatMap((each) => each.candidates);
  const candidates = all.filter((each) => each.resource);
  const gone = all.filter((each) => !each.resource && !access.discovery.isStale(groupOf(each.member.apiVersion)));
  notes.push(...unservedNotes(server.plane, gone));
  const found = await readLive(
    server,
    candidates.map(({ member, resource }) => ({ key: member, resource: resource as Resource })),
    window,
    patience,
  );
  const judged = withPolicies(candidates.map((each, i) => ({ ...each, ...judgedBy(each, found[i]) })));
  for (const { member, judgement } of judged) {
    if (judgement?.action === 'release' && judgement.why) notes.push(`${at(server.plane, member)}: ${judgement.why}`);
  }
  const left: Leaving[] = all
    .filter((each) => !each.resource && !gone.includes(each))
    .map((each) => unread(each, server.plane, 'its API does not answer now'));
  const going = new Set(judged.filter(isPrune).map(({ found }) => (found as any).live.metadata.uid as string));
  const own = homesOf(request);
  const kept = new Set(judged.filter(isKept).map(({ chart }) => chart));
  await inWindow(window, judged, async (each) => {
    const one = await leavingOf(each, { going, own: own.get(each.chart) ?? [], alone: !kept.has(each.chart) }, access);
    if (one) left.push(one);
  });
  return { leaving: left, notes, incomplete };
}

function at(plane: Plane, key: ObjectKey): string {
  return `${plane}: ${keyText(key)}`;
}

/** The record and the lock of each chart that is destroyed: they go with the namespace that they are in. */
function homesOf({ reads, leave }: DeparturesRequest): Map<string, string[]> {
  const homes = reads.map(({ chart }) => {
    const { path, parent } = chart;
    return [path, ['ConfigMap', 'Lease'].map((kind) => keyText({ ...parent.key, kind }))] as const;
  });
  return new Map(leave.destroy ? homes : []);
}

function isKept({ judgement }: Candidate): boolean {
  return judgement?.action === 'keep';
}

function isPrune({ judgement }: { readonly judgement?: Judgement }): boolean {
  return judgement?.action === 'prune';
}

async function candidatesOf(
  { chart, live, recorded }: ReadSet,
  { wanted, uids, siblings, leave }: DeparturesRequest,
  access: RecordAccess,
): Promise<{ readonly candidates: Candidate[]; readonly unread: readonly string[] }> {
  const { id } = chart.parent;
  const { allowed = [], prune = true, destroy = false, instance } = leave;
  const { plane } = chart;
  // that an instance and its data go means its namespace, too
  const home = instance?.deleteData ? [`Namespace/${chart.parent.key.namespace}`] : [];
  const departure: Departure = {
    id,
    siblings,
    uids,
    wanted,
    allowed: [...allowed, ...home],
    prune,
    ...(destroy ? { data: instance?.deleteData ? 'delete' : 'keep' } : {}),
    ...(instance ? { stays: (member) => whyItStays(plane, member, instance) } : {}),
  };
  const gone = leaving(recorded ?? [], wanted);
  const belongings = plane === 'host' ? (instance?.belongings ?? []) : [];
  const { strays, unread } = live ? await labelled(chart, live, recorded, access) : { strays: [], unread: [] };
  const known = new Set([...(recorded ?? []), ...belongings, ...wanted].map(memberId));
  const candidate = (member: Member, reason: string): Candidate => {
    const address = addressOf(member, access);
    return {
      chart: chart.path,
      member: { ...member, ...address?.key, ...(instance ? { wave: waveWhenDestroyed(member) } : {}) },
      departure,
      resource: address?.resource,
      reason,
    };
  };
  const dropped = ({ path }: Member) =>
    destroy ? `destroyed with its chart, ${chart.path}` : `dropped from synth at construct ${path}`;
  const candidates = [
    ...gone
      .filter((member) => !belongings.some((each) => memberId(each) === memberId(member)))
      .map((member) => candidate(member, dropped(member))),
    ...belongings.map((member) => candidate(member, `made for instance "${chart.instance}"`)),
    ...strays
      .filter((member) => !known.has(memberId(member)))
      .map((member) => candidate(member, 'has the label of the chart, and the record does not list it')),
  ];
  return { candidates, unread };
}

/** How a recorded object is addressed now; its kind may be served in other versions than it was. */
function addressOf({ apiVersion, kind }: Member, { discovery }: RecordAccess) {
  const versions = [apiVersion, ...discovery.versionsOf(groupOf(apiVersion), kind)];
  for (const version of versions) {
    const resource = discovery.find(version, kind);
    if (resource) return { key: { apiVersion: version }, resource };
  }
  return undefined;
}

function judgedBy({ member, departure }: Candidate, found: Found): Partial<Candidate> {
  if ('refused' in found || !found.live) return { found };
  return { found, judgement: judge(member, found.live, departure) };
}

/** The policies of a template that is kept are kept: without them its copies would change, or be nobody's. */
function withPolicies(judged: readonly Candidate[]): Candidate[] {
  const kept = judged.filter(({ judgement }) => judgement?.action === 'keep').map(({ member }) => member);
  return judged.map((each) => {
    const { judgement, member, departure, found } = each;
    if (judgement?.action !== 'prune' || !found || !('live' in found)) return each;
    const template = kept.find((key) => isPolicyFor(member, found.live, key));
    if (!template || isAllowed(member, departure.allowed)) return each;
    const why = `it is for ${keyText(template)}, which is kept`;
    return { ...each, judgement: { action: 'keep', why, allow: keyText(member) } };
  });
}

function plannedOf(each: Candidate, plane: Plane, rest: Pick<PlannedPrune, 'action'> & Partial<PlannedPrune>): Leaving {
  const { apiVersion, kind, namespace, name, path } = each.member;
  const { resource, departure, member } = each;
  const live = each.found && 'live' in each.found ? each.found.live : undefined;
  const key = { apiVersion, kind, namespace, name };
  const planned = { plane, chart: each.chart, key, path, reason: each.reason, notes: [], ...rest };
  return { member, planned, live, resource, departure };
}

function unread(each: Candidate, plane: Plane, why: string): Leaving {
  return plannedOf(each, plane, { action: 'keep', why, unread: true });
}

async function leavingOf(each: Candidate, beside: Beside, access: RecordAccess): Promise<Leaving | undefined> {
  const { server } = access;
  const { found, judgement, member } = each;
  if (found && 'refused' in found) {
    return unread(each, server.plane, `it cannot be read: ${answerText(member, found.refused)}`);
  }
  if (!judgement || judgement.action === 'release' || !found?.live) return undefined;
  if (judgement.action === 'withdraw') return plannedOf(each, server.plane, judgement);
  const notes = await notesOf(found.live, member, access);
  if (judgement.action === 'keep') return plannedOf(each, server.plane, { ...judgement, notes });
  const isNamespace = member.kind === 'Namespace' && groupOf(member.apiVersion) === '';
  const why = isNamespace ? await whyHeld(member, beside, access) : undefined;
  return plannedOf(each, server.plane, why === undefined ? { action: 'prune', notes } : { action: 'keep', why, notes });
}

/** Objects of kinds that are gone went with their definitions: the record heals by itself. */
function unservedNotes(plane: Plane, gone: readonly Candidate[]): string[] {
  const kinds = new Map<string, string[]>();
  for (const { member } of gone) kinds.set(fullKind(member), [...(kinds.get(fullKind(member)) ?? []), keyText(member)]);
  return [...kinds].map(([kind, names]) => `${plane} no longer serves ${kind}; the record forgets ${some(names)}`);
}

/** In the order in which they are deleted. */
export function inPruneOrder(all: readonly Leaving[]): Leaving[] {
  const turns = pruneTurns(all.map(({ member }) => member));
  const turn = ({ member }: Leaving) => `${turns.get(member)} ${memberId(member)}`;
  return [...all].sort((a, b) => (turn(a) < turn(b) ? -1 : 1));
}

/** Those that are deleted together. */
export function pruneStages(all: readonly Leaving[]): Leaving[][] {
  const turns = pruneTurns(all.map(({ member }) => member));
  const stages = new Map<string, Leaving[]>();
  for (const each of inPruneOrder(all)) {
    const turn = turns.get(each.member) as string;
    stages.set(turn, [...(stages.get(turn) ?? []), each]);
  }
  return [...stages.values()];
}
