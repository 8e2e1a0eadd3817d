import { keyText, type ObjectKey } from '../../src/core/object-key';
import { type Answer, answerText, classify, conflictsOf } from '../plan/answer';
import { type DesiredObject, PART_OF } from '../plan/chart-input';
import { mergedTaints, splitTaints } from '../plan/cluster-taints';
import { denierOf } from '../plan/denial';
import { isOfLostVersion, recordInVersion } from '../plan/lost-version';
import { APPLY_SET_MANAGER, OBJECT_MANAGER, ownsNothing, provenUnchanged } from '../plan/owned-fields';
import { takeoverOf } from '../plan/takeover';
import type { ApiResponse, ApiServer } from './api-server';
import { attempt, type Patience, pause } from './attempt';
import { ITS_METADATA_ONLY } from './contents';
import type { Resource } from './discovery';
import { get } from './live';
import { areOurBundles } from './pki/ca-bundle';
import { deleteForReplacement } from './replacing';
import { takeOver } from './taking-over';
import { mergeInto, STALE_ATTEMPTS, serverSideApply } from './write';

/** One object on its way to its server. */
export interface Sending {
  readonly server: ApiServer;
  readonly object: DesiredObject;
  readonly key: ObjectKey;
  readonly resource: Resource;
  readonly manifest: any;
  /** As it was seen before. */
  readonly live: any;
  /** ID of its set. */
  readonly set: string;
  /** Taints that an earlier apply of the chart put on it. */
  readonly recordedTaints: readonly string[];
  /** Its kind or its namespace comes in this run, and may need a moment. */
  readonly awaited: boolean;
  /** Admission policies and webhooks that this run has changed: what they deny now they may take in a moment. */
  readonly deniers: ReadonlySet<string>;
  /** It is deleted first, since it cannot become what the manifest says. */
  readonly replace?: boolean;
}

/** What became of it: the object as it is now, or why not. */
export type Sent =
  | { readonly outcome: 'created' | 'updated' | 'replaced'; readonly live: any }
  | { readonly outcome: 'failed'; readonly message: string };

export interface SendingOptions {
  readonly patience: Patience;
  /** How long an object may take to go away. @default 60000 */
  readonly leavingMs?: number;
  now(): number;
}

/** How long something that comes in this run may take to be served. */
const AWAITED_MS = 30_000;
const LEAVING_MS = 60_000;
const LOOK_MS = 500;

/** Applies one object, then the label of its set, which has a field manager of its own. */
export async function send(sending: Sending, options: SendingOptions): Promise<Sent> {
  const { server, live, object, set, replace = false } = sending;
  if (replace) {
    const why = await deleteForReplacement(server, sending, live, options.patience);
    if (why) return failed(why);
  }
  if (replace || live?.metadata.deletionTimestamp) {
    const stuck = await waitUntilGone(sending, options);
    if (stuck) return failed(stuck);
  }
  const owned = live && !replace ? await takeOver(server, sending, live, options.patience) : { live };
  if ('message' in owned) return failed(owned.message);
  const written = isWritten({ ...sending, live: owned.live }) ? owned : await write(sending, options);
  if ('message' in written) return replace ? failed(`it was deleted, and not made anew: ${written.message}`) : written;
  // where the answer to the first attempt was lost, the second one finds the object
  const outcome = replace ? 'replaced' : live && !live.metadata.deletionTimestamp ? 'updated' : 'created';
  const tainted = await withTaints(sending, written.live, options.patience);
  if ('message' in tainted) return tainted;
  if (object.shared || tainted.live.metadata.labels?.[PART_OF] === set) return { outcome, live: tainted.live };
  const labelled = await label(sending, tainted.live, options.patience);
  return 'message' in labelled ? labelled : { outcome, live: labelled.live };
}

function failed(message: string): { readonly outcome: 'failed'; readonly message: string } {
  return { outcome: 'failed', message };
}

/** Why an object was not taken, with the owners of fields by name. */
export function refusalText(key: ObjectKey, answer: Answer): string {
  const conflicts = conflictsOf(answer.body);
  if (!conflicts.length) return answerText(key, answer);
  return conflicts.map(({ path, manager }) => `${path} belongs to ${manager}`).join(', ');
}

/** Only the label is missing, or taints are: a run was ended between the two. */
function isWritten({ live, manifest, replace }: Sending): boolean {
  if (replace || !live || live.metadata.deletionTimestamp) return false;
  return provenUnchanged(manifest, live, OBJECT_MANAGER) || ownsNothing(manifest, live, OBJECT_MANAGER);
}

async function write(sending: Sending, options: SendingOptions) {
  const { server, key } = sending;
  const answer = await applied(sending, options);
  if (classify(answer) !== 'ok') return failed(refusalText(key, answer));
  if (answer.body.metadata.deletionTimestamp) return failed('it is being deleted');
  // what was there before a record of owners was kept got its owner just now
  if (!takeoverOf(answer.body)) return { live: answer.body };
  const owned = await takeOver(server, sending, answer.body, options.patience);
  return 'message' in owned ? failed(owned.message) : owned;
}

async function applied(sending: Sending, options: SendingOptions): Promise<ApiResponse> {
  const { server, key, resource, manifest, awaited, deniers } = sending;
  const end = options.now() + AWAITED_MS;
  let mended = false;
  let force = false;
  for (;;) {
    const request = serverSideApply(key, resource, manifest, OBJECT_MANAGER, { force });
    const answer = await attempt(server, request, options.patience, key);
    if (!force && areOurBundles(conflictsOf(answer.body))) {
      force = true;
      continue;
    }
    if (!mended && isOfLostVersion(answer)) {
      mended = true;
      await mendVersion(sending, options);
      continue;
    }
    const kind = classify(answer);
    const denier = kind === 'invalid' ? denierOf(answerText(key, answer)) : undefined;
    const early = ['absent', 'terminating'].includes(kind) || (denier !== undefined && deniers.has(denier));
    if (!early || !awaited || options.now() >= end || options.patience.signal?.aborted) return answer;
    options.patience.retrying?.(server, key, 'what it needs is not served yet');
    await pause(LOOK_MS, options.patience.signal);
  }
}

/** Writes the record of who owns which field anew, in the version of the manifest. */
async function mendVersion(sending: Sending, { patience }: SendingOptions): Promise<void> {
  const { server, key, resource, manifest } = sending;
  const found = await get(server, sending, patience);
  if (!('live' in found) || !found.live) return;
  const managedFields = recordInVersion(found.live, manifest.apiVersion);
  const request = mergeInto(found.live, key, resource, { metadata: { managedFields } }, OBJECT_MANAGER);
  await attempt(server, request, patience, key); // what it did is seen by applying again
}

async function waitUntilGone(sending: Sending, options: SendingOptions): Promise<string | undefined> {
  const { server, key, live } = sending;
  const end = options.now() + (options.leavingMs ?? LEAVING_MS);
  for (;;) {
    const found = await get(server, sending, options.patience);
    if (!('live' in found) || found.live?.metadata.uid !== live.metadata.uid) return undefined;
    if (options.now() >= end || options.patience.signal?.aborted) {
      const { metadata, spec } = found.live;
      const inSpec = key.kind === 'Namespace' ? spec?.finalizers : undefined;
      const finalizers = [...(metadata.finalizers ?? []), ...(inSpec ?? [])].join(', ') || 'none';
      return `${keyText(key)} is still being deleted (finalizers: ${finalizers})`;
    }
    await pause(LOOK_MS, options.patience.signal);
  }
}

/** Merges the taints of a Cluster into the list as it was just read, again when somebody else was quicker. */
async function withTaints(sending: Sending, written: any, patience: Patience) {
  const { server, object, key, resource, recordedTaints } = sending;
  const { taints } = splitTaints(object.manifest);
  let live = written;
  for (let n = 1; ; n++) {
    const merged = taints && mergedTaints(taints, live, recordedTaints);
    if (!merged) return { live };
    const request = mergeInto(live, key, resource, { spec: { taints: merged } }, OBJECT_MANAGER);
    const answer = await attempt(server, request, patience, key);
    if (classify(answer) === 'ok') return { live: answer.body };
    if (classify(answer) !== 'stale' || n === STALE_ATTEMPTS) return failed(refusalText(key, answer));
    const found = await get(server, sending, patience);
    if (!('live' in found) || !found.live) return failed('it was deleted while its taints were merged');
    live = found.live;
  }
}

async function label(sending: Sending, written: any, patience: Patience) {
  const { server, key, resource, set } = sending;
  const { name, namespace, uid } = written.metadata;
  const manifest = {
    apiVersion: written.apiVersion,
    kind: written.kind,
    // the uid: an object that was deleted meanwhile is not made again out of a label
    metadata: { name, ...(namespace ? { namespace } : {}), uid, labels: { [PART_OF]: set } },
  };
  const request = { ...serverSideApply(key, resource, manifest, APPLY_SET_MANAGER), accept: ITS_METADATA_ONLY };
  const answer = await attempt(server, request, patience, key);
  if (classify(answer) !== 'ok') return failed(refusalText(key, answer));
  // nothing else than metadata has changed, and the rest is what takes time to send and to read
  return { live: { ...written, metadata: answer.body.metadata } };
}
