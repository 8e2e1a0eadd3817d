import type { ObjectKey } from '../../src/core/object-key';
import { refusalOf } from '../plan/answer';
import { type ChartInput, type DesiredObject, identity } from '../plan/chart-input';
import { mergedTaints, splitTaints, taintChanges } from '../plan/cluster-taints';
import { denierOf, deniersIn } from '../plan/denial';
import { WRITTEN } from '../plan/plan';
import { ranAlready, remembered } from '../plan/run-once';
import { unsendable } from '../plan/sendability';
import { create, refused, secretValuesNote, unchecked, type Verdict, verdictFromLive } from '../plan/verdict';
import { type Addressed, addressOf, sentAs } from './address';
import type { ApiServer } from './api-server';
import { inWindow, type Patience, pause } from './attempt';
import { type LeaveOptions, surveyDepartures } from './departures';
import { Discovery, type Resource } from './discovery';
import { type Answers, dryRun } from './dry-run';
import type { Kinds } from './kinds';
import { type Found, readLive } from './live';
import { parentOfSet } from './other-set';
import { injectCaBundle } from './pki/ca-bundle';
import { memberOf, type ReadSet, readSet, type SurveyedSet, surveyedSet } from './record';

/** What is known about one object before anything is written. */
export interface Surveyed {
  readonly object: DesiredObject;
  /** With the namespace as the server has it: none for kinds of the cluster. */
  readonly key: ObjectKey;
  readonly live: any;
  readonly verdict: Verdict;
  /** Unknown while nothing serves the kind. */
  readonly resource?: Resource;
  /** As it is sent, CA bundle and all; of a Cluster without the taints. Undefined while the CA is not issued. */
  readonly manifest?: any;
}

/** The state of one server, as far as this run is about it. */
export interface Survey {
  readonly server: ApiServer;
  readonly discovery: Discovery;
  /** By the identity of the object. */
  readonly objects: ReadonlyMap<string, Surveyed>;
  /** By the construct path of the chart. */
  readonly sets: ReadonlyMap<string, SurveyedSet>;
  /** What else there is to say about what leaves. */
  readonly notes: readonly string[];
}

export interface SurveyRequest {
  readonly server: ApiServer;
  /** Charts of this plane that are applied. */
  readonly charts: readonly ChartInput[];
  /** Their objects. */
  readonly objects: readonly DesiredObject[];
  /** All that the charts of the instance name on this plane, also of charts that this run does not apply. */
  readonly wanted: readonly DesiredObject[];
  /** What becomes of what is no longer in the code. */
  readonly leave: LeaveOptions;
  /** ApplySet IDs of all charts of the input. */
  readonly siblings: ReadonlySet<string>;
  readonly kinds: Kinds;
  /** Certificate of an authority (PEM); undefined while it is not issued. */
  readonly authority: (secret: string) => string | undefined;
  readonly toolVersion: string;
  /** Objects that a person has named as ones that may be replaced. */
  readonly replace?: readonly string[];
  readonly window: number;
  readonly patience: Patience;
  /** What was answered before in the same command. */
  readonly answers?: Answers;
}

/** Kinds are asked for again at most so often. */
const REDISCOVER_MS = 1000;

/** Reads one server, and asks it by dry-run about what cannot be proven to be as wanted. Writes nothing. */
export async function survey(request: SurveyRequest): Promise<Survey> {
  const { server, charts, objects, kinds, patience, window, toolVersion } = request;
  const discovery = await discover(request);
  const addressed = objects.map((object) => addressOf(object, kinds, discovery));
  const readable = addressed.filter((each) => each.served);
  const found = await readLive(
    server,
    readable.map(({ key, resource }) => ({ key, resource: resource as Resource })),
    window,
    patience,
  );
  const lives = new Map(readable.map((each, i) => [each, found[i]]));
  const access = { server, discovery, window, patience, toolVersion };
  const reads: ReadSet[] = [];
  await inWindow(window, charts, async (chart) => void reads.push(await readSet(chart, access)));
  const departures = await surveyDepartures(
    {
      reads,
      wanted: request.wanted.map((object) => addressOf(object, kinds, discovery).key),
      uids: new Set(addressed.map((each) => liveIn(lives.get(each))?.metadata.uid).filter(Boolean)),
      siblings: request.siblings,
      leave: request.leave,
    },
    access,
  );
  const sets = new Map<string, SurveyedSet>();
  for (const read of reads) {
    const { path } = read.chart;
    const own = addressed.filter((each) => each.object.chart === path && !each.object.shared);
    const members = own.map((each) =>
      remembered(memberOf(each.object, each.key, liveIn(lives.get(each))), read.recorded ?? []),
    );
    const leaving = departures.leaving.filter(({ planned }) => planned.chart === path);
    const { destroy } = request.leave;
    const incomplete = departures.incomplete.has(path);
    sets.set(path, surveyedSet(read, members, leaving, { destroy, incomplete }, access));
  }
  const missing = namespacesToCome(addressed, lives);
  const surveyed = new Map<string, Surveyed>();
  await inWindow(window, addressed, async (each) => {
    const set = sets.get(each.object.chart) as SurveyedSet;
    surveyed.set(identity(each.object), await surveyObject(each, lives.get(each), set, missing, request));
  });
  pardon(surveyed);
  return { server, discovery, objects: surveyed, sets, notes: departures.notes };
}

/** Those that are to be written. */
export function written(objects: ReadonlyMap<string, Surveyed>): Surveyed[] {
  return [...objects.values()].filter(({ verdict }) => WRITTEN.includes(verdict.action));
}

/** What an admission policy denies that this run changes may be taken when it has changed. */
function pardon(surveyed: Map<string, Surveyed>): void {
  const deniers = new Set(written(surveyed).flatMap(({ key, object }) => deniersIn(key, object.manifest)));
  for (const [id, each] of surveyed) {
    const denier = denierOf(each.verdict.refusal?.message ?? '');
    if (denier === undefined || !deniers.has(denier)) continue;
    const note = `not checked: "${denier}" denies it, and changes in this plan`;
    surveyed.set(id, { ...each, verdict: unchecked(each.live, note) });
  }
}

/** What the server serves; asked a second time where a kind is missing, since a new one needs a moment. */
async function discover({ server, objects, kinds, patience }: SurveyRequest): Promise<Discovery> {
  const discovery = await Discovery.read(server, patience);
  if (objects.every((object) => kinds.find(object, discovery).state !== 'unknown')) return discovery;
  await pause(REDISCOVER_MS, patience.signal);
  return Discovery.read(server, patience);
}

/** Namespaces that are not there, or going away, and that this run makes. */
function namespacesToCome(addressed: readonly Addressed[], lives: ReadonlyMap<Addressed, Found>): Set<string> {
  const namespaces = addressed.filter(({ key }) => key.kind === 'Namespace' && key.apiVersion === 'v1');
  const absent = namespaces.filter((each) => {
    const found = lives.get(each);
    return found && 'live' in found && (!found.live || found.live.metadata.deletionTimestamp);
  });
  return new Set(absent.map(({ key }) => key.name));
}

function liveIn(found: Found | undefined): any {
  return found && 'live' in found ? found.live : undefined;
}

async function surveyObject(
  each: Addressed,
  found: Found | undefined,
  set: SurveyedSet,
  missing: ReadonlySet<string>,
  request: SurveyRequest,
): Promise<Surveyed> {
  const { object, key, resource } = each;
  const live = liveIn(found);
  const split = splitTaints(object.manifest);
  const ca = object.injectCa === undefined ? undefined : request.authority(object.injectCa);
  const named = sentAs(split.manifest, resource);
  const manifest = object.injectCa === undefined ? named : ca && injectCaBundle(named, ca);
  const result = (verdict: Verdict): Surveyed => ({ object, key, live, verdict, resource, manifest });
  if (each.verdict) return result(each.verdict);
  if (found && 'refused' in found) return result(refused(refusalOf(key, found.refused)));
  const membership = { id: set.chart.parent.id, siblings: request.siblings };
  const wrong = unsendable(named);
  if (wrong) return result(refused({ reason: 'invalid', message: wrong }));
  if (object.joined && !live) return result(refused({ reason: 'invalid', message: notJoined(key.name) }));
  const ran = live ? undefined : ranAlready(object.manifest, key, set.recorded);
  if (ran) return result(ran);
  const sent = { ...object, key, manifest: manifest ?? named };
  const known = verdictFromLive(sent, live, membership);
  const isTaken = known?.action === 'refused' || known?.action === 'conflict';
  if (object.secretValues && !isTaken) return result(unchecked(live, secretValuesNote(object.secretValues)));
  if (known?.otherSet) return result(await namedSet(known, request));
  if (known && (known.action !== 'unchanged' || object.shared)) return result(known);
  if (!manifest) {
    const note = `not checked: its CA bundle comes from Secret ${object.injectCa}, which is issued in this plan`;
    return result(unchecked(live, note));
  }
  const taints = taintChange(object, live, set);
  if (known) return result(taints ? withTaints(known, live, taints) : known);
  if (!live && missing.has(key.namespace)) return result(create('not checked: its namespace is created in this plan'));
  const offer = { object: sent, live, resource: resource as Resource, membership };
  const verdict = await dryRun(offer, request);
  return result(taints && live ? withTaints(verdict, live, taints) : verdict);
}

/** Whose set an object is in. */
async function namedSet(verdict: Verdict, { server, patience }: SurveyRequest): Promise<Verdict> {
  const parent = verdict.otherSet && (await parentOfSet(server, verdict.otherSet, patience));
  if (!parent) return verdict;
  return {
    ...verdict,
    conflicts: verdict.conflicts.map((each) => ({ ...each, manager: `${each.manager} (${parent})` })),
  };
}

/** The code has a part of a cluster only: nothing could be made of it. */
function notJoined(name: string): string {
  return `no cluster has joined as ${name}: join it first, or say with \`syncMode\` how it will join`;
}

/** The taints to write to a Cluster, if any. */
export function taintChange(object: DesiredObject, live: any, set: SurveyedSet): any[] | undefined {
  const { taints } = splitTaints(object.manifest);
  if (!taints) return undefined;
  const recorded = set.recorded.find((member) => member.kind === 'Cluster' && member.name === object.key.name);
  return mergedTaints(taints, live, recorded?.taints ?? []);
}

function withTaints(verdict: Verdict, live: any, taints: any[]): Verdict {
  if (verdict.action !== 'update' && verdict.action !== 'unchanged') return verdict;
  const changes = [...verdict.changes, ...taintChanges(live.spec?.taints ?? [], taints)];
  return { ...verdict, action: 'update', changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}
