import type { ObjectKey } from '../../../src/core/object-key';
import { APPLY_SET_ID } from '../../../src/core/private/keys';
import { type Answer, answerText, classify } from '../../plan/answer';
import { CommandError, ExitCode } from '../../plan/command-error';
import {
  type HostedInstance,
  hostedInstance,
  instanceNamed,
  isInstanceRecord,
  pkiPlanName,
} from '../../plan/instance/hosted-instance';
import type { ApiServer } from '../api-server';
import { attempt, inWindow, type Patience } from '../attempt';
import { objectPath, type Resource } from '../discovery';
import { membersOf } from '../inventory';
import { get } from '../live';
import { readPages } from '../pages';
import { type PkiPlan, readPkiPlan } from '../pki/plan';

const CONFIG_MAPS: Resource = { plural: 'configmaps', namespaced: true };
const WINDOW = 8;

/** Where instances are looked for when these credentials may not look everywhere. */
export interface Elsewhere {
  /** Namespaces of the host. @default - those of the host, where they can be listed */
  readonly namespaces?: readonly string[];
}

/**
 * The instances of a host, out of their records: no input is needed, so also those that left the code. One request; where
 * these credentials may not list the ConfigMaps of all namespaces, one for each namespace.
 */
export async function hostedInstances(
  host: ApiServer,
  patience: Patience,
  { namespaces }: Elsewhere = {},
): Promise<HostedInstance[]> {
  const records = (await recordsOn(host, patience, namespaces)).filter(isInstanceRecord);
  const found: HostedInstance[] = [];
  await inWindow(WINDOW, records, async (record) => {
    const { namespace } = record.metadata;
    const bare = hostedInstance(record);
    const key: ObjectKey = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace,
      name: pkiPlanName(bare.instanceName),
    };
    const plan = await get(host, { key, resource: CONFIG_MAPS }, patience);
    const pkiPlan = 'live' in plan && plan.live ? { apiVersion: 'v1', kind: 'ConfigMap', ...plan.live } : undefined;
    found.push(hostedInstance(record, { members: membersOf(record), pkiPlan }));
  });
  return found;
}

/** One instance of a host. Throws when it is not there, with those that are. */
export async function hostedInstanceNamed(
  host: ApiServer,
  name: string,
  patience: Patience,
  elsewhere: Elsewhere = {},
): Promise<HostedInstance> {
  return instanceNamed(await hostedInstances(host, patience, elsewhere), name, `${host.name ?? 'host'}, ${host.url}`);
}

/** What has to be issued for an instance; undefined when its plan is not on the host. */
export function pkiPlanOf({ pkiPlan }: HostedInstance): PkiPlan | undefined {
  return pkiPlan && readPkiPlan(pkiPlan);
}

/** The ApplySet parents of the host, whoever made them. */
export async function recordsOn(host: ApiServer, patience: Patience, namespaces?: readonly string[]): Promise<any[]> {
  const everywhere = await recordsIn(host, '', patience);
  if ('items' in everywhere) return everywhere.items;
  if (classify(everywhere.refused) !== 'forbidden') throw unlisted(host, everywhere.refused);
  const names = namespaces ?? (await namespacesOf(host, patience));
  if (!names) throw unlisted(host, everywhere.refused);
  const found: any[] = [];
  let readable = false;
  await inWindow(WINDOW, names, async (name) => {
    const listed = await recordsIn(host, name, patience);
    if ('refused' in listed) return;
    readable = true;
    found.push(...listed.items);
  });
  if (!readable) throw unlisted(host, everywhere.refused);
  return found;
}

/** The ApplySet parents in a namespace; of all where it is empty. */
export async function recordsIn(
  host: ApiServer,
  namespace: string,
  patience: Patience,
): Promise<{ readonly items: any[] } | { readonly refused: Answer }> {
  const inside = namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return readPages(host, { path: `/api/v1${inside}/configmaps`, labelSelector: APPLY_SET_ID }, patience);
}

async function namespacesOf(host: ApiServer, patience: Patience): Promise<string[] | undefined> {
  const { status, body } = await attempt(host, { method: 'GET', path: '/api/v1/namespaces' }, patience);
  return status === 200 ? (body?.items ?? []).map(({ metadata }: any) => metadata.name) : undefined;
}

function unlisted(host: ApiServer, answer: Answer): CommandError {
  const key: ObjectKey = { apiVersion: 'v1', kind: 'ConfigMap', namespace: '', name: '' };
  const denied = classify(answer) === 'forbidden';
  return new CommandError(denied ? ExitCode.DENIED : ExitCode.FAILED, [
    {
      what: `which instances the host has cannot be read: ${answerText(key, answer)}`,
      at: `${host.url}${objectPath(key, CONFIG_MAPS).replace(/\/$/, '')}`,
      fix: denied ? 'use credentials that may list ConfigMaps, at least in the namespace of the instance' : 'try again',
    },
  ]);
}
