import { type ApplyOptions, applyInput, planLive } from '../../../cli/apply/engine';
import type { ApplyEvent } from '../../../cli/plan/progress';
import { type ChartOfTest, inputOf, synthesized } from '../../cli/apply/engine-input';
import { cdk8sKarmada } from '../../cli/commands/terminal';
import { KarmadaDouble } from '../karmada-double';
import { type LiveServer, liveServer } from '../live-server';
import { startApiServer, type TestServer } from '../testbed';

let testbed: TestServer;
let karmada: LiveServer;
let double: KarmadaDouble;

// client-node is an ES module, which jest cannot load: the same server with credentials of the test
jest.mock('../../../cli/apply/http-api-server', () => ({
  ...jest.requireActual('../../../cli/apply/http-api-server'),
  connect: (plane: 'host' | 'karmada') => liveServer(plane, testbed),
}));

beforeAll(async () => {
  testbed = await startApiServer();
  karmada = liveServer('karmada', testbed);
  double = await KarmadaDouble.on(karmada, testbed);
  testbed.kubectl(['create', 'namespace', 'shop']);
  const ready = { status: 'True', reason: 'ClusterReady', message: 'cluster is healthy' };
  await double.member('paris', ready);
  await double.member('tokyo', ready);
});

afterAll(async () => {
  await karmada?.close();
  await testbed?.stop();
});

const object = (apiVersion: string, kind: string, name: string, rest: object): any => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  ...rest,
});

const pod = (app: string, image = 'nginx:1') => ({
  metadata: { labels: { app } },
  spec: { containers: [{ name: 'main', image }] },
});

const deployment = (name: string, app: string) =>
  object('apps/v1', 'Deployment', name, {
    spec: { replicas: 3, selector: { matchLabels: { app } }, template: pod(app) },
  });

const job = (name: string, image: string) => {
  const { metadata, spec } = pod(name, image);
  return object('batch/v1', 'Job', name, {
    spec: { template: { metadata, spec: { ...spec, restartPolicy: 'Never' } } },
  });
};

const chart = (path: string, ...objects: any[]): ChartOfTest => ({ plane: 'karmada', path, objects });

const OPTIONS: ApplyOptions = { toolVersion: '1.0.0', now: Date.now, wait: 'none' };

const plan = (charts: readonly ChartOfTest[], more: Partial<ApplyOptions> = {}) =>
  planLive(inputOf(charts), { karmada }, { ...OPTIONS, ...more });

async function apply(charts: readonly ChartOfTest[], more: Partial<ApplyOptions> = {}, server = karmada) {
  const events: ApplyEvent[] = [];
  const tell = (event: ApplyEvent) => void events.push(event);
  const summary = await applyInput(inputOf(charts), { karmada: server }, { ...OPTIONS, tell, ...more });
  return { summary, events };
}

const live = (kind: string, name: string) =>
  JSON.parse(testbed.kubectl(['get', kind, name, '-n', 'shop', '-o', 'json', '--ignore-not-found']) || 'null');

const run = (words: string, charts: readonly ChartOfTest[]) =>
  cdk8sKarmada(`${words} -f in.yaml --karmada-kubeconfig ${testbed.kubeconfig}`, {
    files: { 'in.yaml': synthesized(...charts) },
  });

test('a field that cannot change is a replacement in the plan: field, reason, what is lost; apply wants it named', async () => {
  await apply([chart('shown', deployment('shown', 'old'))]);
  await double.carry('Deployment', 'shop', 'shown', { members: { paris: {}, tokyo: {} } });
  const next = [chart('shown', deployment('shown', 'new'))];
  const { code, stdout } = await run('plan', next);
  expect(code).toBe(2);
  expect(stdout).toMatch(/^ {2}± 1 replace .*= 1 unchanged$/m);
  expect(stdout).toContain(`Needs a decision: apply writes nothing
  ± replace  karmada: Deployment/shop/shown                            shown/shown
      spec.selector.matchLabels.app  "old" → "new"   field is immutable
      it is deleted and made anew; its pods are gone meanwhile
      with it Karmada deletes its copies on paris, tokyo, and makes them anew
      fix: allow it with --replace Deployment/shop/shown
`);
  karmada.asked.length = 0;
  const refused = await run('apply --yes', next);
  expect([refused.code, refused.stderr.slice(refused.stderr.indexOf('error: '))]).toEqual([
    6,
    `error: karmada: Deployment/shop/shown has to be replaced: spec.selector.matchLabels.app (field is immutable)
  at shown/shown (in.yaml, document 3)
  fix: allow it with --replace Deployment/shop/shown, or take the change back; nothing was written
`,
  ]);
  expect(live('deployment', 'shown').spec.selector.matchLabels.app).toBe('old');

  const before = live('deployment', 'shown').metadata;
  const applied = await run('apply --yes --wait none --replace Deployment/shop/shown', next);
  expect([applied.code, applied.stderr, applied.stdout]).toEqual([
    0,
    expect.stringContaining('karmada  replaced   Deployment/shop/shown'),
    expect.stringContaining('Applied: 1 replaced, 1 unchanged'),
  ]);
  expect(live('deployment', 'shown').spec.selector.matchLabels.app).toBe('new');
  expect(live('deployment', 'shown').metadata.uid).not.toBe(before.uid);
  expect((await plan(next)).totals).toMatchObject({ replace: 0, unchanged: 2 });
});

test('what is deleted is what was looked at: its UID and version', async () => {
  await apply([chart('bound', deployment('bound', 'old'))]);
  const { uid, resourceVersion } = live('deployment', 'bound').metadata;
  karmada.asked.length = 0;
  await apply([chart('bound', deployment('bound', 'new'))], { replace: ['Deployment/shop/bound'] });
  expect(karmada.asked.filter(({ method }) => method === 'DELETE').map(({ body }: any) => body.preconditions)).toEqual([
    { uid, resourceVersion },
  ]);
});

test('F13 which fields cannot change is found by asking the server, whatever its words', async () => {
  const before = [
    job('wordy', 'nginx:1'),
    object('v1', 'ConfigMap', 'fixed', { data: { a: '1' }, immutable: true }),
    object('v1', 'Secret', 'typed', { type: 'Opaque', data: { password: 'aHVudGVyMg==' } }),
    object('v1', 'Service', 'addressed', { spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } }),
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'bound', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'one' },
      subjects: [{ kind: 'User', name: 'ada', apiGroup: 'rbac.authorization.k8s.io' }],
    }),
    object('apps/v1', 'StatefulSet', 'named', {
      spec: { serviceName: 'one', selector: { matchLabels: { app: 'named' } }, template: pod('named') },
    }),
  ];
  await apply([chart('wordings', ...before)]);
  const after = structuredClone(before);
  after[0].spec.template.spec.containers[0].image = 'nginx:2';
  after[1].data.a = '2';
  after[2].type = 'example.io/other';
  after[3].spec.clusterIP = 'None';
  after[4].roleRef.name = 'two';
  after[5].spec.serviceName = 'two';
  const { objects } = await plan([chart('wordings', ...after)]);
  const field = (path: string, from: unknown, to: unknown, why: string) => [{ path, from, to, why }];
  const found = new Map(objects.map(({ key, refusal, replacement }) => [key.name, replacement?.fields ?? refusal]));
  expect(Object.fromEntries([...found].slice(1))).toEqual({
    bound: field('roleRef.name', 'one', 'two', 'cannot change roleRef'),
    fixed: field('data.a', '1', '2', 'field is immutable when `immutable` is set'),
    typed: field('type', 'Opaque', 'example.io/other', 'cannot be changed'),
    wordy: field('spec.template.spec.containers[name=main].image', 'nginx:1', 'nginx:2', 'field is immutable'),
    addressed: field('spec.clusterIPs[0]', expect.stringMatching(/^10\./), 'None', 'may not change once set'),
    named: field(
      'spec.serviceName',
      'one',
      'two',
      expect.stringContaining('updates to statefulset spec for fields other'),
    ),
  });
  expect(JSON.stringify(objects)).not.toMatch(/hunter2|aHVudGVyMg/);
  expect(objects.find(({ key }) => key.kind === 'Job')?.replacement?.losses).toContain(
    'it runs again, and what it has finished is forgotten',
  );
});

test('a rule of a CRD that forbids a change is one, too', async () => {
  const schema = {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        properties: {
          mode: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'mode stays' }] },
        },
      },
    },
  };
  const names = { kind: 'Gauge', listKind: 'GaugeList', plural: 'gauges', singular: 'gauge' };
  const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }];
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'gauges.example.io' },
    spec: { group: 'example.io', names, scope: 'Namespaced', versions },
  };
  const gauge = (mode: string) => object('example.io/v1', 'Gauge', 'one', { spec: { mode } });
  await apply([chart('ruled', definition, gauge('a'))]);
  const { objects } = await plan([chart('ruled', definition, gauge('b'))]);
  expect(objects.at(-1)?.replacement?.fields).toEqual([{ path: 'spec.mode', from: 'a', to: 'b', why: 'mode stays' }]);
});

test('F12 what a policy denies is never got round by replacing; nor is what would be refused anew', async () => {
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'no-change' },
    spec: {
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['configmaps'] }],
        objectSelector: { matchLabels: { guarded: 'yes' } },
      },
      validations: [{ expression: 'object.data.a == oldObject.data.a', message: 'a is immutable here' }],
    },
  };
  const binding = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'no-change' },
    spec: { policyName: 'no-change', validationActions: ['Deny'] },
  };
  testbed.kubectl(['create', '-f', '-'], [policy, binding].map((each) => JSON.stringify(each)).join('\n---\n'));
  const guarded = (a: string) => {
    const made = object('v1', 'ConfigMap', 'guarded', { data: { a } });
    return { ...made, metadata: { ...made.metadata, labels: { guarded: 'yes' } } };
  };
  await apply([chart('guarded', guarded('1'), deployment('both', 'old'))]);
  const wrong = deployment('both', 'new');
  wrong.spec.template.metadata.labels.app = 'neither';
  let last: any[] = [];
  for (let n = 0; n < 40; n++) {
    last = (await plan([chart('guarded', guarded('2'), wrong)])).objects.slice(1) as any[];
    if (last[0].action === 'refused') break;
    await new Promise((resolve) => setTimeout(resolve, 250)); // a policy takes effect a moment after it was made
  }
  expect(last.map(({ action, refusal }) => [action, refusal?.message])).toEqual([
    ['refused', expect.stringContaining('a is immutable here')],
    ['refused', expect.stringContaining('spec.template.metadata.labels')],
  ]);
});

test('what holds data, or all of a namespace or a kind, is never replaced', async () => {
  const claim = (size: string) =>
    object('v1', 'PersistentVolumeClaim', 'disk', {
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } } },
    });
  const set = (serviceName: string) =>
    object('apps/v1', 'StatefulSet', 'store', {
      spec: {
        serviceName,
        selector: { matchLabels: { app: 'store' } },
        template: pod('store'),
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
      },
    });
  await apply([chart('heavy', claim('2Gi'), set('one'))]);
  const next = [chart('heavy', claim('1Gi'), set('two'))];
  const { objects } = await plan(next, { replace: ['PersistentVolumeClaim/shop/disk', 'StatefulSet/shop/store'] });
  expect(objects.slice(1).map(({ action, refusal }) => [action, refusal?.message])).toEqual([
    ['refused', expect.stringMatching(/; it is never replaced: it holds data$/)],
    ['refused', expect.stringMatching(/; it is never replaced: its volume claims would be deleted with it$/)],
  ]);
});

test('F14 an object that a finalizer holds is not made anew half-way; when it is let go, the next run makes it', async () => {
  const held = deployment('held', 'old');
  held.metadata.finalizers = ['example.io/hold'];
  await apply([chart('held', held)]);
  const next = [chart('held', deployment('held', 'new'))];
  const { uid } = live('deployment', 'held').metadata;
  const { summary } = await apply(next, { replace: ['Deployment/shop/held'], leavingMs: 1500 });
  expect([summary.exitCode, summary.problems.map(({ message }) => message)]).toEqual([
    4,
    ['Deployment/shop/held is still being deleted (finalizers: example.io/hold)'],
  ]);
  expect(live('deployment', 'held').metadata).toMatchObject({ uid, deletionTimestamp: expect.any(String) });
  const free = ['--type=json', '-p', '[{"op":"remove","path":"/metadata/finalizers"}]'];
  testbed.kubectl(['patch', 'deployment', 'held', '-n', 'shop', ...free]);
  expect((await apply(next)).summary).toMatchObject({ exitCode: 0, created: 1 });
  expect(live('deployment', 'held').spec.selector.matchLabels.app).toBe('new');
});

test('what ended between deleting and making anew goes on with the next run, also of a saved plan', async () => {
  await apply([chart('killed', deployment('killed', 'old'))]);
  const next = [chart('killed', deployment('killed', 'new'))];
  const dead = {
    ...karmada,
    request: async (request: any) => {
      const answer = await karmada.request(request);
      if (request.method === 'DELETE') throw new Error('killed');
      return answer;
    },
  };
  await expect(apply(next, { replace: ['Deployment/shop/killed'] }, dead)).rejects.toThrow('killed');
  expect(live('deployment', 'killed')).toBeNull();
  // without being allowed anew: there is nothing left to delete
  expect((await apply(next)).summary).toMatchObject({ exitCode: 0, created: 1 });
  expect((await plan(next)).totals).toMatchObject({ unchanged: 2 });
});

test('somebody else was quicker: what changed since is not deleted; a new status is no change', async () => {
  await apply([chart('raced', deployment('raced', 'old'))]);
  const next = [chart('raced', deployment('raced', 'new'))];
  const meddling = (args: string[]) => ({
    ...karmada,
    request: async (request: any) => {
      if (request.method === 'DELETE' && args.length) testbed.kubectl(args.splice(0));
      return karmada.request(request);
    },
  });
  const patch = (...words: string[]) => ['patch', 'deployment', 'raced', '-n', 'shop', '--type=merge', ...words];
  const { summary } = await apply(
    next,
    { replace: ['Deployment/shop/raced'] },
    meddling(patch('-p', '{"spec":{"paused":true}}')),
  );
  expect(summary.problems.map(({ message }) => message)).toEqual([
    'it has changed since it was looked at (spec.paused): it was not deleted',
  ]);
  const status = patch('--subresource=status', '-p', '{"status":{"replicas":3}}');
  expect((await apply(next, { replace: ['Deployment/shop/raced'] }, meddling(status))).summary).toMatchObject({
    exitCode: 0,
    replaced: 1,
  });
});

test('the object itself may say that it is replaced', async () => {
  const saying = (image: string) => {
    const made = job('saying', image);
    made.metadata.annotations = { 'cdk8s-karmada.io/replace': 'allowed' };
    return made;
  };
  await apply([chart('saying', saying('nginx:1'))]);
  expect((await apply([chart('saying', saying('nginx:2'))])).summary).toMatchObject({ exitCode: 0, replaced: 1 });
  expect(live('job', 'saying').metadata.annotations?.['cdk8s-karmada.io/replace']).toBeUndefined();
});
