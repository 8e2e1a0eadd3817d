import { type AddressedObject, permissionLines, permissionsOf } from '../../../cli/plan/permission';
import { rolesOf } from '../../../cli/plan/roles';

const object = (
  kind: string,
  plural: string,
  name: string,
  more: Partial<AddressedObject['key']> = {},
): AddressedObject => ({
  plane: 'karmada',
  key: { apiVersion: 'v1', kind, namespace: 'shop', name, ...more },
  plural,
  manifest: {},
});
const RBAC = { apiVersion: 'rbac.authorization.k8s.io/v1' };

const SET = {
  objects: [
    object('ConfigMap', 'configmaps', 'flags'),
    object('Secret', 'secrets', 'login'),
    { ...object('Namespace', 'namespaces', 'shop', { namespace: '' }) },
  ],
  parents: [
    {
      plane: 'karmada' as const,
      key: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'cdk8s-karmada', name: 'east-shop-karmada' },
    },
  ],
  leaving: [],
  issuedIn: [],
};

test('each kind where it is, with its record and its lock; what takes more with it is not deleted', () => {
  expect(permissionLines(permissionsOf(SET).needed)).toEqual([
    'create, get, patch namespaces',
    'get namespaces named kube-system',
    'create, get, patch configmaps in cdk8s-karmada',
    'create, get, update leases.coordination.k8s.io in cdk8s-karmada',
    'create, delete, get, patch configmaps in shop',
    'create, delete, get, patch secrets in shop',
  ]);
});

test('whoever issues certificates may also reach what they are for through the host', () => {
  const { needed } = permissionsOf({ objects: [], parents: [], leaving: [], issuedIn: ['karmada-system'] });
  expect(permissionLines(needed)).toEqual([
    'list pods in karmada-system',
    'create, get pods/portforward in karmada-system',
    'create, get, patch secrets in karmada-system',
    'list, patch deployments.apps in karmada-system',
    'list, patch statefulsets.apps in karmada-system',
  ]);
});

test('what waiting takes is apart', () => {
  expect(permissionLines(permissionsOf(SET).watching)).toEqual([
    'list, watch namespaces',
    'list, watch clusters.cluster.karmada.io',
    'list, watch clusterresourcebindings.work.karmada.io',
    'list, watch works.work.karmada.io',
    'get leases.coordination.k8s.io in karmada-system',
    'list, watch configmaps in shop',
    'list events in shop',
    'list, watch secrets in shop',
    'list, watch resourcebindings.work.karmada.io in shop',
  ]);
});

test('many of a kind are listed, what left is deleted, roles and bindings may be written without holding what they grant', () => {
  const { needed } = permissionsOf({
    ...SET,
    objects: [
      ...['a', 'b'].map((name) => object('ConfigMap', 'configmaps', name)),
      object('Role', 'roles', 'own', RBAC),
      {
        ...object('RoleBinding', 'rolebindings', 'own', RBAC),
        manifest: { roleRef: { kind: 'ClusterRole', name: 'view' } },
      },
    ],
    leaving: [object('ConfigMap', 'configmaps', 'old')],
    parents: [],
  });
  expect(permissionLines(needed)).toEqual([
    'create, delete, get, list, patch configmaps in shop',
    'bind clusterroles.rbac.authorization.k8s.io named view in shop',
    'create, delete, get, patch rolebindings.rbac.authorization.k8s.io in shop',
    'create, delete, get, patch roles.rbac.authorization.k8s.io in shop',
    'escalate roles.rbac.authorization.k8s.io named own in shop',
  ]);
});

test('roles: one for each namespace and one for the cluster, bound to whom they are for, kinds with the same verbs together', () => {
  const labels = { 'cdk8s-karmada.io/target': 'karmada' };
  const manifests = rolesOf({
    permissions: {
      needed: permissionsOf(SET).needed.filter(({ namespace }) => namespace !== 'cdk8s-karmada'),
      watching: [],
    },
    name: 'cdk8s-karmada:east',
    missing: [{ plane: 'karmada', name: 'shop' }],
    subject: { kind: 'User', name: 'jane' },
  });
  expect(manifests).toEqual([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } },
    {
      ...RBAC,
      kind: 'ClusterRole',
      metadata: { name: 'cdk8s-karmada:east', labels },
      rules: [
        { apiGroups: [''], resources: ['namespaces'], verbs: ['create', 'get', 'patch'] },
        { apiGroups: [''], resources: ['namespaces'], resourceNames: ['kube-system'], verbs: ['get'] },
      ],
    },
    {
      ...RBAC,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'cdk8s-karmada:east', labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cdk8s-karmada:east' },
      subjects: [{ kind: 'User', name: 'jane', apiGroup: 'rbac.authorization.k8s.io' }],
    },
    {
      ...RBAC,
      kind: 'Role',
      metadata: { name: 'cdk8s-karmada:east', namespace: 'shop', labels },
      rules: [{ apiGroups: [''], resources: ['configmaps', 'secrets'], verbs: ['create', 'delete', 'get', 'patch'] }],
    },
    {
      ...RBAC,
      kind: 'RoleBinding',
      metadata: { name: 'cdk8s-karmada:east', namespace: 'shop', labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'cdk8s-karmada:east' },
      subjects: [{ kind: 'User', name: 'jane', apiGroup: 'rbac.authorization.k8s.io' }],
    },
  ]);
});
