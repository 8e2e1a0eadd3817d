import { applyInput } from '../../cli/apply/engine';
import { type ChartOfTest, inputOf, synthesized } from '../cli/apply/engine-input';
import { cdk8sKarmada } from '../cli/commands/terminal';
import { KarmadaDouble } from './karmada-double';
import { type LiveServer, liveServer } from './live-server';
import { startApiServer, type TestServer } from './testbed';

let testbed: TestServer;
let karmada: LiveServer;
let double: KarmadaDouble;

// client-node is an ES module, which jest cannot load: the same server with credentials of the test
jest.mock('../../cli/apply/http-api-server', () => ({
  ...jest.requireActual('../../cli/apply/http-api-server'),
  connect: (plane: 'host' | 'karmada') => liveServer(plane, testbed),
}));

const labels = { app: 'cart' };
const containers = [{ name: 'main', image: 'nginx:1' }];
const cart = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'cart', namespace: 'shop' },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
};
const flags = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'flags', namespace: 'shop' },
  data: { beta: 'off' },
};
const chart: ChartOfTest = { plane: 'karmada', path: 'shop', objects: [cart, flags] };

beforeAll(async () => {
  testbed = await startApiServer();
  karmada = liveServer('karmada', testbed);
  double = await KarmadaDouble.on(karmada, testbed);
  testbed.kubectl(['create', 'namespace', 'shop']);
  const ready = { status: 'True', reason: 'ClusterReady', message: 'well' };
  await double.member('paris', ready);
  await double.member('tokyo', ready);
});

afterAll(async () => {
  await karmada?.close();
  await testbed?.stop();
});

function status(more = '') {
  return cdk8sKarmada(`status -f app.k8s.yaml --karmada-kubeconfig ${testbed.kubeconfig} ${more}`, {
    files: { 'app.k8s.yaml': synthesized(chart) },
    columns: 120,
  });
}

test('before anything is applied all is missing', async () => {
  const { code, stdout, stderr } = await status();
  expect([code, stderr]).toEqual([4, '']);
  expect(stdout).toContain('east: 0 ready, 3 missing\n');
  expect(stdout).toContain('  ✗ karmada: Deployment/shop/cart: it is not there\n');
});

test('each object, and each member of a template', async () => {
  await applyInput(inputOf([chart]), { karmada }, { toolVersion: '1.0.0', now: Date.now, wait: 'none' });
  const runs = { replicas: 1, readyReplicas: 1 };
  const sick = { health: 'Unhealthy', status: { ...runs, readyReplicas: 0 } } as const;
  await double.carry('Deployment', 'shop', 'cart', { members: { paris: { status: runs }, tokyo: sick } });
  await double.carry('ConfigMap', 'shop', 'flags', { members: { paris: { health: 'Unknown' } } });
  const { code, stdout } = await status();
  expect(code).toBe(5);
  expect(stdout.replace(/\d+ s/g, 'N s').replace(/ +$/gm, '')).toBe(`east: 2 ready, 1 not ready, last applied N s ago

  … karmada: Deployment/shop/cart: tokyo: unhealthy 0/1

  KIND        NAME           PLANE    READY  CLUSTERS         AGE
  Namespace   cdk8s-karmada  karmada  ✓      -                N s
  ConfigMap   shop/flags     karmada  ✓      paris ✓          N s
  Deployment  shop/cart      karmada  …      paris ✓ tokyo …  N s
`);
});

test('--drift says who changed what since; status writes nothing', async () => {
  const patch = JSON.stringify({ data: { beta: 'on' } });
  testbed.kubectl([
    'patch',
    'configmap',
    'flags',
    '-n',
    'shop',
    '--field-manager=kubectl-edit',
    '--type=merge',
    '-p',
    patch,
  ]);
  const versions = () =>
    testbed.kubectl([
      'get',
      'configmaps,deployments,namespaces',
      '-A',
      '-o',
      'jsonpath={.items[*].metadata.resourceVersion}',
    ]);
  const before = versions();
  const { code, stdout } = await status('--drift -o json');
  expect(code).toBe(2);
  const { objects, totals, schema, instance } = JSON.parse(stdout);
  expect([schema, instance, totals]).toEqual([
    '1',
    'east',
    { ready: 2, notReady: 1, failed: 0, missing: 0, drifted: 1 },
  ]);
  const drifted = objects.filter(({ drift }: any) => drift.length).map(({ key, drift }: any) => [key.name, drift]);
  const at = expect.stringMatching(/^20/);
  const manager = expect.stringContaining('kubectl-edit');
  const conflicts = [{ path: 'data.beta', manager, live: 'on', time: at }];
  expect(drifted).toEqual([['flags', [{ layer: 'template', changes: [], conflicts, by: 'kubectl-edit', at }]]]);
  expect(versions()).toBe(before);
});

test('what somebody deleted is missing', async () => {
  testbed.kubectl(['delete', 'configmap', 'flags', '-n', 'shop']);
  const { code, stdout } = await status();
  expect(code).toBe(4);
  expect(stdout).toContain('  ✗ karmada: ConfigMap/shop/flags: it is not there\n');
});
