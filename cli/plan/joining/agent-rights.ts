import type { Permission } from '../permission';
import { clusterNamespace } from './accounts';
import { agentUser, CLUSTER_NAMESPACE, executionSpace, impersonatorSecret, SYSTEM } from './names';

const RBAC = 'rbac.authorization.k8s.io';

/**
 * What Karmada has for one agent: the namespace that it works in, and rights to that and to its own Cluster. As karmadactl
 * registers one, and the right to update its Cluster besides: an agent whose flags have changed, or whose Cluster the code
 * has made, does not start without.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/karmadactl/register/register.go
 */
export function agentRights(cluster: string): any[] {
  const name = `system:karmada:${cluster}:agent`;
  const space = executionSpace(cluster);
  return [
    clusterNamespace(),
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: space, labels: SYSTEM } },
    ...granted(cluster, name, undefined, [
      rule('cluster.karmada.io', ['clusters'], ['get', 'update', 'delete'], [cluster]),
      rule('cluster.karmada.io', ['clusters'], ['create', 'list', 'watch']),
      rule('cluster.karmada.io', ['clusters/status'], ['update'], [cluster]),
      rule(
        'config.karmada.io',
        ['resourceinterpreterwebhookconfigurations', 'resourceinterpretercustomizations'],
        ['get', 'list', 'watch'],
      ),
      rule('', ['namespaces'], ['get']),
      rule('coordination.k8s.io', ['leases'], ['get', 'create', 'update']),
      rule('certificates.k8s.io', ['certificatesigningrequests'], ['get', 'create']),
      rule('', ['services'], ['list', 'watch']),
      rule('', ['events'], ['patch', 'create', 'update']),
    ]),
    ...granted(cluster, `${name}-secret`, CLUSTER_NAMESPACE, [
      rule('', ['secrets'], ['get', 'patch'], [cluster, impersonatorSecret(cluster)]),
      rule('', ['secrets'], ['create']),
    ]),
    ...granted(cluster, `${name}-work`, space, [
      rule('work.karmada.io', ['works'], ['get', 'create', 'list', 'watch', 'update', 'delete']),
      rule('work.karmada.io', ['works/status'], ['patch', 'update']),
    ]),
  ];
}

/** The same as single permissions, as an agent would ask whether it has them. */
export function agentPermissions(cluster: string): Permission[] {
  return agentRights(cluster).flatMap(({ metadata: { namespace = '' }, rules = [] }) =>
    rules.flatMap(({ apiGroups: [group], resources, resourceNames = [undefined], verbs }: any) =>
      resources.flatMap((resource: string) =>
        resourceNames.flatMap((name: string | undefined) =>
          verbs.map(
            (verb: string): Permission => ({
              ...{ plane: 'karmada', group, resource, namespace, verb },
              ...(name === undefined ? {} : { name }),
            }),
          ),
        ),
      ),
    ),
  );
}

function rule(group: string, resources: string[], verbs: string[], names?: string[]): any {
  return { apiGroups: [group], resources, ...(names && { resourceNames: names }), verbs };
}

/** A role and its binding, in a namespace or, where that is left out, everywhere. */
function granted(cluster: string, name: string, namespace: string | undefined, rules: readonly any[]): any[] {
  const [role, binding] = namespace === undefined ? ['ClusterRole', 'ClusterRoleBinding'] : ['Role', 'RoleBinding'];
  const metadata = { name, ...(namespace !== undefined && { namespace }), labels: SYSTEM };
  return [
    { apiVersion: `${RBAC}/v1`, kind: role, metadata, rules },
    {
      apiVersion: `${RBAC}/v1`,
      kind: binding,
      metadata,
      roleRef: { apiGroup: RBAC, kind: role, name },
      subjects: [{ apiGroup: RBAC, kind: 'User', name: agentUser(cluster) }],
    },
  ];
}
