import { ADMIN_USER } from '../certificates';
import { type Part, WAVES } from '../part';

/** The resources of Karmada in a namespace, by group; those with a status have `/status` too. */
const NAMESPACED: readonly any[] = [
  { group: 'autoscaling.karmada.io', resources: ['cronfederatedhpas', 'federatedhpas'], status: true },
  { group: 'multicluster.x-k8s.io', resources: ['serviceexports', 'serviceimports'], status: true },
  { group: 'networking.karmada.io', resources: ['multiclusteringresses', 'multiclusterservices'], status: true },
  { group: 'policy.karmada.io', resources: ['overridepolicies', 'propagationpolicies'], status: false },
  { group: 'work.karmada.io', resources: ['resourcebindings', 'works'], status: true },
];

/**
 * Who may do what with Karmada's kinds, through Kubernetes' own `view`, `edit` and `admin`. Cluster-scoped kinds are for
 * administrators alone. Mirrors artifacts/deploy at v1.18.2.
 */
export function access(): Part[] {
  return [
    clusterRole('ClusterProxyAdmin', 'cluster-proxy-admin', undefined, [
      { apiGroups: ['cluster.karmada.io'], resources: ['clusters/proxy'], verbs: ['*'] },
    ]),
    {
      id: 'ClusterProxyAdminBinding',
      wave: WAVES.kinds,
      manifest: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'cluster-proxy-admin' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-proxy-admin' },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: ADMIN_USER }],
      },
    },
    clusterRole('View', 'karmada-view', 'view', rules(['get', 'list', 'watch'])),
    clusterRole('Edit', 'karmada-edit', 'edit', rules(['create', 'delete', 'deletecollection', 'patch', 'update'])),
  ];
}

function clusterRole(id: string, name: string, aggregateTo: string | undefined, rules: any[]): Part {
  const labels = aggregateTo && {
    'karmada.io/bootstrapping': 'rbac-defaults',
    [`rbac.authorization.k8s.io/aggregate-to-${aggregateTo}`]: 'true',
  };
  return {
    id,
    wave: WAVES.kinds,
    manifest: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name, ...(labels && { labels }) },
      rules,
    },
  };
}

function rules(verbs: string[]): any[] {
  return NAMESPACED.map(({ group, resources, status }) => ({
    apiGroups: [group],
    resources: resources.flatMap((resource: string) => (status ? [resource, `${resource}/status`] : [resource])),
    verbs,
  }));
}
