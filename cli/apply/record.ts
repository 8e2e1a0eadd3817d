import { keyText, type ObjectKey } from '../../src/core/object-key';
import type { Trouble } from '../../src/core/private/trouble';
import { type Answer, answerText, classify, conflictsOf } from '../plan/answer';
import {
  foreignParent,
  type Member,
  memberId,
  otherServer,
  parentManifest,
  parentUnion,
  sortedMembers,
} from '../plan/apply-set';
import type { ChartInput, DesiredObject } from '../plan/chart-input';
import { splitTaints, taintId } from '../plan/cluster-taints';
import { CommandError, ExitCode } from '../plan/command-error';
import { sameValue } from '../plan/field-path';
import { APPLY_SET_MANAGER, INVENTORY_MANAGER, provenUnchanged } from '../plan/owned-fields';
import type { PlannedSet } from '../plan/plan';
import { runOf } from '../plan/run-once';
import type { ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';
import type { Leaving } from './departures';
import { type Discovery, objectPath, type Resource } from './discovery';
import { inventoryData, membersOf } from './inventory';
import { get } from './live';
import { PacedServer } from './paced-server';
import { serverSideApply, WRITE_MS } from './write';

/** The record of one chart (its ApplySet parent) as it is on the server. */
export interface SurveyedSet {
  readonly chart: ChartInput;
  readonly live: any;
  /** What it lists; empty without an inventory. */
  readonly recorded: readonly Member[];
  /** What it lists and the code does not, as far as it is still there and of this chart. */
  readonly leaving: readonly Leaving[];
  /** Not all that may be in it could be read: what the parent lists stays in it. */
  readonly incomplete: boolean;
  readonly planned: PlannedSet;
}

/** A record as it was read. */
export interface ReadSet {
  readonly chart: ChartInput;
  readonly live: any;
  /** Undefined without an inventory that can be read. */
  readonly recorded?: readonly Member[];
}

export interface RecordAccess {
  readonly server: ApiServer;
  readonly discovery: Discovery;
  readonly window: number;
  readonly patience: Patience;
  readonly toolVersion: string;
}

const CONFIG_MAP: Resource = { plural: 'configmaps', namespaced: true };

/** An object as the record lists it. */
export function memberOf(object: DesiredObject, key: ObjectKey, live: any): Member {
  const { taints } = splitTaints(object.manifest);
  const run = runOf(object.manifest);
  return {
    apiVersion: key.apiVersion,
    kind: key.kind,
    namespace: key.namespace,
    name: key.name,
    ...(live?.metadata.uid ? { uid: live.metadata.uid } : {}),
    path: object.path,
    wave: object.wave,
    ...(taints?.length ? { taints: taints.map(taintId).sort() } : {}),
    ...(object.dependsOn ? { dependsOn: object.dependsOn } : {}),
    ...(object.joined ? { joined: true } : {}),
    ...(run === undefined ? {} : { run }),
  };
}

/** Reads the record of a chart. */
export async function readSet(chart: ChartInput, access: RecordAccess): Promise<ReadSet> {
  const { server, patience } = access;
  const { key } = chart.parent;
  const found = await get(server, { key, resource: CONFIG_MAP }, patience);
  if ('refused' in found) throw refusal(server, key, found.refused);
  const { live } = found;
  const foreign = live && foreignParent(chart, live);
  if (foreign) throw new CommandError(ExitCode.CONFLICT, [{ what: foreign, at: at(server, key), fix: FIX_FOREIGN }]);
  const other = live && otherServer(live, identityOf(server));
  if (other) throw new CommandError(ExitCode.STALE, [copied(server, key, other)]);
  return { chart, live, recorded: membersOf(live) };
}

/** The record of a chart, and what becomes of it. `members`: what the code names, with what is live. */
export function surveyedSet(
  { chart, live, recorded = [] }: ReadSet,
  members: readonly Member[],
  leaving: readonly Leaving[],
  { destroy = false, incomplete }: { readonly destroy?: boolean; readonly incomplete: boolean },
  access: RecordAccess,
): SurveyedSet {
  const { key, id } = chart.parent;
  const kept = leaving.filter(({ planned }) => planned.action === 'keep').map(({ member }) => member);
  const exact = [...members, ...kept];
  const unchanged = live && (incomplete || isWritten(chart, exact, live, access));
  const ends = destroy && !exact.length && !incomplete;
  return {
    chart,
    live,
    recorded,
    leaving,
    incomplete,
    planned: {
      plane: chart.plane,
      chart: chart.path,
      instance: chart.instance,
      version: chart.version,
      key,
      id,
      action: !live ? (destroy ? 'unchanged' : 'create') : ends ? 'delete' : unchanged ? 'unchanged' : 'update',
      recorded: recorded.length,
    },
  };
}

const FIX_FOREIGN = 'give the chart another id, or let the other tool go on with it: one set has one owner';

function copied(server: ApiServer, key: ObjectKey, other: string): Trouble {
  return {
    what: `the record of the chart was copied from another cluster: kube-system has the UID ${identityOf(server)} here, and ${other} there`,
    at: at(server, key),
    fix: 'give the context of the right cluster; or, where a backup was restored, delete this record and apply again',
  };
}

function identityOf(server: ApiServer): string | undefined {
  return PacedServer.of(server).identity;
}

function parentOf(chart: ChartInput, members: readonly Member[], { toolVersion, server }: RecordAccess): any {
  return parentManifest(chart, members, toolVersion, identityOf(server));
}

function at(server: ApiServer, key: ObjectKey): string {
  return `${server.plane}: ${keyText(key)}`;
}

function refusal(server: ApiServer, key: ObjectKey, answer: Answer): CommandError {
  const kind = classify(answer);
  const conflicts = conflictsOf(answer.body).map(({ path, manager }) => `${path} belongs to ${manager}`);
  const trouble: Trouble = {
    what: `the record of a chart cannot be read or written: ${conflicts.join(', ') || answerText(key, answer)}`,
    at: at(server, key),
    fix: kind === 'forbidden' ? 'use credentials that may get and patch ConfigMaps there' : 'mend that and apply again',
  };
  const codes: { readonly [each: string]: ExitCode } = { forbidden: ExitCode.DENIED, conflict: ExitCode.CONFLICT };
  return new CommandError(codes[kind] ?? ExitCode.FAILED, [trouble]);
}

function isWritten(chart: ChartInput, members: readonly Member[], live: any, access: RecordAccess): boolean {
  const listed = membersOf(live) ?? [];
  return (
    provenUnchanged(parentOf(chart, members, access), live, APPLY_SET_MANAGER) &&
    sameValue(sortedMembers(members), listed)
  );
}

/**
 * Before the first member is written: the record lists all that was and all that will be, so that an interrupted run
 * leaves nothing behind that the record does not know.
 */
export async function openRecord(set: SurveyedSet, members: readonly Member[], access: RecordAccess): Promise<any> {
  const { chart, live, recorded, leaving } = set;
  const before = [...recorded, ...leaving.map(({ member }) => member)];
  const all = [...new Map([...before, ...members].map((member) => [memberId(member), member])).values()];
  return write(set, all, live, parentUnion(parentOf(chart, all, access), live), access);
}

/** After the last: exactly what is there, what was kept among it. */
export async function closeRecord(
  set: SurveyedSet,
  members: readonly Member[],
  live: any,
  access: RecordAccess,
): Promise<any> {
  const parent = parentOf(set.chart, members, access);
  return write(set, members, live, set.incomplete ? parentUnion(parent, live) : parent, access);
}

/** When nothing of a chart is left: last, since without it nobody knows what is. */
export async function deleteRecord({ chart, live }: SurveyedSet, access: RecordAccess): Promise<undefined> {
  if (!live) return undefined;
  const { key } = chart.parent;
  const { uid } = live.metadata;
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } };
  const request = { method: 'DELETE' as const, path: objectPath(key, CONFIG_MAP), body, timeoutMs: WRITE_MS };
  const answer = await attempt(access.server, request, access.patience, key);
  if (!['ok', 'absent'].includes(classify(answer))) throw refusal(access.server, key, answer);
  return undefined;
}

/**
 * Writes what differs, and nothing when nothing does. A list that was lost is not written anew while the labels of its
 * objects cannot be read: a list that looks exact and is not would hide them for good.
 */
async function write(
  set: SurveyedSet,
  members: readonly Member[],
  live: any,
  parent: any,
  access: RecordAccess,
): Promise<any> {
  let written = live;
  const { key } = set.chart.parent;
  const send = async (manifest: any, manager: string) => {
    const request = serverSideApply(key, CONFIG_MAP, manifest, manager);
    const answer = await attempt(access.server, request, access.patience, key);
    if (classify(answer) !== 'ok') throw refusal(access.server, key, answer);
    return answer.body;
  };
  if (!written || !provenUnchanged(parent, written, APPLY_SET_MANAGER)) written = await send(parent, APPLY_SET_MANAGER);
  const listed = membersOf(written);
  if (set.incomplete && !listed) return written;
  if (!listed || !sameValue(sortedMembers(members), listed)) {
    const { name, namespace } = key;
    const { apiVersion, kind } = parent;
    const inventory = { apiVersion, kind, metadata: { name, namespace }, data: inventoryData(members) };
    written = await send(inventory, INVENTORY_MANAGER);
  }
  return written;
}
