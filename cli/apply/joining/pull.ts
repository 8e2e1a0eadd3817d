import { agentRights } from '../../plan/joining/agent-rights';
import { pullCluster } from '../../plan/joining/membership';
import { agentUser } from '../../plan/joining/names';
import { reachOf } from '../../plan/joining/reach';
import { agentKubeconfig, agentSteps, kubeconfigSecret, leadsTo, refuseOther, WITHOUT_AGENT } from './agent-steps';
import { readHeld } from './agent-there';
import { isGood, requestCertificate, requestPermissions } from './certificate';
import { entranceOf, entranceWarnings } from './entrance';
import { estimator } from './estimator';
import type { Joining, Prepared } from './join';
import { authorityOf } from './member-server';
import { ensure, stepOn } from './writer';

/** Longest wait for a certificate: a person may have to approve it. */
const APPROVAL_MS = 5 * 60_000;

/** A member that fetches from Karmada: rights there for its agent alone, a certificate, and the agent itself. */
export async function pull(joining: Joining): Promise<Prepared> {
  const { request, servers, live, id, karmada, member, patience } = joining;
  const { name, agent, endpoint } = request;
  const { namespace, home, objects } = await agentSteps(member, agent);
  const entrance = await entranceOf(karmada, servers.karmada, request.karmadaEndpoint);
  const has = await readHeld(member, namespace);
  refuseOther(has, namespace, name, entrance);
  const keeps = leadsTo(has, entrance) && isGood(has.certificate, name, Date.now());
  const { cluster } = servers.member;
  const estimated = estimator(joining, reachOf({ cluster, authority: authorityOf(cluster), endpoint }));
  const rights = agentRights(name).map((manifest) => stepOn('karmada', manifest));
  // of a Cluster that is there an agent has to be told: it takes it for its own by the id
  const own = live ? [stepOn('karmada', pullCluster(name, id))] : [];
  const empty = stepOn('member', kubeconfigSecret(namespace, ''));
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
        const text = agentKubeconfig(name, entrance, issued);
        await ensure(member, stepOn('member', kubeconfigSecret(namespace, text)), tell);
      }
      for (const step of [...objects, ...estimated.accounts]) await ensure(member, step, tell);
      await estimated.run(reachOf({ cluster, authority: authorityOf(cluster), endpoint }), tell);
    },
  };
}
