import type { ObjectKey } from '../../../src/core/object-key';
import { byName } from '../../../src/core/private/by-name';
import { heldOn } from '../../plan/joining/leaving';
import { attempt, type Patience, pause } from '../attempt';
import { mergeInto } from '../write';
import { clusterKey } from './clusters';
import { type LeaveConditions, type Left, worksOf } from './leave';
import { resourceOf, stopIfAsked, type Writer } from './writer';

const POLL_MS = 500;
/** What each of Karmada's controllers holds an object by until it has done its part. */
const OF_WORK = 'karmada.io/execution-controller';
const OF_CLUSTER = 'karmada.io/cluster-controller';
/** For what is quick once nothing holds it any more. */
const AFTER_FORCE_MS = 30_000;

/** Deletes the Cluster and waits for Karmada to take away what it sent; by force without that. */
export async function finish(karmada: Writer, cluster: any, conditions: LeaveConditions): Promise<Left> {
  const { name, uid } = cluster.metadata;
  const { timeoutMs, force, patience } = conditions;
  const key = clusterKey(name);
  const until = performance.now() + timeoutMs;
  // the namespace of the works goes with the Cluster, and with it the right of an agent to say that a work is done
  const isPull = cluster.spec?.syncMode === 'Pull' && cluster.metadata.deletionTimestamp === undefined;
  const remaining = isPull ? await withoutWorks(karmada, name, until, conditions) : [];
  if (remaining.length && !force) return stuck(name, 'its agent has not taken away');
  const live = await karmada.read(key);
  if (live && live.metadata.uid === uid && live.metadata.deletionTimestamp === undefined)
    await karmada.remove(key, live);
  const abandoned = heldOn(name, [], remaining).deleted;
  if (await karmada.gone(key, uid, until)) return { behind: abandoned };
  stopIfAsked(patience);
  if (!force) return stuck(name, 'Karmada has not taken away');
  const behind = [...new Set([...abandoned, ...(await letGo(karmada, cluster, conditions))])].sort(byName);
  if (await karmada.gone(key, uid, performance.now() + AFTER_FORCE_MS)) return { behind };
  return { ...stuck(name, 'its Cluster is held by another than Karmada: nobody has taken away'), behind };
}

function stuck(name: string, what: string): Left {
  return { stuck: `${what} what ${name} holds`, behind: [] };
}

/** Deletes the works of a member, and gives those that its agent has not let go of in time. */
async function withoutWorks(
  karmada: Writer,
  name: string,
  until: number,
  { patience }: LeaveConditions,
): Promise<readonly any[]> {
  for (;;) {
    const works = await worksOf(karmada.server, name, patience);
    if (!works.length) return [];
    for (const work of works.filter(({ metadata }) => metadata.deletionTimestamp === undefined)) {
      await karmada.remove(workKey(work), work);
    }
    if (performance.now() >= until) return works;
    stopIfAsked(patience);
    await pause(POLL_MS, patience.signal);
  }
}

/** Takes Karmada's own holds off what belongs to this member, and off nothing else; gives what then stays there. */
async function letGo(karmada: Writer, cluster: any, { patience }: LeaveConditions): Promise<string[]> {
  const { name } = cluster.metadata;
  const works = await worksOf(karmada.server, name, patience);
  for (const work of works) await release(karmada, workKey(work), OF_WORK, patience);
  await release(karmada, clusterKey(name), OF_CLUSTER, patience);
  return [...heldOn(name, [], works).deleted];
}

async function release(karmada: Writer, key: ObjectKey, finalizer: string, patience: Patience): Promise<void> {
  for (;;) {
    const live = await karmada.read(key);
    const held: readonly string[] = live?.metadata.finalizers ?? [];
    if (!held.includes(finalizer)) return;
    const finalizers = held.filter((each) => each !== finalizer);
    const request = mergeInto(live, key, resourceOf(key.kind), { metadata: { finalizers } }, 'cdk8s-karmada-unjoin');
    const answer = await attempt(karmada.server, request, patience, key);
    if (answer.status < 300 || answer.status === 404) return;
    if (answer.status !== 409) throw karmada.refused(key, answer);
  }
}

function workKey({ metadata: { name, namespace } }: any): ObjectKey {
  return { apiVersion: 'work.karmada.io/v1alpha1', kind: 'Work', namespace, name };
}
