import { type ApplyOptions, applyInput, planLive } from '../../../cli/apply/engine';
import { type ChartOfTest, inputOf } from '../../cli/apply/engine-input';
import { type LiveServer, liveServer } from '../live-server';
import { startApiServer, type TestServer } from '../testbed';

let testbed: TestServer;
let karmada: LiveServer;

beforeAll(async () => {
  testbed = await startApiServer();
  karmada = liveServer('karmada', testbed);
  testbed.kubectl(['create', 'namespace', 'shop']);
});

afterAll(async () => {
  await karmada?.close();
  await testbed?.stop();
});

const configMap = (name: string, data: object): any => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
  data,
});

function deployment(name: string, spec: object = {}, container: object = {}): any {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'nginx:1', ...container }] } },
      ...spec,
    },
  };
}

const chart = (path: string, ...objects: any[]): ChartOfTest => ({ plane: 'karmada', path, objects });
const OPTIONS: ApplyOptions = { toolVersion: '1.0.0', now: Date.now, wait: 'none' };

async function planned(path: string, object: any) {
  const plan = await planLive(inputOf([chart(path, object)]), { karmada }, OPTIONS);
  const [{ action, changes, conflicts, notes }] = plan.objects.filter(({ key }) => key.name === object.metadata.name);
  const timeless = notes.map((note) => note.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/, '<time>'));
  return { action, changes, conflicts, notes: timeless };
}

const applied = (path: string, object: any, server: any = karmada) =>
  applyInput(inputOf([chart(path, object)]), { karmada: server }, OPTIONS);

const live = (kind: string, name: string) =>
  JSON.parse(testbed.kubectl(['get', kind, name, '-n', 'shop', '-o', 'json', '--show-managed-fields']));

const managers = (object: any) =>
  object.metadata.managedFields.map(({ manager, operation }: any) => `${manager} ${operation}`).sort();

const clientSide = (object: any) => testbed.kubectl(['apply', '-f', '-'], JSON.stringify(object));

const NOTE =
  '"kubectl-client-side-apply" applied it on <time> from a client: what it set is the chart\'s from now on, and what of it the code does not name goes';

test('F18 what kubectl applied from a client is taken over in sight: its old fields go, and so does what leaves the code later', async () => {
  clientSide(configMap('first', { a: '1', b: '2', c: '3' }));
  const code = configMap('first', { a: '1', c: '3' });
  expect(await planned('first', code)).toEqual({
    action: 'update',
    changes: [
      { path: 'data.b', kind: 'remove', from: '2' },
      {
        path: 'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
        kind: 'remove',
        from: expect.any(String),
      },
      { path: 'metadata.labels["applyset.kubernetes.io/part-of"]', kind: 'add', to: expect.any(String) },
    ],
    conflicts: [],
    notes: [NOTE],
  });
  expect((await applied('first', code)).exitCode).toBe(0);
  const now = live('configmap', 'first');
  expect([now.data, now.metadata.annotations, managers(now)]).toEqual([
    { a: '1', c: '3' },
    undefined,
    ['cdk8s-karmada Apply', 'cdk8s-karmada-applyset Apply'],
  ]);
  expect((await planned('first', code)).action).toBe('unchanged');
  expect((await applied('first', configMap('first', { a: '1' }))).exitCode).toBe(0);
  expect(live('configmap', 'first').data).toEqual({ a: '1' });
});

test('defaults of the server are no changes; what of a Deployment goes is shown, and goes', async () => {
  clientSide(deployment('shaped', { replicas: 4, minReadySeconds: 5 }, { env: [{ name: 'A', value: '1' }] }));
  const code = deployment('shaped', { replicas: 4 });
  const plan = await planned('shaped', code);
  expect(plan.changes.filter(({ path }) => !path.startsWith('metadata.'))).toEqual([
    { path: 'spec.minReadySeconds', kind: 'remove', from: 5 },
    { path: 'spec.template.spec.containers[name=main].env[name=A].name', kind: 'remove', from: 'A' },
    { path: 'spec.template.spec.containers[name=main].env[name=A].value', kind: 'remove', from: '1' },
  ]);
  await applied('shaped', code);
  const { spec } = live('deployment', 'shaped');
  expect([spec.replicas, spec.minReadySeconds, spec.template.spec.containers[0].env]).toEqual([
    4,
    undefined,
    undefined,
  ]);
  await applied('shaped', deployment('shaped'));
  expect(live('deployment', 'shaped').spec.replicas).toBe(1); // its default: nobody else owns it any more
});

test('another value is a change and no conflict; one that somebody else set stays one', async () => {
  clientSide(configMap('second', { a: '1', b: '1' }));
  expect((await planned('second', configMap('second', { a: '2', b: '1' }))).changes).toContainEqual({
    ...{ path: 'data.a', kind: 'change', from: '1', to: '2' },
  });
  const edit = ['patch', 'configmap', 'second', '-n', 'shop', '--field-manager=their-team', '--type=merge'];
  testbed.kubectl([...edit, '-p', '{"data":{"b":"theirs"}}']);
  const { action, conflicts } = await planned('second', configMap('second', { a: '2', b: '1' }));
  expect([action, conflicts.map(({ path, manager }) => [path, manager])]).toEqual([
    'conflict',
    [['data.b', 'their-team']],
  ]);
  await expect(applied('second', configMap('second', { a: '2', b: '1' }))).rejects.toMatchObject({ exitCode: 6 });
  expect((await applied('second', configMap('second', { a: '2' }))).exitCode).toBe(0);
  expect(live('configmap', 'second').data).toEqual({ a: '2', b: 'theirs' });
});

test('one patch moves the record of its owners, and only of the version that was looked at', async () => {
  clientSide(configMap('raced', { a: '1', b: '2' }));
  const patches: any[] = [];
  const racing = {
    ...karmada,
    request: (request: any) => {
      if (request.contentType === 'application/json-patch+json') {
        patches.push(request);
        if (patches.length === 1) testbed.kubectl(['label', 'configmap', 'raced', '-n', 'shop', 'touched=yes']);
      }
      return karmada.request(request);
    },
  };
  expect((await applied('raced', configMap('raced', { a: '1' }), racing)).exitCode).toBe(0);
  expect(patches.map(({ body }) => body.map(({ op, path }: any) => `${op} ${path}`))).toEqual(
    Array(2).fill(['test /metadata/resourceVersion', 'replace /metadata/managedFields']),
  );
  const now = live('configmap', 'raced');
  expect([now.data, now.metadata.labels.touched, managers(now)]).toEqual([
    { a: '1' },
    'yes',
    ['cdk8s-karmada Apply', 'cdk8s-karmada-applyset Apply', 'kubectl-label Update'],
  ]);
});

test('what was there before anybody was recorded: what the code names is ours alone, the rest stays whose it was', async () => {
  clientSide(configMap('bare', { a: '1', b: '2', c: '3' }));
  const bare = ['--type=merge', '-p', '{"metadata":{"managedFields":[{}],"annotations":null}}'];
  testbed.kubectl(['patch', 'configmap', 'bare', '-n', 'shop', ...bare]);
  const code = configMap('bare', { a: '1', b: '2' });
  await applied('bare', code);
  expect(managers(live('configmap', 'bare'))).toEqual([
    'before-first-apply Update',
    'cdk8s-karmada Apply',
    'cdk8s-karmada-applyset Apply',
  ]);
  expect((await planned('bare', code)).action).toBe('unchanged');
  await applied('bare', configMap('bare', { a: '1' }));
  expect(live('configmap', 'bare').data).toEqual({ a: '1', c: '3' });
});

test('of a Secret no value is shown', async () => {
  const secret = (data: object) => ({ ...configMap('pin', data), kind: 'Secret' });
  clientSide(secret({ pin: 'aHVudGVyMg==', old: 'aHVudGVyMw==' }));
  const plan = await planned('pin', secret({ pin: 'aHVudGVyMg==' }));
  expect(plan.changes).toContainEqual({ path: 'data.old', kind: 'remove', masked: true });
  expect(JSON.stringify(plan)).not.toMatch(/aHVudGVy|hunter/);
});
