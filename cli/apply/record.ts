import { keyText, type ObjectKey } from '../../src/core/object-key';
import type { Trouble } from '../../src/core/private/trouble';
import { type Answer, answerText, classify, conflictsOf } from '../plan/answer';
import {
  foreignParent,
  leaving,
  type Member,
  memberId,
  parentManifest,
  parentUnion,
  sortedMembers,
} from '../plan/apply-set';
import { type ChartInput, type DesiredObject, PART_OF } from '../plan/chart-input';
import { splitTaints, taintId } from '../plan/cluster-taints';
import { CommandError, ExitCode } from '../plan/command-error';
import { sameValue } from '../plan/field-path';
import { APPLY_SET_MANAGER, INVENTORY_MANAGER, provenUnchanged } from '../plan/owned-fields';
import type { PlannedSet } from '../plan/plan';
import type { ApiServer } from './api-server';
import { attempt, inWindow, type Patience } from './attempt';
import type { Discovery, Resource } from './discovery';
import { inventoryData, membersOf } from './inventory';
import { get } from './live';
import { serverSideApply } from './write';

/** The record of one chart (its ApplySet parent) as it is on the server. */
export interface SurveyedSet {
  readonly chart: ChartInput;
  readonly live: any;
  /** What it lists; empty without an inventory. */
  readonly recorded: readonly Member[];
  /** What it lists and the code does not, as far as it is still there. */
  readonly leaving: readonly Member[];
  readonly planned: PlannedSet;
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
  return {
    apiVersion: key.apiVersion,
    kind: key.kind,
    namespace: key.namespace,
    name: key.name,
    ...(live?.metadata.uid ? { uid: live.metadata.uid } : {}),
    path: object.path,
    wave: object.wave,
    ...(taints?.length ? { taints: taints.map(taintId).sort() } : {}),
  };
}

/** Reads the record of a chart. `members`: what the code names, with what is live. */
export async function surveySet(
  chart: ChartInput,
  members: readonly Member[],
  access: RecordAccess,
): Promise<SurveyedSet> {
  const { server, patience } = access;
  const { key, id } = chart.parent;
  const found = await get(server, { key, resource: CONFIG_MAP }, patience);
  if ('refused' in found) throw refusal(server, key, found.refused);
  const { live } = found;
  const foreign = live && foreignParent(chart, live);
  if (foreign) throw new CommandError(ExitCode.CONFLICT, [{ what: foreign, at: at(server, key), fix: FIX_FOREIGN }]);
  const recorded = membersOf(live) ?? [];
  const left = await stillThere(leaving(recorded, members), id, access);
  const exact = [...members, ...left];
  const unchanged = live && isWritten(chart, exact, live, access.toolVersion);
  return {
    chart,
    live,
    recorded,
    leaving: left,
    planned: {
      plane: chart.plane,
      chart: chart.path,
      instance: chart.instance,
      version: chart.version,
      key,
      id,
      action: !live ? 'create' : unchanged ? 'unchanged' : 'update',
      leaves: left.map(({ apiVersion, kind, namespace, name }) => ({ apiVersion, kind, namespace, name })),
    },
  };
}

const FIX_FOREIGN = 'give the chart another id, or let the other tool go on with it: one set has one owner';

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

/** Recorded objects whose kind is still served, that still exist, and that are still in this set. */
async function stillThere(gone: readonly Member[], id: string, access: RecordAccess): Promise<Member[]> {
  const { server, discovery, window, patience } = access;
  const there = new Set<Member>();
  await inWindow(window, gone, async (member) => {
    const resource = discovery.find(member.apiVersion, member.kind);
    if (!resource) return;
    const found = await get(server, { key: member, resource }, patience);
    // what we may not see stays in the record
    if ('refused' in found || found.live?.metadata.labels?.[PART_OF] === id) there.add(member);
  });
  return gone.filter((member) => there.has(member));
}

function isWritten(chart: ChartInput, members: readonly Member[], live: any, toolVersion: string): boolean {
  const listed = membersOf(live) ?? [];
  return (
    provenUnchanged(parentManifest(chart, members, toolVersion), live, APPLY_SET_MANAGER) &&
    sameValue(sortedMembers(members), listed)
  );
}

/**
 * Before the first member is written: the record lists all that was and all that will be, so that an interrupted run
 * leaves nothing behind that the record does not know.
 */
export async function openRecord(set: SurveyedSet, members: readonly Member[], access: RecordAccess): Promise<any> {
  const { chart, live, recorded } = set;
  const named = new Set(members.map(memberId));
  const all = [...members, ...recorded.filter((member) => !named.has(memberId(member)))];
  return write(chart, all, live, parentUnion(parentManifest(chart, all, access.toolVersion), live), access);
}

/** After the last: exactly the members, and what was left alone. */
export async function closeRecord(
  set: SurveyedSet,
  members: readonly Member[],
  live: any,
  access: RecordAccess,
): Promise<any> {
  const exact = [...members, ...set.leaving];
  return write(set.chart, exact, live, parentManifest(set.chart, exact, access.toolVersion), access);
}

/** Writes what differs, and nothing when nothing does. */
async function write(
  chart: ChartInput,
  members: readonly Member[],
  live: any,
  parent: any,
  access: RecordAccess,
): Promise<any> {
  let written = live;
  const { key } = chart.parent;
  const send = async (manifest: any, manager: string) => {
    const request = serverSideApply(key, CONFIG_MAP, manifest, manager);
    const answer = await attempt(access.server, request, access.patience, key);
    if (classify(answer) !== 'ok') throw refusal(access.server, key, answer);
    return answer.body;
  };
  if (!written || !provenUnchanged(parent, written, APPLY_SET_MANAGER)) written = await send(parent, APPLY_SET_MANAGER);
  const listed = membersOf(written);
  if (!listed || !sameValue(sortedMembers(members), listed)) {
    const { name, namespace } = key;
    const { apiVersion, kind } = parent;
    const inventory = { apiVersion, kind, metadata: { name, namespace }, data: inventoryData(members) };
    written = await send(inventory, INVENTORY_MANAGER);
  }
  return written;
}
