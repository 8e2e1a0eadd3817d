import { accountOf, CLUSTER_NAMESPACE, estimatorOf, IMPERSONATOR, roleOf, SYSTEM } from './names';

const RBAC = 'rbac.authorization.k8s.io';

/** What Karmada may do on a member unless something else is said: all, since it can be told to send anything. */
const EVERYTHING = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  { nonResourceURLs: ['*'], verbs: ['get'] },
];

/** What an estimator looks at. */
const ROOM = [
  { apiGroups: [''], resources: ['nodes', 'pods', 'resourcequotas'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['apps'], resources: ['deployments', 'replicasets'], verbs: ['get', 'list', 'watch'] },
];

export const clusterNamespace = () => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: CLUSTER_NAMESPACE, labels: SYSTEM },
});

/**
 * What a member has for Karmada in push mode, in the order in which it is made: two accounts, the rights of one of them, a
 * token for each.
 *
 * @param permissions a ClusterRole that is there already; a role that may do everything is made when it is left out
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/util/credential.go
 */
export function pushAccounts(cluster: string, permissions?: string): any[] {
  const account = accountOf(cluster);
  return [
    clusterNamespace(),
    serviceAccount(IMPERSONATOR),
    serviceAccount(account),
    ...(permissions === undefined ? [clusterRole(roleOf(cluster), EVERYTHING)] : []),
    binding(roleOf(cluster), permissions ?? roleOf(cluster), account),
    token(IMPERSONATOR),
    token(account),
  ];
}

/** What a member has for the scheduler estimator of Karmada: an account that may read what it counts. */
export function estimatorAccounts(cluster: string): any[] {
  const name = estimatorOf(cluster);
  return [clusterNamespace(), serviceAccount(name), clusterRole(name, ROOM), binding(name, name, name), token(name)];
}

function serviceAccount(name: string): any {
  // no pod runs as it: only the token beside it is used
  const metadata = { namespace: CLUSTER_NAMESPACE, name, labels: SYSTEM };
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false };
}

/** A token that does not expire: Karmada renews none. */
function token(account: string): any {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      namespace: CLUSTER_NAMESPACE,
      name: account,
      labels: SYSTEM,
      annotations: { 'kubernetes.io/service-account.name': account },
    },
    type: 'kubernetes.io/service-account-token',
  };
}

function clusterRole(name: string, rules: readonly any[]): any {
  return { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name, labels: SYSTEM }, rules };
}

function binding(name: string, role: string, account: string): any {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name, labels: SYSTEM },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: CLUSTER_NAMESPACE }],
  };
}
