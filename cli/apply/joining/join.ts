import { CommandError, ExitCode } from '../../plan/command-error';
import type { AgentManifests } from '../../plan/joining/agent-manifests';
import { joinTroubles, type Mode, modeOf, otherMemberships } from '../../plan/joining/joinability';
import type { Place } from '../../plan/joining/membership';
import { CLUSTER_NAMESPACE } from '../../plan/joining/names';
import type { ApiServer } from '../api-server';
import type { Patience } from '../attempt';
import { listAll } from '../listing';
import { listClusters } from './clusters';
import type { MemberServer } from './member-server';
import {
  identityOf,
  lookAll,
  memberIdentity,
  type PermissionThere,
  permissionsOf,
  permissionTroubles,
  versionOf,
} from './preflight';
import { pull } from './pull';
import { push } from './push';
import { awaitReady, type Readiness } from './readiness';
import { type Looked, type Step, type Told, Writer } from './writer';

/** What a person and the code say of a member that is to join. */
export interface JoinRequest {
  readonly name: string;
  readonly mode?: Mode;
  readonly place: Place;
  /** The options that say so. */
  readonly placeOptions: readonly string[];
  /** A ClusterRole of the member that Karmada is given, instead of one that may do everything. */
  readonly permissions?: string;
  /** URL of the member as Karmada calls it, where the kubeconfig has another. */
  readonly endpoint?: string;
  readonly proxyUrl?: string;
  /** URL of Karmada as the agent calls it. */
  readonly karmadaEndpoint?: string;
  readonly agent?: AgentManifests;
  /** Its Cluster in the code. */
  readonly code?: any;
  /** Namespace on the host of its estimator. */
  readonly estimator?: string;
}

export interface JoinServers {
  readonly karmada: ApiServer;
  readonly member: MemberServer;
  /** Where the estimator is, when there is one. */
  readonly host?: ApiServer;
}

/** Everything that a mode needs to know. */
export interface Joining {
  readonly request: JoinRequest;
  readonly servers: JoinServers;
  readonly id: string;
  /** The Cluster as Karmada has it; undefined when there is none. */
  readonly live: any;
  readonly karmada: Writer;
  readonly member: Writer;
  readonly host?: Writer;
  readonly patience: Patience;
}

/** What a mode makes of it. */
export interface Prepared {
  /** In order. Values that only the run knows are empty. */
  readonly steps: readonly Step[];
  readonly warnings: readonly string[];
  readonly permissions: readonly PermissionThere[];
  /** The way in words. */
  readonly way: string;
  /** Something has to be done that no step shows, such as a new certificate. */
  readonly due?: string;
  run(tell: Told): Promise<void>;
}

/** A join that can be done, and that a person can read before. */
export interface PlannedJoin {
  readonly name: string;
  readonly mode: Mode;
  readonly id: string;
  readonly version?: string;
  readonly way: string;
  readonly due?: string;
  readonly looked: readonly Looked[];
  readonly warnings: readonly string[];
  run(tell: Told): Promise<void>;
  /** Waits, after it, until Karmada says that the member is ready. */
  ready(timeoutMs: number): Promise<Readiness>;
}

/** Looks at both sides and writes to none. Throws with all that keeps the cluster from joining. */
export async function planJoin(servers: JoinServers, request: JoinRequest, patience: Patience): Promise<PlannedJoin> {
  const { name } = request;
  const { server } = servers.member;
  const [id, karmadaId, clusters, version] = await Promise.all([
    memberIdentity(server, patience),
    identityOf(servers.karmada, patience),
    listClusters(servers.karmada, patience),
    versionOf(server, patience),
  ]);
  const live = clusters.find(({ metadata }) => metadata.name === name);
  const mode = modeOf(request.mode, request.code, live);
  const joining: Joining = {
    request,
    servers,
    id,
    live,
    patience,
    karmada: new Writer('karmada', servers.karmada, patience),
    member: new Writer('member', server, patience),
    ...(servers.host && { host: new Writer('host', servers.host, patience) }),
  };
  const found = joinTroubles({ ...request, mode, id, karmadaId, clusters });
  if (found.length) throw new CommandError(ExitCode.CONFLICT, found);
  const prepared = await (mode === 'Push' ? push(joining) : pull(joining));
  const writers = [joining.member, joining.karmada, ...(joining.host ? [joining.host] : [])];
  const needed = [...prepared.steps.flatMap(permissionsOf), ...prepared.permissions];
  const denied = await permissionTroubles(writers, needed, patience);
  if (denied.length) throw new CommandError(ExitCode.DENIED, denied);
  const looked = await lookAll(writers, prepared.steps);
  const wrong = looked.flatMap(({ trouble }) => trouble ?? []);
  if (wrong.length) throw new CommandError(ExitCode.CONFLICT, wrong);
  const others = await othersOn(server, name, patience);
  const { way, due } = prepared;
  const warnings = [...prepared.warnings, ...others];
  return {
    ...{ name, mode, id, version, way, due, looked, warnings },
    run: (tell) => prepared.run(tell),
    ready: (timeoutMs) => awaitReady(servers.karmada, name, timeoutMs, patience),
  };
}

/** Two that send to one cluster take each other's objects. */
export async function othersOn(server: ApiServer, name: string, patience: Patience): Promise<string[]> {
  const kind = { apiVersion: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts', namespace: CLUSTER_NAMESPACE };
  const accounts = (await listAll(server, kind, patience)) ?? [];
  return otherMemberships(
    name,
    accounts.map(({ metadata }) => metadata.name),
  ).map(
    (other) =>
      `this cluster has an account for a Karmada that calls it ${other}: two that send to one cluster take each other's objects`,
  );
}
