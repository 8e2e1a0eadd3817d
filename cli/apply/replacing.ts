import { keyText } from '../../src/core/object-key';
import { type Answer, answerText, classify } from '../plan/answer';
import type { DesiredObject } from '../plan/chart-input';
import { fieldChanges } from '../plan/field-diff';
import { OBJECT_MANAGER } from '../plan/owned-fields';
import { some } from '../plan/prune';
import { mayBeReplaced, replaceVerdict, underAnotherName } from '../plan/replacement';
import type { Verdict } from '../plan/verdict';
import type { ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';
import { copiesOf } from './copies';
import type { Resource } from './discovery';
import { get, type Wanted } from './live';
import { deleteUnchanged, STALE_ATTEMPTS, serverSideApply } from './write';

/** An object whose change a server has refused. */
export interface Unchangeable {
  readonly object: DesiredObject;
  readonly live: any;
  readonly answer: Answer;
  readonly resource: Resource;
}

interface Access {
  readonly server: ApiServer;
  readonly patience: Patience;
  readonly replace?: readonly string[];
}

/** What the server would make of an object if it were not there; undefined when it would not. Writes nothing. */
export async function askedAnew(
  { key, manifest }: DesiredObject,
  resource: Resource,
  { server, patience }: Access,
): Promise<any> {
  const other = underAnotherName(key, manifest);
  const request = serverSideApply(other.key, resource, other.manifest, OBJECT_MANAGER, { dryRun: true });
  const answer = await attempt(server, request, { ...patience, attempts: 1 }, key);
  return answer.status === 201 ? answer.body : undefined;
}

/** The verdict about an object that can only be replaced; undefined for all others. Writes nothing. */
export async function replacementOf(each: Unchangeable, access: Access): Promise<Verdict | undefined> {
  const { object, live, answer, resource } = each;
  if (!live || !mayBeReplaced(answer)) return undefined;
  const made = await askedAnew(object, resource, access);
  if (!made) return undefined;
  const { key, manifest, replaceable = false } = object;
  const elsewhere = access.server.plane === 'karmada' ? await onMembers(object, live, access) : [];
  const named = access.replace ?? [];
  return replaceVerdict({ key, manifest, live, answer, made, elsewhere, named, saysSo: replaceable });
}

/** What the member clusters see of it when a template is replaced. */
async function onMembers({ key }: DesiredObject, live: any, access: Access): Promise<string[]> {
  const { clusters, keeper } = await copiesOf(key, live, access);
  if (!clusters.length) return [];
  const where = some(clusters, 5);
  return keeper
    ? [
        `its copies on ${where} stay, since ${keeper} has preserveResourcesOnDeletion; a member may refuse the change there`,
      ]
    : [`with it Karmada deletes its copies on ${where}, and makes them anew`];
}

/** Has the object deleted, if it is still what was looked at; gives why it was not. */
export async function deleteForReplacement(
  server: ApiServer,
  wanted: Wanted,
  live: any,
  patience: Patience,
): Promise<string | undefined> {
  const { key, resource } = wanted;
  let seen = live;
  for (let n = 1; ; n++) {
    const answer = await attempt(server, deleteUnchanged(key, resource, seen), patience, key);
    const kind = classify(answer);
    if (kind === 'ok' || kind === 'absent') return undefined;
    if (kind !== 'stale' || n === STALE_ATTEMPTS) return answerText(key, answer);
    const found = await get(server, wanted, patience);
    if ('refused' in found) return answerText(key, found.refused);
    if (!found.live) return undefined;
    if (found.live.metadata.uid !== live.metadata.uid)
      return `somebody made ${keyText(key)} anew since it was looked at`;
    // a status that moves on is no change
    const changed = fieldChanges(live, found.live).map(({ path }) => path);
    if (changed.length) return `it has changed since it was looked at (${some(changed)}): it was not deleted`;
    seen = found.live;
  }
}
