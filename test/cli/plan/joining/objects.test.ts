import { estimatorAccounts, pushAccounts } from '../../../../cli/plan/joining/accounts';
import { agentRights } from '../../../../cli/plan/joining/agent-rights';
import { holds } from '../../../../cli/plan/joining/holds';
import { kubeconfigText } from '../../../../cli/plan/joining/kubeconfig-text';
import { heldOn } from '../../../../cli/plan/joining/leaving';
import { credentials, pushCluster } from '../../../../cli/plan/joining/membership';

const reach = { endpoint: 'https://10.0.0.1:6443', authority: 'PEM', insecure: false };

test('a live object holds what is wanted whatever else it has; lists count as a whole', () => {
  expect(holds({ a: 1, b: { c: [{ d: 1, e: 2 }] } }, { b: { c: [{ d: 1 }] } })).toBe(true);
  expect(holds({ b: { c: [{ d: 1 }, { d: 2 }] } }, { b: { c: [{ d: 1 }] } })).toBe(false);
  expect(holds({ b: 'x' }, { b: { c: 1 } })).toBe(false);
  expect(holds({}, { a: 1 })).toBe(false);
  expect(holds(null, { a: 1 })).toBe(false);
});

test('a role that is there is bound, and none is made', () => {
  const made = pushAccounts('paris', 'ops').filter(({ kind }) => kind.startsWith('ClusterRole'));
  expect(made).toEqual([expect.objectContaining({ kind: 'ClusterRoleBinding' })]);
  expect(made[0].roleRef).toEqual({ apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'ops' });
});

test('an estimator may read what it counts, and nothing else', () => {
  const { rules } = estimatorAccounts('paris').find(({ kind }) => kind === 'ClusterRole');
  expect(rules.flatMap(({ verbs }: any) => verbs)).toEqual(['get', 'list', 'watch', 'get', 'list', 'watch']);
  expect(rules.flatMap(({ resources }: any) => resources)).toEqual([
    'nodes',
    'pods',
    'resourcequotas',
    'deployments',
    'replicasets',
  ]);
});

test('an agent gets to no member but its own', () => {
  const rights = agentRights('paris');
  const writes = rights
    .flatMap(({ rules = [] }) => rules)
    .filter(
      ({ apiGroups, verbs }: any) =>
        /karmada/.test(apiGroups[0]) && verbs.some((verb: string) => /update|delete|patch/.test(verb)),
    );
  for (const { resources, resourceNames } of writes) {
    // works are of one namespace, which is its own
    if (resources[0].startsWith('clusters')) expect(resourceNames).toEqual(['paris']);
    else expect(resources[0]).toMatch(/^works/);
  }
  for (const { rules, metadata } of rights.filter(({ kind }) => kind === 'Role')) {
    expect(rules).not.toEqual([]);
    expect(['karmada-cluster', 'karmada-es-paris']).toContain(metadata.namespace);
  }
  for (const { subjects } of rights.filter(({ kind }) => kind.endsWith('Binding'))) {
    expect(subjects).toEqual([
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'system:karmada:agent:paris' },
    ]);
  }
});

test('a join says of a Cluster what no code can, and what an earlier join said', () => {
  const live = {
    spec: { region: 'eu-1', provider: 'code' },
    metadata: {
      managedFields: [
        {
          manager: 'cdk8s-karmada-join',
          operation: 'Apply',
          apiVersion: 'x',
          fieldsV1: { 'f:spec': { 'f:region': {} } },
        },
      ],
    },
  };
  expect(pushCluster('paris', 'id-1', { ...reach, proxyUrl: 'http://proxy:1' }, {}, live)).toEqual({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'paris' },
    spec: {
      syncMode: 'Push',
      id: 'id-1',
      apiEndpoint: 'https://10.0.0.1:6443',
      secretRef: { namespace: 'karmada-cluster', name: 'paris' },
      impersonatorSecretRef: { namespace: 'karmada-cluster', name: 'paris-impersonator' },
      proxyURL: 'http://proxy:1',
      region: 'eu-1',
    },
  });
});

test('the Secrets of a member go with its Cluster once that is there', () => {
  const tokens = { account: 'dG9r', impersonator: 'aW1w' };
  expect(credentials('paris', tokens, reach).map(({ metadata }) => metadata.ownerReferences)).toEqual([
    undefined,
    undefined,
  ]);
  const [impersonator, own] = credentials('paris', tokens, reach, 'uid-1');
  expect(impersonator.data).toEqual({ token: 'aW1w' });
  expect(own.data).toEqual({ token: 'dG9r', caBundle: Buffer.from('PEM').toString('base64') });
  expect(own.metadata.ownerReferences).toEqual([
    {
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      name: 'paris',
      uid: 'uid-1',
      controller: true,
      blockOwnerDeletion: true,
    },
  ]);
});

test('the user of an agent’s kubeconfig is its member, by which it finds the certificate that it renews', () => {
  const text = kubeconfigText({
    cluster: 'karmada-apiserver',
    user: 'paris',
    server: 'https://karmada:5443',
    authority: 'CA',
    credential: { certificate: 'CERT', key: 'KEY' },
  });
  expect(text).toBe(`apiVersion: v1
kind: Config
clusters:
  - name: karmada-apiserver
    cluster:
      server: https://karmada:5443
      certificate-authority-data: Q0E=
users:
  - name: paris
    user:
      client-certificate-data: Q0VSVA==
      client-key-data: S0VZ
contexts:
  - name: paris
    context:
      cluster: karmada-apiserver
      user: paris
current-context: paris
`);
});

test('what a member holds alone, what goes with it and what is preserved are told apart', () => {
  const binding = (name: string, clusters: string[], metadata = {}) => ({
    metadata,
    spec: {
      resource: { kind: 'Deployment', namespace: 'shop', name },
      clusters: clusters.map((each) => ({ name: each })),
    },
  });
  const work = (name: string, preserveResourcesOnDeletion?: boolean) => ({
    spec: {
      preserveResourcesOnDeletion,
      workload: { manifests: [{ kind: 'Deployment', metadata: { namespace: 'shop', name } }] },
    },
  });
  const bindings = [
    binding('web', ['paris']),
    binding('api', ['paris', 'oslo']),
    binding('gone', ['paris'], { deletionTimestamp: '2026-01-01T00:00:00Z' }),
  ];
  expect(heldOn('paris', bindings, [work('web'), work('api'), work('db', true)])).toEqual({
    alone: ['Deployment/shop/web'],
    deleted: ['Deployment/shop/api', 'Deployment/shop/web'],
    preserved: ['Deployment/shop/db'],
  });
});
