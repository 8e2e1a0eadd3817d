import { keyText } from '../../../src/core/object-key';
import type { Trouble } from '../../../src/core/private/trouble';
import { CommandError, ExitCode } from '../command-error';
import type { Document } from '../document';

/** What an agent is started with. */
export interface AgentManifests {
  /** Where it runs, and where the Secret with its kubeconfig has to be. */
  readonly namespace: string;
  /** Namespaces first. */
  readonly objects: readonly any[];
}

const AGENT = 'karmada-agent';
/** The namespace of an agent whose manifests are not at hand. */
export const AGENT_NAMESPACE = 'karmada-system';
/** The Secret with the kubeconfig of an agent, and its key. */
export const AGENT_KUBECONFIG = 'karmada-kubeconfig';

const KINDS = [
  'Namespace',
  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'Deployment',
  'PodDisruptionBudget',
  'NetworkPolicy',
];

/** The manifests of the agent of a member, as a KarmadaAgent writes them. Throws with all that is wrong with them. */
export function agentManifests(cluster: string, documents: readonly Document[]): AgentManifests {
  const manifests = documents.map(({ manifest }) => manifest);
  const found: Trouble[] = documents
    .filter(({ key }) => !KINDS.includes(key.kind))
    .map(({ key }) => ({
      what: `${keyText(key)} is nothing that an agent consists of`,
      at: '--agent',
      fix: 'name the file that a KarmadaAgent was written to, and apply the rest with your own tool',
    }));
  const agents = manifests.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name === AGENT);
  if (agents.length !== 1) {
    found.push({
      what: `there ${agents.length ? `are ${agents.length} Deployments` : 'is no Deployment'} "${AGENT}"`,
      at: '--agent',
      fix: `name the file that the KarmadaAgent of ${cluster} was written to`,
    });
  }
  const [agent] = agents;
  const named = agent && agentCluster(agent);
  if (agent && named !== cluster) {
    found.push({
      what: `this agent is that of ${named ?? 'no cluster'}, and not of ${cluster}`,
      at: '--agent',
      fix: `name the file that the KarmadaAgent of ${cluster} was written to`,
    });
  }
  if (found.length) throw new CommandError(ExitCode.INVALID_INPUT, found);
  const rank = ({ kind }: any) => (kind === 'Namespace' ? 0 : kind === 'Deployment' ? 2 : 1);
  return {
    namespace: agent.metadata.namespace ?? AGENT_NAMESPACE,
    objects: [...manifests].sort((a, b) => rank(a) - rank(b)),
  };
}

/** The member whose agent a Deployment is. */
export function agentCluster(deployment: any): string | undefined {
  const [{ command = [], args = [] } = {} as any] = deployment.spec?.template?.spec?.containers ?? [];
  const start = '--cluster-name=';
  return [...command, ...args].find((each: string) => each.startsWith(start))?.slice(start.length);
}
