import { keyOf, keyText, type ObjectKey } from '../../../src/core/object-key';
import { PART_OF } from '../../plan/chart-input';
import { CommandError, ExitCode } from '../../plan/command-error';
import { CLUSTERS } from '../../plan/fleet-record';
import { otherMemberships } from '../../plan/joining/joinability';
import { type Held, heldOn } from '../../plan/joining/leaving';
import { isShared, madeOnKarmada, madeOnMember, object } from '../../plan/joining/made';
import { CLUSTER_NAMESPACE, executionSpace } from '../../plan/joining/names';
import { on } from '../../plan/permission';
import type { ApiServer } from '../api-server';
import type { Patience } from '../attempt';
import { listAll } from '../listing';
import { agentObjects } from './agent-there';
import { clusterKey, listClusters } from './clusters';
import { finish } from './departure';
import { estimatorSecret } from './estimator';
import { identityOf, permissionTroubles } from './preflight';
import { requestsOf, tokensOf } from './tokens-of-member';
import { resourceOf, type Where, Writer } from './writer';

export interface LeaveServers {
  readonly karmada: ApiServer;
  /** Undefined: what a join has made there stays. */
  readonly member?: ApiServer;
  readonly host?: ApiServer;
}

export interface LeaveRequest {
  readonly name: string;
  /** Namespace on the host of its estimator. */
  readonly estimator?: string;
}

/** An object that goes, as it was looked at. */
export interface Leaving {
  readonly on: Where;
  readonly key: ObjectKey;
  readonly live: any;
}

export interface Departure {
  readonly name: string;
  /** The Cluster; undefined when an earlier run has come that far. */
  readonly cluster: any;
  readonly held: Held;
  /** What goes after the Cluster is gone, in order. */
  readonly leaving: readonly Leaving[];
  readonly warnings: readonly string[];
}

/** How a departure ends. */
export interface LeaveConditions {
  readonly force: boolean;
  readonly timeoutMs: number;
  readonly patience: Patience;
  tell(on: Where, key: ObjectKey): void;
}

/** What became of it. */
export interface Left {
  /** Undefined: gone in time. */
  readonly stuck?: string;
  /** What nobody takes away any more, on the member. */
  readonly behind: readonly string[];
}

/** A namespace with nothing in it takes a few seconds. */
const EMPTYING_MS = 30_000;

/** Looks at what a member holds, and at all that was made for it. */
export async function planLeave(
  servers: LeaveServers,
  { name, estimator }: LeaveRequest,
  patience: Patience,
): Promise<Departure> {
  const clusters = await listClusters(servers.karmada, patience);
  const cluster = clusters.find(({ metadata }) => metadata.name === name);
  await refuseOther(servers.member, cluster, patience);
  const [bindings, works, tokens, requests] = await Promise.all([
    bindingsOn(servers.karmada, patience),
    worksOf(servers.karmada, name, patience),
    tokensOf(servers.karmada, name, patience),
    requestsOf(servers.karmada, name, patience),
  ]);
  const writers = writersOf(servers, patience);
  const member = writers.get('member');
  const agent = member ? await agentObjects(member, name, patience) : [];
  const keys: { readonly on: Where; readonly key: ObjectKey }[] = [
    ...[...madeOnKarmada(name), ...(tokens ?? []).map(keyOf), ...requests.map(keyOf)].map((key) => ({
      on: 'karmada' as const,
      key,
    })),
    ...[...agent, ...(servers.member ? madeOnMember(name) : [])].map((key) => ({ on: 'member' as const, key })),
    ...(servers.host && estimator !== undefined
      ? [{ on: 'host' as const, key: object('Secret', estimatorSecret(name), estimator) }]
      : []),
  ];
  const leaving: Leaving[] = [];
  for (const each of keys) {
    const live = await writers.get(each.on)?.read(each.key);
    if (live !== undefined) leaving.push({ ...each, live });
  }
  const shared = await sharedOn(servers.member, name, patience);
  const kept = leaving.filter((each) => !(shared.length && each.on === 'member' && isShared(each.key)));
  if (!cluster && kept.length === 0) throw noMember(name, clusters);
  const taken = cluster ? [{ on: 'karmada' as const, key: clusterKey(name), live: cluster }, ...kept] : kept;
  const denied = await permissionTroubles([...writers.values()], taken.flatMap(permissionsToLeave), patience);
  if (denied.length) throw new CommandError(ExitCode.DENIED, denied);
  return {
    name,
    cluster,
    held: heldOn(name, bindings, works),
    leaving: kept,
    warnings: [
      ...(cluster?.metadata.labels?.[PART_OF] === undefined
        ? []
        : [`a chart owns its Cluster: while ${name} stands in the code, the next apply makes it again`]),
      ...(shared.length
        ? [`the member has accounts for a Karmada that calls it ${shared.join(', ')}: what they share stays`]
        : []),
      ...(tokens
        ? []
        : [
            `whether there are bootstrap tokens for ${name} cannot be read: one that is left ends by itself, within a week`,
          ]),
      ...(servers.member
        ? []
        : [`what joining made on the member stays there: name it with --member-context to have it taken away`]),
    ],
  };
}

/** Carries it out: the Cluster first, for Karmada needs its Secrets until it has taken away what it sent. */
export async function leave(servers: LeaveServers, departure: Departure, conditions: LeaveConditions): Promise<Left> {
  const writers = writersOf(servers, conditions.patience);
  const karmada = writers.get('karmada') as Writer;
  const { name, cluster, leaving, held } = departure;
  const { tell } = conditions;
  let left: Left = { behind: held.preserved };
  if (cluster) {
    const ended = await finish(karmada, cluster, conditions);
    if (ended.stuck !== undefined) return ended;
    tell('karmada', clusterKey(name));
    left = { behind: [...held.preserved, ...ended.behind] };
  }
  for (const { on, key } of leaving) {
    const writer = writers.get(on) as Writer;
    // what went with the Cluster, or was made anew by somebody else
    const live = await writer.read(key);
    if (live === undefined) continue;
    await writer.remove(key, live);
    tell(on, key);
  }
  await awaitNamespaces(writers, leaving, conditions);
  return left;
}

async function awaitNamespaces(
  writers: ReadonlyMap<Where, Writer>,
  leaving: readonly Leaving[],
  { timeoutMs }: LeaveConditions,
): Promise<void> {
  const until = performance.now() + Math.max(timeoutMs, EMPTYING_MS);
  for (const { on, key, live } of leaving.filter((each) => each.key.kind === 'Namespace')) {
    if (await (writers.get(on) as Writer).gone(key, live.metadata.uid, until)) continue;
    throw new CommandError(ExitCode.TIMED_OUT, [
      {
        what: `${keyText(key)} is deleted and not gone yet`,
        at: on,
        fix: 'look at what is in it with `kubectl get namespace -o yaml`; nothing else is left to do',
      },
    ]);
  }
}

function writersOf({ karmada, member, host }: LeaveServers, patience: Patience): Map<Where, Writer> {
  const all: [Where, ApiServer | undefined][] = [
    ['karmada', karmada],
    ['member', member],
    ['host', host],
  ];
  return new Map(all.flatMap(([on, server]) => (server ? [[on, new Writer(on, server, patience)] as const] : [])));
}

async function sharedOn(member: ApiServer | undefined, name: string, patience: Patience): Promise<string[]> {
  if (!member) return [];
  const kind = { apiVersion: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts', namespace: CLUSTER_NAMESPACE };
  const accounts = (await listAll(member, kind, patience)) ?? [];
  return otherMemberships(
    name,
    accounts.map(({ metadata }) => metadata.name),
  );
}

async function bindingsOn(karmada: ApiServer, patience: Patience): Promise<any[]> {
  const group = { apiVersion: 'work.karmada.io/v1alpha2' };
  const lists = await Promise.all([
    listAll(karmada, { ...group, kind: 'ResourceBinding', plural: 'resourcebindings' }, patience),
    listAll(karmada, { ...group, kind: 'ClusterResourceBinding', plural: 'clusterresourcebindings' }, patience),
  ]);
  return lists.flatMap((list) => list ?? []);
}

export async function worksOf(karmada: ApiServer, name: string, patience: Patience): Promise<any[]> {
  const kind = {
    apiVersion: 'work.karmada.io/v1alpha1',
    kind: 'Work',
    plural: 'works',
    namespace: executionSpace(name),
  };
  return (await listAll(karmada, kind, patience)) ?? [];
}

/** The context of another cluster would lose accounts that it needs. */
async function refuseOther(member: ApiServer | undefined, cluster: any, patience: Patience): Promise<void> {
  const said = cluster?.spec?.id;
  if (!member || !said) return;
  const id = await identityOf(member, patience);
  if (id === undefined || id === said) return;
  throw new CommandError(ExitCode.CONFLICT, [
    {
      what: `this is not ${cluster.metadata.name}: its id is ${id}, and that of ${cluster.metadata.name} is ${said}`,
      at: '--member-context',
      fix: 'give the context of the member, or leave it out',
    },
  ]);
}

function noMember(name: string, clusters: readonly any[]): CommandError {
  const known = clusters.map(({ metadata }) => metadata.name).sort();
  const { kind } = CLUSTERS;
  return new CommandError(ExitCode.USAGE, [
    {
      what: `there is no ${kind.toLowerCase()} "${name}" in this Karmada, and nothing that was made for it`,
      fix: known.length ? `choose one of ${known.join(', ')}` : 'no cluster has joined',
    },
  ]);
}

function permissionsToLeave({ on: where, key }: Leaving) {
  const object = { plane: 'host' as const, key, plural: resourceOf(key.kind).plural, manifest: undefined };
  return on(object, 'get', 'delete').map((permission) => ({ ...permission, on: where }));
}
