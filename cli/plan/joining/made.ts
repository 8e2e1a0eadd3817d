import { keyOf, type ObjectKey } from '../../../src/core/object-key';
import { AGENT_KUBECONFIG } from './agent-manifests';
import { AGENT_REQUEST } from './agent-request';
import { agentRights } from './agent-rights';
import { accountOf, CLUSTER_NAMESPACE, estimatorOf, IMPERSONATOR, impersonatorSecret, roleOf } from './names';

/** What joining has made on Karmada for a member, in the order in which it goes: an agent that restarts has no rights first. */
export function madeOnKarmada(cluster: string): ObjectKey[] {
  const rights = agentRights(cluster).map(keyOf);
  return [
    ...rights.filter(({ name }) => name !== CLUSTER_NAMESPACE).reverse(),
    object('Secret', cluster, CLUSTER_NAMESPACE),
    object('Secret', impersonatorSecret(cluster), CLUSTER_NAMESPACE),
    // by which several pods of one agent agreed who works
    object('Lease', `karmada-agent-${cluster}`, 'karmada-system'),
  ];
}

/** The accounts of Karmada on a member. */
export function madeOnMember(cluster: string): ObjectKey[] {
  const accounts = [
    [roleOf(cluster), accountOf(cluster)],
    [estimatorOf(cluster), estimatorOf(cluster)],
    [IMPERSONATOR, IMPERSONATOR],
  ].flatMap(([role, account]) => [
    object('ClusterRoleBinding', role),
    object('ClusterRole', role),
    object('Secret', account, CLUSTER_NAMESPACE),
    object('ServiceAccount', account, CLUSTER_NAMESPACE),
  ]);
  return [...accounts, object('Namespace', CLUSTER_NAMESPACE)];
}

/** What several Karmadas use on one member. */
export function isShared({ kind, name }: ObjectKey): boolean {
  return name === IMPERSONATOR || (kind === 'Namespace' && name === CLUSTER_NAMESPACE);
}

/**
 * An agent on a member; its account has another name where karmadactl registered it. Its Secret says whose it is, so that
 * goes last.
 *
 * @param isOwn the namespace was made for it
 */
export function madeForAgent(namespace: string, isOwn: boolean): ObjectKey[] {
  return [
    object('Deployment', AGENT, namespace),
    object('PodDisruptionBudget', AGENT, namespace),
    ...[AGENT, `${AGENT}-sa`].map((each) => object('ServiceAccount', each, namespace)),
    object('ClusterRoleBinding', AGENT),
    object('ClusterRole', AGENT),
    ...(isOwn ? [object('Namespace', namespace)] : []),
    object('Secret', AGENT_REQUEST, namespace),
    object('Secret', AGENT_KUBECONFIG, namespace),
  ];
}

const AGENT = 'karmada-agent';

const GROUPS: { readonly [kind: string]: string } = {
  Deployment: 'apps/v1',
  Lease: 'coordination.k8s.io/v1',
  PodDisruptionBudget: 'policy/v1',
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  ClusterRoleBinding: 'rbac.authorization.k8s.io/v1',
};

export function object(kind: string, name: string, namespace = ''): ObjectKey {
  return { apiVersion: GROUPS[kind] ?? 'v1', kind, namespace, name };
}
