import { CommandError, ExitCode } from '../../plan/command-error';
import { AGENT_KUBECONFIG, AGENT_NAMESPACE, type AgentManifests } from '../../plan/joining/agent-manifests';
import { base64, kubeconfigText } from '../../plan/joining/kubeconfig-text';
import { object } from '../../plan/joining/made';
import { agentUser, SYSTEM } from '../../plan/joining/names';
import { OBJECT_MANAGER } from '../../plan/owned-fields';
import type { HeldKubeconfig } from './agent-there';
import type { AgentCertificate } from './certificate';
import type { Entrance } from './entrance';
import { type Step, stepOn, type Writer } from './writer';

/** For a join that is not given the manifests of an agent. */
export const WITHOUT_AGENT =
  'the agent itself is not applied here: name what its KarmadaAgent was written to with --agent';

/** What a member has of its agent, besides what that goes by. */
export interface AgentSteps {
  readonly namespace: string;
  /** That namespace, where it is missing. */
  readonly home: readonly Step[];
  readonly objects: readonly Step[];
}

export async function agentSteps(member: Writer, agent: AgentManifests | undefined): Promise<AgentSteps> {
  const namespace = agent?.namespace ?? AGENT_NAMESPACE;
  // a namespace that is there may be that of a whole Karmada: the mark says that it was made for the agent
  const home = (await member.read(object('Namespace', namespace)))
    ? []
    : [stepOn('member', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: SYSTEM } })];
  const objects = (agent?.objects ?? [])
    .filter((manifest) => home.length === 0 || manifest.kind !== 'Namespace' || manifest.metadata.name !== namespace)
    .map((manifest): Step => ({ on: 'member', manifest, manager: OBJECT_MANAGER }));
  return { namespace, home, objects };
}

/** What an agent goes by. */
export function agentKubeconfig(name: string, { server, authority }: Entrance, credential: AgentCertificate): string {
  return kubeconfigText({ cluster: 'karmada-apiserver', user: name, server, authority, credential });
}

export function kubeconfigSecret(namespace: string, kubeconfig: string): any {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name: AGENT_KUBECONFIG, labels: SYSTEM },
    type: 'Opaque',
    data: { [AGENT_KUBECONFIG]: base64(kubeconfig) },
  };
}

/** Is that where the agent goes? */
export function leadsTo(held: HeldKubeconfig | undefined, entrance: Entrance): held is HeldKubeconfig {
  return held?.server === entrance.server && held.authority === entrance.authority;
}

/** Throws when the agent there is that of another, or of another Karmada. */
export function refuseOther(
  held: HeldKubeconfig | undefined,
  namespace: string,
  name: string,
  { server, authority }: Entrance,
): void {
  if (held?.holder === undefined) return;
  const isOwn = held.holder === agentUser(name);
  // a Karmada may move, or be made anew at its place: what has both is the same no more
  if (isOwn && (held.server === server || held.authority === authority)) return;
  throw new CommandError(ExitCode.CONFLICT, [
    {
      what: `this cluster has an agent already: it is ${held.holder} to ${held.server}`,
      at: `member: Secret/${namespace}/${AGENT_KUBECONFIG}`,
      fix: isOwn ? 'take it out of that Karmada first' : 'use that name, or take it out of that Karmada first',
    },
  ]);
}
