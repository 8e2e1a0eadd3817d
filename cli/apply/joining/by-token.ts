import type { Trouble } from '../../../src/core/private/trouble';
import { CommandError, ExitCode } from '../../plan/command-error';
import type { AgentManifests } from '../../plan/joining/agent-manifests';
import { AGENT_REQUEST } from '../../plan/joining/agent-request';
import { base64 } from '../../plan/joining/kubeconfig-text';
import { object } from '../../plan/joining/made';
import { agentUser } from '../../plan/joining/names';
import type { ApiServer } from '../api-server';
import type { Patience } from '../attempt';
import type { Access } from '../kubeconfig';
import { certificateByToken, forget, readPending, type TokenAsking } from './agent-request';
import { agentKubeconfig, agentSteps, kubeconfigSecret, leadsTo, refuseOther, WITHOUT_AGENT } from './agent-steps';
import { readHeld } from './agent-there';
import { isHolderKnown, mark, tokenTroubles, viewOf } from './agent-view';
import { type AgentCertificate, isGood } from './certificate';
import { type Entrance, entranceWarnings } from './entrance';
import { othersOn, type PlannedJoin } from './join';
import { authorityOf, type MemberServer } from './member-server';
import {
  lookAll,
  memberIdentity,
  type PermissionThere,
  permissionsOf,
  permissionTroubles,
  versionOf,
} from './preflight';
import { awaitReady } from './readiness';
import { ensure, stepOn, Writer } from './writer';

/** What the owner of a cluster has: rights there, and a file with a token. */
export interface TokenJoinServers {
  readonly member: MemberServer;
  /** As the file says. */
  readonly bootstrap: Access;
  /** Opens Karmada as somebody, until the end of the run. */
  open(access: Access, name: string): ApiServer;
}

export interface TokenJoinRequest {
  readonly name: string;
  readonly agent?: AgentManifests;
  /** Longest wait for somebody to approve the certificate. */
  readonly approvalMs: number;
  /** Told once, when somebody has to. */
  waiting(request: string): void;
}

/** A certificate, and Karmada as the agent that has it. */
interface Known {
  readonly issued: AgentCertificate;
  readonly karmada: ApiServer;
}

/**
 * Looks at the member, and on Karmada as far as one may; writes nothing. What only the agent may see there is looked at as
 * soon as there is its certificate, and before it gets that.
 */
export async function planTokenJoin(
  servers: TokenJoinServers,
  { name, agent, approvalMs, waiting }: TokenJoinRequest,
  patience: Patience,
): Promise<PlannedJoin & { readonly karmada: ApiServer }> {
  const { bootstrap, open } = servers;
  const { server } = servers.member;
  const member = new Writer('member', server, patience);
  const [id, version, { namespace, home, objects }] = await Promise.all([
    memberIdentity(server, patience),
    versionOf(server, patience),
    agentSteps(member, agent),
  ]);
  const entrance = entranceIn(bootstrap);
  const has = await readHeld(member, namespace);
  refuseOther(has, namespace, name, entrance);
  const token = open(bootstrap, `the token in ${bootstrap.files[0]}`);
  const karmada = new Writer('karmada', token, patience);
  const asking: TokenAsking = { karmada, member, namespace, asked: { cluster: name, server: entrance.server } };
  const asAgent = (issued: AgentCertificate): Known => {
    const user = { 'client-certificate-data': base64(issued.certificate), 'client-key-data': base64(issued.key) };
    return { issued, karmada: open({ ...bootstrap, user }, agentUser(name)) };
  };
  /** Nothing of what Karmada does not know any more, such as one that was made anew at its place. */
  const ifKnown = async (issued: Partial<AgentCertificate> | undefined): Promise<Known | undefined> => {
    if (!issued?.certificate || !issued.key) return undefined;
    const agentThere = asAgent({ certificate: issued.certificate, key: issued.key });
    return (await isHolderKnown(agentThere.karmada, name, patience)) ? agentThere : undefined;
  };
  const held = await ifKnown(leadsTo(has, entrance) && isGood(has.certificate, name, Date.now()) ? has : undefined);
  const pending = await readPending(asking);
  const asked = pending?.certificate === undefined ? pending : undefined;
  const come = held ? undefined : await ifKnown(pending);
  const known = held ?? come;
  const view = known && (await viewOf(known.karmada, { name, id }, patience));
  const steps = [...home, ...(held ? [] : [stepOn('member', kubeconfigSecret(namespace, ''))]), ...objects];
  const needed = [...steps.flatMap(permissionsOf), ...(held && !pending ? [] : permissionsToKeep(namespace))];
  const denied = await permissionTroubles([member], needed, patience);
  const looked = denied.length ? [] : await lookAll([member], steps);
  refuse(
    [...denied, ...(known ? [] : await tokenTroubles(token, name, patience)), ...(view?.denied ?? [])],
    [...looked.flatMap(({ trouble }) => trouble ?? []), ...(view?.wrong ?? [])],
  );
  const due = [
    ...(known ? [] : [certificateDue(name, asked?.name)]),
    ...(come ? [`the certificate for ${agentUser(name)}, which has come meanwhile`] : []),
    ...(held && pending ? ['the end of the request for its certificate'] : []),
    ...(view?.isUnmarked ? ['the id of this cluster, in its Cluster on Karmada'] : []),
  ];
  let now = known;
  return {
    ...{ name, mode: 'Pull', id, version, looked, karmada: known?.karmada ?? token },
    way: `its agent reaches Karmada at ${entrance.server}`,
    due: due.length ? due.join('; ') : undefined,
    warnings: [
      ...entranceWarnings(entrance, 'ask for a file with one: `member token --karmada-endpoint`'),
      ...(agent ? [] : [WITHOUT_AGENT]),
      ...(await othersOn(server, name, patience)),
    ],
    run: async (tell) => {
      for (const step of home) await ensure(member, step, tell);
      now ??= asAgent(await certificateByToken(asking, asked, { timeoutMs: approvalMs, patience, waiting }));
      const seen = view ?? (await viewOf(now.karmada, { name, id }, patience));
      refuse(seen.denied, seen.wrong);
      if (seen.isUnmarked) await mark(now.karmada, name, id, patience);
      if (!held) {
        const text = agentKubeconfig(name, entrance, now.issued);
        await ensure(member, stepOn('member', kubeconfigSecret(namespace, text)), tell);
      }
      if (!held || pending) await forget(asking);
      for (const step of objects) await ensure(member, step, tell);
    },
    ready: (timeoutMs) => awaitReady((now as Known).karmada, name, timeoutMs, patience),
  };
}

function entranceIn({ cluster }: Access): Entrance {
  return { server: cluster.server.replace(/\/+$/, ''), authority: authorityOf(cluster) ?? '' };
}

/** @param request that an earlier run has made */
function certificateDue(name: string, request: string | undefined): string {
  const before = request === undefined ? '' : `asked for before as ${request}, `;
  return `a certificate for ${agentUser(name)}, ${before}when it is approved on Karmada; its agent renews it`;
}

/** What it takes to keep the key of a request, and to delete it. */
function permissionsToKeep(namespace: string): PermissionThere[] {
  const { apiVersion, kind, name } = object('Secret', AGENT_REQUEST);
  const secret = stepOn('member', { apiVersion, kind, metadata: { namespace, name } });
  const place = { on: 'member', plane: 'host', group: '', resource: 'secrets', namespace } as const;
  return [...permissionsOf(secret), { ...place, verb: 'delete' }];
}

function refuse(denied: readonly Trouble[], wrong: readonly Trouble[]): void {
  const found = [...denied, ...wrong];
  if (found.length) throw new CommandError(denied.length ? ExitCode.DENIED : ExitCode.CONFLICT, found);
}
