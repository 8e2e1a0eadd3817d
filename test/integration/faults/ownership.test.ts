import { chart, configMap, namespace, PruneServers } from './prune-servers';

let servers: PruneServers;

beforeAll(async () => {
  servers = await PruneServers.start();
  servers.create(namespace('shop'));
});

afterAll(() => servers?.stop());

const deployment = (name: string, replicas?: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: {
    ...(replicas === undefined ? {} : { replicas }),
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, image: 'registry.example/web:1' }] },
    },
  },
});
const ready = { wait: 'none' } as const;
const replicasOf = (name: string) =>
  servers.kubectl('get', 'deployment', name, '-n', 'shop', '-o', 'jsonpath={.spec.replicas}');
const scale = (name: string, replicas: number) =>
  servers.kubectl('scale', 'deployment', name, '-n', 'shop', `--replicas=${replicas}`);

test('F16 a field that leaves the code and that nobody else owns falls back to its default: the plan warns', async () => {
  await servers.apply([chart('f16', deployment('f16', 7))], ready);
  const next = [chart('f16', deployment('f16'))];
  const { objects } = await servers.plan(next);
  expect(objects.find(({ key }) => key.name === 'f16')).toMatchObject({
    action: 'update',
    changes: [{ path: 'spec.replicas', kind: 'change', from: 7, to: 1 }],
    notes: [
      'spec.replicas left the code, and nobody else owns it: its server sets it from 7 to 1; let its new owner set it first',
    ],
  });
  // who is to own it sets it first: then nothing falls back
  servers.karmadaServer.kubectl(
    ['apply', '--server-side', '--field-manager=autoscaler', '-f', '-'],
    JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'f16', namespace: 'shop' },
      spec: { replicas: 7 },
    }),
  );
  expect((await servers.plan(next)).objects.find(({ key }) => key.name === 'f16')).toMatchObject({
    action: 'update',
    changes: [],
    notes: ['only who owns its fields changes'],
  });
  await servers.apply(next, ready);
  expect(replicasOf('f16')).toBe('7');
  expect((await servers.plan(next)).totals).toMatchObject({ update: 0, unchanged: 2 });
});

test('F17 what somebody else changed is a conflict with its owner; left out of the code, their value stays', async () => {
  await servers.apply([chart('f17', deployment('f17', 2))], ready);
  scale('f17', 5);
  const { objects } = await servers.plan([chart('f17', deployment('f17', 2))]);
  expect(objects.find(({ key }) => key.name === 'f17')).toMatchObject({
    action: 'conflict',
    conflicts: [{ path: 'spec.replicas', manager: expect.stringContaining('kubectl') }],
  });
  expect((await servers.apply([chart('f17', deployment('f17'))], ready)).summary).toMatchObject({ failed: 0 });
  expect(replicasOf('f17')).toBe('5');
});

test('F19 a key that leaves the stringData of a Secret leaves the Secret', async () => {
  const secret = (stringData: any) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'f19', namespace: 'shop' },
    stringData,
  });
  await servers.apply([chart('f19', secret({ a: '1', b: '2' }), configMap('f19-rest'))]);
  await servers.apply([chart('f19', secret({ a: '1' }), configMap('f19-rest'))]);
  expect(servers.kubectl('get', 'secret', 'f19', '-n', 'shop', '-o', 'jsonpath={.data}')).toBe('{"a":"MQ=="}');
});
