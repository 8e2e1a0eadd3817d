import { CommandError, ExitCode } from '../../plan/command-error';
import { AGENT_KUBECONFIG, AGENT_NAMESPACE } from '../../plan/joining/agent-manifests';
import { agentRights } from '../../plan/joining/agent-rights';
import { base64, kubeconfigText } from '../../plan/joining/kubeconfig-text';
import { object } from '../../plan/joining/made';
import { pullCluster } from '../../plan/joining/membership';
import { agentUser, SYSTEM } from '../../plan/joining/names';
import { reachOf } from '../../plan/joining/reach';
import { OBJECT_MANAGER } from '../../plan/owned-fields';
import { type HeldKubeconfig, readHeld } from './agent-there';
import { isGood, requestCertificate, requestPermissions } from './certificate';
import { entranceOf, entranceWarnings } from './entrance';
import { estimator } from './estimator';
import type { Joining, Prepared } from './join';
import { authorityOf } from './member-server';
import { ensure, type Step, stepOn } from './writer';

/** Longest wait for a certificate: a person may have to approve it. */
const APPROVAL_MS = 5 * 60_000;

/** For a join that is not given the manifests of an agent. */
export const WITHOUT_AGENT =
  'the agent itself is not applied here: name what its KarmadaAgent was written to with --agent';

/** A member that fetches from Karmada: rights there for its agent alone, a certificate, and the agent itself. */
export async function pull(joining: Joining): Promise<Prepared> {
  const { request, servers, live, id, karmada, member, patience } = joining;
  const { name, agent, endpoint } = request;
  const namespace = agent?.namespace ?? AGENT_NAMESPACE;
  const entrance = await entranceOf(karmada, servers.karmada, request.karmadaEndpoint);
  const has = await readHeld(member, namespace);
  refuseOther(has, namespace, name);
  const keeps =
    has?.server === entrance.server &&
    has.authority === entrance.authority &&
    isGood(has.certificate, name, Date.now());
  const { cluster } = servers.member;
  const estimated = estimator(joining, reachOf({ cluster, authority: authorityOf(cluster), endpoint }));
  const rights = agentRights(name).map((manifest) => stepOn('karmada', manifest));
  // of a Cluster that is there an agent has to be told: it takes it for its own by the id
  const own = live ? [stepOn('karmada', pullCluster(name, id))] : [];
  // a namespace that is there may be that of a whole Karmada: the mark says that it was made for the agent
  const at = object('Namespace', namespace);
  const home = (await member.read(at))
    ? []
    : [stepOn('member', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: SYSTEM } })];
  const empty = stepOn('member', kubeconfigSecret(namespace, ''));
  const objects = (agent?.objects ?? [])
    .filter((manifest) => home.length === 0 || manifest.kind !== 'Namespace' || manifest.metadata.name !== namespace)
    .map((manifest): Step => ({ on: 'member', manifest, manager: OBJECT_MANAGER }));
  return {
    steps: [
      ...rights,
      ...own,
      ...home,
      ...(keeps ? [] : [empty]),
      ...objects,
      ...estimated.accounts,
      ...(await estimated.known()),
    ],
    warnings: [...entranceWarnings(entrance), ...(agent ? [] : [WITHOUT_AGENT])],
    permissions: keeps ? [] : requestPermissions(name),
    way: `its agent reaches Karmada at ${entrance.server}`,
    due: keeps ? undefined : `a certificate for ${agentUser(name)}, good for a year; its agent renews it`,
    run: async (tell) => {
      for (const step of [...rights, ...own]) await ensure(karmada, step, tell);
      for (const step of home) await ensure(member, step, tell);
      if (!keeps) {
        const issued = await requestCertificate(karmada, name, APPROVAL_MS, patience);
        const facts = { cluster: 'karmada-apiserver', user: name, ...entrance, credential: issued };
        await ensure(member, stepOn('member', kubeconfigSecret(namespace, base64(kubeconfigText(facts)))), tell);
      }
      for (const step of [...objects, ...estimated.accounts]) await ensure(member, step, tell);
      await estimated.run(reachOf({ cluster, authority: authorityOf(cluster), endpoint }), tell);
    },
  };
}

/** Throws when the agent there is that of another. */
function refuseOther(held: HeldKubeconfig | undefined, namespace: string, name: string): void {
  if (held?.holder === undefined || held.holder === agentUser(name)) return;
  throw new CommandError(ExitCode.CONFLICT, [
    {
      what: `this cluster has an agent already: it is ${held.holder} to ${held.server}`,
      at: `member: Secret/${namespace}/${AGENT_KUBECONFIG}`,
      fix: 'use that name, or take it out of that Karmada first',
    },
  ]);
}

function kubeconfigSecret(namespace: string, value: string): any {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name: AGENT_KUBECONFIG, labels: SYSTEM },
    type: 'Opaque',
    data: { [AGENT_KUBECONFIG]: value },
  };
}
