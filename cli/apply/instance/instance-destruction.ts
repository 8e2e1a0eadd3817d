import * as keys from '../../../src/core/private/keys';
import { KARMADA_PARENT_NAMESPACE } from '../../../src/core/private/keys';
import type { Trouble } from '../../../src/core/private/trouble';
import type { ChartInput, Input } from '../../plan/chart-input';
import type { HostedInstance } from '../../plan/instance/hosted-instance';
import { IN_DATA, type InstanceLeave } from '../../plan/instance/instance-leave';
import { recordedChart } from '../../plan/instance/recorded-chart';
import { type Plan, type PlannedPrune, totalsOf } from '../../plan/plan';
import { some } from '../../plan/prune';
import type { ApiServer } from '../api-server';
import type { Patience } from '../attempt';
import { inWords } from '../in-words';
import { listAll } from '../listing';
import { get } from '../live';
import type { Servers } from '../preparation';
import { belongingsOn } from './belongings';
import { recordsIn } from './hosted-instances';
import type { Reached } from './reach';

/** What a person decides about the end of an instance. */
export interface EndOptions {
  /** Etcd's volumes and the authorities go, too. */
  readonly deleteData: boolean;
  /** What members run stays, and nothing looks after it. */
  readonly leaveMembers: boolean;
}

/** How an instance is destroyed: the input of the run, its servers, and what there is to say. */
export interface InstanceEnd {
  readonly input: Input;
  readonly servers: Servers;
  readonly leave: InstanceLeave;
  /** What stays, in sentences. */
  readonly notes: readonly string[];
  /** Why a person has to decide first. */
  readonly troubles: readonly Trouble[];
}

const CLUSTERS = { apiVersion: 'cluster.karmada.io/v1alpha1', kind: 'Cluster', plural: 'clusters' };

/** Looks at an instance that is to be destroyed, on both its servers. Writes nothing. */
export async function endOf(
  host: ApiServer,
  hosted: HostedInstance,
  reached: Reached,
  options: EndOptions,
  patience: Patience,
): Promise<InstanceEnd> {
  const { deleteData } = options;
  const karmada = 'server' in reached ? reached.server : undefined;
  const [belongings, clusters, records, etcd, apiServer] = await Promise.all([
    belongingsOn(host, hosted, patience),
    joinedTo(karmada, patience),
    karmada ? recordsOfKarmada(karmada, hosted, patience) : [],
    workload(host, hosted, 'statefulsets', 'etcd', patience),
    workload(host, hosted, 'deployments', 'karmada-apiserver', patience),
  ]);
  const own = records.filter(({ path }) => path === `${hosted.chart}/karmada`);
  const others = records.filter((chart) => !own.includes(chart)).map(({ path }) => path);
  const charts = [recordedChart(hosted.parent), ...(deleteData ? [] : own)];
  const names = 'names' in clusters ? clusters.names : [];
  return {
    input: { instance: hosted.instanceName, charts, all: charts },
    servers: { host, ...(karmada && !deleteData ? { karmada } : {}) },
    leave: { deleteData, belongings },
    notes: [
      ...('unread' in clusters ? [`karmada: its member clusters cannot be listed: ${clusters.unread}`] : []),
      ...('silent' in reached ? [`karmada: nothing is deleted there: ${reached.silent}`] : []),
      ...(names.length
        ? [`on the member clusters ${some(names)} what this Karmada runs there stays, and nothing looks after it`]
        : []),
      ...(deleteData && others.length
        ? [`with the data goes what these charts have on this Karmada: ${some(others.sort())}`]
        : []),
      ...nodeFolders(etcd),
    ],
    troubles: [
      ...othersComponents(hosted, [etcd, apiServer]),
      ...decisions(hosted, names, unknownMembers(clusters, reached, isReady(apiServer)), options),
    ],
  };
}

/** The plan without what merely stays in etcd's data, which is counted instead. */
export function withoutData(plan: Plan): Plan {
  return counting(plan, ({ why }) => why === IN_DATA);
}

/**
 * The same where the charts of a run are deleted with the control plane that they are on: there is no Karmada to ask for its
 * definitions and namespaces any more.
 */
export function withoutKinds(plan: Plan): Plan {
  const isOnHost = plan.sets.some((set) => set.plane === 'host');
  return counting(plan, ({ plane, action, allow }) => {
    return isOnHost && plane === 'karmada' && action === 'keep' && allow !== undefined;
  });
}

function counting(plan: Plan, stays: (prune: PlannedPrune) => boolean): Plan {
  const staying = plan.prunes.filter(stays);
  const prunes = plan.prunes.filter((prune) => !stays(prune));
  const note = `karmada: ${staying.length} object${staying.length === 1 ? ' stays' : 's stay'} in etcd's data`;
  return {
    ...plan,
    prunes,
    notes: staying.length ? [...plan.notes, note] : plan.notes,
    totals: totalsOf(plan.objects, plan.issues, plan.sets, prunes),
  };
}

async function recordsOfKarmada(karmada: ApiServer, hosted: HostedInstance, patience: Patience): Promise<ChartInput[]> {
  const listed = await recordsIn(karmada, KARMADA_PARENT_NAMESPACE, patience);
  if ('refused' in listed) return [];
  return listed.items
    .filter(({ metadata: { annotations = {} } }) => {
      return annotations[keys.TARGET] === 'karmada' && annotations[keys.INSTANCE] === hosted.instanceName;
    })
    .map(recordedChart);
}

type Joined = { readonly names: string[] } | { readonly unread: string };

/** The members of a Karmada. One that no longer serves them has none: an end that was interrupted took the API away. */
async function joinedTo(karmada: ApiServer | undefined, patience: Patience): Promise<Joined> {
  let clusters: any[] | undefined;
  const unread = await inWords(async () => {
    clusters = karmada && (await listAll(karmada, CLUSTERS, patience));
  });
  return unread ? { unread } : { names: (clusters ?? []).map(({ metadata }) => metadata.name as string).sort() };
}

/** Why nobody knows which members there are, though there may be some; undefined when that is known, or nothing runs. */
function unknownMembers(clusters: Joined, reached: Reached, runs: boolean): string | undefined {
  if (!runs) return undefined;
  if ('silent' in reached) return reached.silent;
  return 'unread' in clusters ? clusters.unread : undefined;
}

async function workload(
  host: ApiServer,
  { namespace }: HostedInstance,
  plural: string,
  name: string,
  patience: Patience,
): Promise<any> {
  const key = { apiVersion: 'apps/v1', kind: '', namespace, name };
  const found = await get(host, { key, resource: { plural, namespaced: true } }, patience);
  return 'live' in found ? found.live : undefined;
}

/** What another tool applied, no record lists: its keys would be taken from under a control plane that runs. */
function othersComponents({ instanceName, namespace, members }: HostedInstance, found: readonly any[]): Trouble[] {
  const ours = (live: any) => live.metadata.labels?.[keys.PART_OF] !== undefined;
  if (members || found.every((live) => !live || ours(live))) return [];
  return [
    {
      what: `another tool has applied the components of "${instanceName}": its record lists none of them, so they would stay, without their keys`,
      at: `instance "${instanceName}"`,
      fix: `have that tool delete them; with Namespace/${namespace}, which is among them, go the keys and the data`,
    },
  ];
}

function isReady(live: any): boolean {
  return (live?.status?.readyReplicas ?? 0) > 0;
}

/** What is on the disk of a node, nobody can delete from here. */
function nodeFolders(etcd: any): string[] {
  const volumes: any[] = etcd?.spec?.template?.spec?.volumes ?? [];
  return volumes.flatMap(({ hostPath }) =>
    hostPath ? [`host: etcd's data stays in the folder ${hostPath.path} of its node: delete it there`] : [],
  );
}

function decisions(
  { instanceName }: HostedInstance,
  names: readonly string[],
  unknown: string | undefined,
  { leaveMembers }: EndOptions,
): Trouble[] {
  if (leaveMembers) return [];
  if (names.length) {
    const one = names.length === 1;
    return [
      {
        what: `${names.length} member cluster${one ? ' is' : 's are'} still joined: ${names.join(', ')}`,
        at: `instance "${instanceName}"`,
        fix: `have ${one ? 'it' : 'them'} leave first with \`cdk8s-karmada member unjoin\`, while the control plane runs; or add --leave-members: what ${one ? 'it runs' : 'they run'} stays, and nothing looks after it`,
      },
    ];
  }
  if (unknown !== undefined) {
    return [
      {
        what: `which member clusters are joined is not known, though the API server of Karmada runs: ${unknown}`,
        at: `instance "${instanceName}"`,
        fix: 'name a context that reaches it with --karmada-context; or add --leave-members',
      },
    ];
  }
  return [];
}
