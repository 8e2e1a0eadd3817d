import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readYaml } from '../../src/core/private/kubernetes-yaml';
import { clusterCrdForTestsAlone, crds } from '../../src/schema/crd';
import { cdk8sKarmada } from '../cli/commands/terminal';
import { plainClient } from './plain-client';
import { startApiServer, type TestServer } from './testbed';

let karmada: TestServer;

// client-node is an ES module, which jest cannot load: the same server by another transport
jest.mock('../../cli/apply/http-api-server', () => ({
  connect: (plane: 'host' | 'karmada') => plainClient(plane, karmada),
}));

/** More than two pages of a list. */
const CLUSTERS = 1100;

/** Each of these stands in an object, and must not stand in a file. */
const SECRETS = {
  header: 'Bearer header-7c1f',
  proxy: 'proxy-user-7c1f',
  endpoint: '10.77.0.1',
  reference: 'reference-7c1f',
  annotation: 'annotation-7c1f',
  override: 'b3ZlcnJpZGUtN2MxZg==',
  data: 'ZGF0YS03YzFm',
  template: 'template-7c1f',
  script: 'script-7c1f',
};

const cluster = (index: number) => ({
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  metadata: {
    name: `member-${String(index).padStart(4, '0')}`,
    labels: { tier: `t${index % 3}` },
    annotations: { 'example.io/token': SECRETS.annotation },
  },
  spec: {
    syncMode: 'Push',
    apiEndpoint: `https://${SECRETS.endpoint}:6443`,
    proxyURL: `http://${SECRETS.proxy}@proxy.example:3128`,
    proxyHeader: { authorization: SECRETS.header },
    secretRef: { namespace: 'karmada-cluster', name: SECRETS.reference },
    impersonatorSecretRef: { namespace: 'karmada-cluster', name: `${SECRETS.reference}-impersonator` },
    region: 'eu',
  },
});

const deployments = [{ apiVersion: 'apps/v1', kind: 'Deployment' }];
const policy = (kind: string, name: string, spec: any, labels = {}) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind,
  metadata: { name, ...(kind.startsWith('Cluster') ? {} : { namespace: 'default' }), labels },
  spec,
});

const others = [
  policy('PropagationPolicy', 'theirs', { resourceSelectors: deployments, placement: {} }),
  policy('PropagationPolicy', 'ours', { resourceSelectors: deployments }, { 'applyset.kubernetes.io/part-of': 'ours' }),
  policy('ClusterPropagationPolicy', 'everything', { resourceSelectors: deployments, placement: {} }),
  policy('ClusterOverridePolicy', 'logins', {
    resourceSelectors: [{ apiVersion: 'v1', kind: 'Secret' }],
    overrideRules: [{ overriders: { plaintext: [{ path: '/data/key', operator: 'add', value: SECRETS.override }] } }],
  }),
  policy('FederatedResourceQuota', 'quota', { overall: { cpu: '10' } }),
  {
    apiVersion: 'config.karmada.io/v1alpha1',
    kind: 'ResourceInterpreterCustomization',
    metadata: { name: 'widgets' },
    spec: {
      target: { apiVersion: 'example.io/v1', kind: 'Widget' },
      customizations: { replicaResource: { luaScript: `function GetReplicas() return "${SECRETS.script}" end` } },
    },
  },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login', namespace: 'default' }, data: { key: SECRETS.data } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'template', namespace: 'default' },
    data: { key: SECRETS.template },
  },
];

const list = (items: unknown[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

let folder: string;

beforeAll(async () => {
  karmada = await startApiServer();
  karmada.kubectl(['apply', '--server-side', '-f', '-'], list([...crds(), clusterCrdForTestsAlone()]));
  karmada.kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
  // as many people do it: kubectl keeps all that it was given in an annotation
  karmada.kubectl(['apply', '-f', '-'], list([cluster(0), ...others]));
  const client = plainClient('karmada', karmada);
  const path = '/apis/cluster.karmada.io/v1alpha1/clusters';
  await Promise.all(
    Array.from({ length: CLUSTERS - 1 }, (_, i) => client.request({ method: 'POST', path, body: cluster(i + 1) })),
  );
  await client.close();
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-fleet-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await karmada?.stop();
});

const command = (words: string) =>
  cdk8sKarmada(`${words} --karmada-kubeconfig ${karmada.kubeconfig} --karmada-context ${karmada.context}`);
const text = (file: string) => readFileSync(join(folder, file), 'utf8');

test('clusters and policies are pulled whole, and with nothing secret', async () => {
  const before = Date.now();
  const files = `-o ${join(folder, 'fleet.yaml')} --policies ${join(folder, 'others.yaml')}`;
  const { code, stdout, stderr } = await command(`fleet pull ${files}`);
  expect({ code, stdout, stderr: stderr.replaceAll(`${folder}/`, '') }).toEqual({
    code: 0,
    stdout: '',
    stderr: '1100 clusters in fleet.yaml\n6 policies and the like in others.yaml\n',
  });
  expect(readdirSync(folder).sort()).toEqual(['fleet.yaml', 'others.yaml']);

  const clusters = readYaml(text('fleet.yaml')).documents;
  expect(clusters.map(({ metadata }) => metadata.name)).toEqual(
    Array.from({ length: CLUSTERS }, (_, i) => cluster(i).metadata.name),
  );
  const asOf = clusters[0].metadata.annotations['cdk8s-karmada.io/as-of'];
  expect(Date.parse(asOf)).toBeGreaterThanOrEqual(before - 1000);
  expect(Date.parse(asOf)).toBeLessThanOrEqual(Date.now());
  expect(clusters[7]).toEqual({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'member-0007', labels: { tier: 't1' }, annotations: { 'cdk8s-karmada.io/as-of': asOf } },
    spec: { syncMode: 'Push', region: 'eu' },
  });

  const kinds = readYaml(text('others.yaml')).documents.map(({ kind, metadata }) => [kind, metadata.name]);
  expect(kinds).toEqual([
    ['PropagationPolicy', 'ours'],
    ['PropagationPolicy', 'theirs'],
    ['ClusterPropagationPolicy', 'everything'],
    ['ClusterOverridePolicy', 'logins'],
    ['FederatedResourceQuota', 'quota'],
    ['ResourceInterpreterCustomization', 'widgets'],
  ]);
  expect(text('others.yaml')).toContain('applyset.kubernetes.io/part-of: ours');

  for (const secret of [...Object.values(SECRETS), 'managedFields', 'last-applied-configuration', 'caBundle']) {
    expect(text('fleet.yaml') + text('others.yaml')).not.toContain(secret);
  }
});

test('what was pulled is what preview and show read', async () => {
  const shown = await cdk8sKarmada(`fleet show --fleet ${join(folder, 'fleet.yaml')} -o json`);
  expect(JSON.parse(shown.stdout).clusters).toHaveLength(CLUSTERS);
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 1, selector: {}, template: { spec: { containers: [{ name: 'web', image: 'nginx:1' }] } } },
  };
  const { code, stdout, stderr } = await cdk8sKarmada(
    `preview -f web.json --fleet ${join(folder, 'fleet.yaml')} --existing ${join(folder, 'others.yaml')} -o json --render none`,
    { files: { 'web.json': deployment } },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout).resources[0].policy.kind).toBe('PropagationPolicy');
});

test('a fleet is shown as it is now, without a file', async () => {
  const { code, stdout } = await command('fleet show');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^1100 clusters, 0 ready, as of \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ;/);
});

test('without -o the fleet is on standard output', async () => {
  const { code, stdout, stderr } = await command('fleet pull');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(readYaml(stdout).documents).toHaveLength(CLUSTERS);
});

test('a server that is no Karmada is told from one', async () => {
  const other = await startApiServer();
  const [mine, theirs] = [karmada, other];
  try {
    karmada = theirs;
    const { code, stderr } = await command(`fleet pull -o ${join(folder, 'none.yaml')}`);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error: this server has no Clusters of cluster.karmada.io: it is no Karmada
  at ${other.url}
  fix: give the context of Karmada's own API server with --karmada-context, not that of its host
`,
    });
    expect(readdirSync(folder)).not.toContain('none.yaml');
  } finally {
    karmada = mine;
    await other.stop();
  }
});
