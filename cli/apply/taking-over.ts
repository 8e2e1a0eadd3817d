import { type Answer, answerText, classify, conflictsOf } from '../plan/answer';
import type { DesiredObject } from '../plan/chart-input';
import { OBJECT_MANAGER } from '../plan/owned-fields';
import { conflictsOfOthers, takeoverOf, takeoverPatch, withTakeover } from '../plan/takeover';
import { conflict, type Membership, type Verdict, verdictFromDryRun } from '../plan/verdict';
import type { ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';
import type { Resource } from './discovery';
import { get } from './live';
import { askedAnew } from './replacing';
import { jsonPatch, STALE_ATTEMPTS, serverSideApply } from './write';

/** An object that was applied from a client before, and what a dry-run says about it. */
export interface ClientApplied {
  readonly object: DesiredObject;
  readonly live: any;
  readonly answer: Answer;
  readonly resource: Resource;
  readonly membership: Membership;
}

interface Access {
  readonly server: ApiServer;
  readonly patience: Patience;
}

/** The verdict about an object that is taken over; undefined for all others. Writes nothing. */
export async function takeoverVerdict(each: ClientApplied, access: Access): Promise<Verdict | undefined> {
  const { object, live, resource, membership } = each;
  const { key, manifest } = object;
  const takeover = object.joined ? undefined : takeoverOf(live);
  if (!takeover) return undefined;
  let { answer } = each;
  if (classify(answer) === 'conflict') {
    const others = conflictsOfOthers(conflictsOf(answer.body), takeover);
    if (others.length) return conflict(others);
    const request = serverSideApply(key, resource, manifest, OBJECT_MANAGER, { dryRun: true, force: true });
    answer = await attempt(access.server, request, access.patience, key);
  }
  if (classify(answer) !== 'ok') return undefined;
  const verdict = verdictFromDryRun(object, live, answer, membership);
  return withTakeover(verdict, live, manifest, await askedAnew(object, resource, access), takeover);
}

/** Makes what was applied from a client ours, before or after our first apply of it; gives the object as it is then. */
export async function takeOver(
  server: ApiServer,
  { object, resource }: Pick<ClientApplied, 'object' | 'resource'>,
  seen: any,
  patience: Patience,
): Promise<{ readonly live: any } | { readonly message: string }> {
  const { key, joined } = object;
  let live = seen;
  for (let n = 1; ; n++) {
    const takeover = joined ? undefined : takeoverOf(live);
    if (!takeover) return { live };
    const request = jsonPatch(key, resource, takeoverPatch(live, takeover), OBJECT_MANAGER);
    const answer = await attempt(server, request, patience, key);
    if (classify(answer) === 'ok') return { live: answer.body };
    const found = await get(server, { key, resource }, patience);
    const isAnother = 'live' in found && found.live?.metadata.resourceVersion !== live.metadata.resourceVersion;
    if (!isAnother || n === STALE_ATTEMPTS) return { message: answerText(key, answer) };
    if (!found.live) return { live: undefined };
    live = found.live;
  }
}
