import { CLUSTERS, POLICIES, type RecordedKind, recorded } from '../../../cli/plan/fleet-record';

const AS_OF = '2026-11-21T16:24:01Z';

const kind = (name: string) => POLICIES.find((each) => each.kind === name) as RecordedKind;

const metadata = {
  name: 'berlin',
  labels: { tier: 'edge' },
  uid: '4f4e',
  resourceVersion: '17',
  finalizers: ['karmada.io/cluster-controller'],
  managedFields: [{ manager: 'karmadactl' }],
  annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{"proxyHeader":{"a":"b"}}}' },
};
const annotations = { 'cdk8s-karmada.io/as-of': AS_OF };

test('of a cluster what a preview reads is kept, and nothing about how it is reached', () => {
  const cluster = {
    metadata,
    spec: {
      id: '0b1d',
      syncMode: 'Push',
      apiEndpoint: 'https://10.0.0.1:6443',
      secretRef: { namespace: 'karmada-cluster', name: 'berlin' },
      impersonatorSecretRef: { namespace: 'karmada-cluster', name: 'berlin-impersonator' },
      insecureSkipTLSVerification: true,
      proxyURL: 'http://user:hunter2@proxy.example:3128',
      proxyHeader: { authorization: 'Bearer s3cr3t' },
      provider: 'metal',
      region: 'eu',
      zones: ['eu-1'],
      taints: [{ key: 'team', effect: 'NoSchedule' }],
      resourceModels: [{ grade: 0, ranges: [{ name: 'cpu', min: '0', max: '1' }] }],
      futureCredential: 'unknown to this release',
    },
    status: {
      kubernetesVersion: 'v1.35.0',
      apiEnablements: [{ groupVersion: 'apps/v1', resources: [{ kind: 'Deployment', name: 'deployments' }] }],
      conditions: [{ type: 'Ready', status: 'False', reason: 'NotReachable', message: 'Get "https://10.0.0.1:6443"' }],
      nodeSummary: { totalNum: 3, readyNum: 3 },
      resourceSummary: { allocatable: { cpu: '4' } },
    },
  };
  expect(recorded(CLUSTERS, cluster, AS_OF)).toEqual({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'berlin', labels: { tier: 'edge' }, annotations },
    spec: {
      syncMode: 'Push',
      provider: 'metal',
      region: 'eu',
      zones: ['eu-1'],
      taints: cluster.spec.taints,
      resourceModels: cluster.spec.resourceModels,
    },
    status: {
      kubernetesVersion: 'v1.35.0',
      apiEnablements: cluster.status.apiEnablements,
      conditions: [{ type: 'Ready', status: 'False', reason: 'NotReachable' }],
      nodeSummary: cluster.status.nodeSummary,
      resourceSummary: cluster.status.resourceSummary,
    },
  });
});

test('a cluster that is leaving, and has no status yet, stays that', () => {
  const cluster = {
    metadata: { name: 'paris', deletionTimestamp: '2026-11-21T00:00:00Z' },
    spec: { syncMode: 'Pull' },
  };
  expect(recorded(CLUSTERS, cluster, AS_OF)).toEqual({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'paris', deletionTimestamp: '2026-11-21T00:00:00Z', annotations },
    spec: { syncMode: 'Pull' },
  });
});

describe('an override of a Secret', () => {
  const record = (resourceSelectors: any, overriders: any) =>
    recorded(kind('OverridePolicy'), { metadata, spec: { resourceSelectors, overrideRules: [{ overriders }] } }, AS_OF)
      .spec.overrideRules[0].overriders;
  const secrets = [{ apiVersion: 'v1', kind: 'Secret', name: 'login' }];
  const plaintext = [
    { path: '/data/password', operator: 'replace', value: 'aHVudGVyMg==' },
    { path: '/stringData', operator: 'add', value: { password: 'hunter2' } },
    { path: '', operator: 'replace', value: { kind: 'Secret', data: { password: 'aHVudGVyMg==' } } },
    { path: '/data/old', operator: 'remove' },
    { path: '/metadata/labels/tier', operator: 'add', value: 'gold' },
  ];
  const fieldOverrider = [{ fieldPath: '/data/config', json: [{ subPath: '/db', operator: 'add', value: 'hunter2' }] }];

  test.each([[secrets], [undefined], [[]]])('has its values left out: selectors %j', (selectors) => {
    const text = JSON.stringify(record(selectors, { plaintext, fieldOverrider }));
    expect(text).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(record(selectors, { plaintext }).plaintext).toEqual([
      { path: '/data/password', operator: 'replace', value: '(value not recorded)' },
      { path: '/stringData', operator: 'add', value: '(value not recorded)' },
      { path: '', operator: 'replace', value: '(value not recorded)' },
      { path: '/data/old', operator: 'remove' },
      { path: '/metadata/labels/tier', operator: 'add', value: 'gold' },
    ]);
    expect(record(selectors, { fieldOverrider }).fieldOverrider).toEqual([
      { fieldPath: '/data/config', json: [{ subPath: '/db', operator: 'add', value: '(value not recorded)' }] },
    ]);
  });

  test('is told from one of another kind, which is kept whole', () => {
    const selectors = [{ apiVersion: 'v1', kind: 'ConfigMap' }];
    expect(record(selectors, { plaintext, fieldOverrider })).toEqual({ plaintext, fieldOverrider });
  });
});

test('of interpreters only what they read is kept, of quotas what is used, too', () => {
  const spec = { target: { apiVersion: 'example.io/v1', kind: 'Widget' }, customizations: { replicaResource: {} } };
  expect(recorded(kind('ResourceInterpreterCustomization'), { metadata, spec }, AS_OF).spec).toEqual({
    target: spec.target,
  });
  const rules = [{ apiGroups: ['*'], apiVersions: ['*'], kinds: ['*'], operations: ['InterpretReplica'] }];
  const webhooks = [{ name: 'a.example.io', rules, clientConfig: { url: 'https://a', caBundle: 'Y2E=' } }];
  expect(recorded(kind('ResourceInterpreterWebhookConfiguration'), { metadata, webhooks }, AS_OF).webhooks).toEqual([
    { name: 'a.example.io', rules },
  ]);
  const quota = { overall: { cpu: '10' } };
  const status = { ...quota, overallUsed: { cpu: '2' }, aggregatedStatus: [] };
  expect(recorded(kind('FederatedResourceQuota'), { metadata, spec: quota, status }, AS_OF)).toMatchObject({
    spec: quota,
    status: { overall: { cpu: '10' }, overallUsed: { cpu: '2' } },
  });
});
