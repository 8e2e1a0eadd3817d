import { Answers } from '../../cli/apply/dry-run';
import { type ApplyOptions, applyInput, planLive } from '../../cli/apply/engine';
import { CommandError } from '../../cli/plan/command-error';
import type { ApplyEvent } from '../../cli/plan/progress';
import { type ChartOfTest, inputOf, setOf } from '../cli/apply/engine-input';
import { fastClock } from './live-server';
import { type PlainClient, plainClient } from './plain-client';
import { startApiServer, type TestServer } from './testbed';

let hostServer: TestServer;
let karmadaServer: TestServer;
let host: PlainClient;
let karmada: PlainClient;

beforeAll(async () => {
  [hostServer, karmadaServer] = await Promise.all([startApiServer(), startApiServer()]);
  host = plainClient('host', hostServer);
  karmada = plainClient('karmada', karmadaServer);
});

afterAll(async () => {
  await Promise.all([host?.close(), karmada?.close()]);
  await Promise.all([hostServer?.stop(), karmadaServer?.stop()]);
});

const options: ApplyOptions = { toolVersion: '1.0.0', now: Date.now, wait: 'none' };

const deployment = (name: string, namespace: string, image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace, labels: { app: name } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [{ name: 'main', image, ports: [{ containerPort: 80 }], resources: { limits: { cpu: '1' } } }],
      },
    },
  },
});

const configMap = (name: string, namespace: string, data: any) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});

const widgets = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.io' },
  spec: {
    group: 'example.io',
    names: { kind: 'Widget', listKind: 'WidgetList', plural: 'widgets', singular: 'widget' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: { size: { type: 'integer' }, colour: { type: 'string', default: 'red' } },
              },
            },
          },
        },
      },
    ],
  },
};

const instance: ChartOfTest = {
  plane: 'host',
  path: 'app/east',
  objects: [
    { ...configMap('settings', 'karmada-system', { level: '2' }), $wave: 0 },
    { ...deployment('karmada-apiserver', 'karmada-system', 'registry.k8s.io/kube-apiserver:v1.35.2'), $wave: 3 },
  ],
};

const shop: ChartOfTest = {
  plane: 'karmada',
  path: 'app/shop',
  objects: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    { apiVersion: 'example.io/v1', kind: 'Widget', metadata: { name: 'gear', namespace: 'shop' }, spec: { size: 4 } },
    widgets,
    deployment('web', 'shop', 'nginx:1.29'),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', namespace: 'shop' },
      stringData: { password: 'correct horse' },
    },
    configMap('flags', 'shop', { beta: 'on' }),
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'shop:reader', namespace: 'ignored' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    },
  ],
};

/** Everything on a server that could have been written, with its resourceVersion. */
function versions(server: TestServer): string {
  const kinds = 'configmaps,secrets,namespaces,deployments,crds,clusterroles';
  const columns = 'KIND:.kind,NS:.metadata.namespace,NAME:.metadata.name,RV:.metadata.resourceVersion';
  return server.kubectl(['get', kinds, '-A', '-o', `custom-columns=${columns}`]);
}

async function applied(charts: readonly ChartOfTest[], more: Partial<ApplyOptions> = {}) {
  const events: ApplyEvent[] = [];
  const input = inputOf(charts);
  const summary = await applyInput(
    input,
    { host, karmada },
    { ...options, ...more, tell: (event) => events.push(event) },
  );
  return { input, summary, events };
}

test('the plan on empty servers is all create, and writes nothing', async () => {
  const before = [hostServer, karmadaServer].map(versions);
  const plan = await planLive(inputOf([instance, shop]), { host, karmada }, options);
  expect(plan.totals).toEqual({
    create: 11,
    update: 0,
    replace: 0,
    unchanged: 0,
    conflict: 0,
    refused: 0,
    records: 2,
    issue: 0,
    prune: 0,
    withdraw: 0,
    keep: 0,
  });
  expect(plan.planes).toEqual([
    { plane: 'host', name: 'the testbed', url: hostServer.url, version: expect.stringMatching(/^v1\./) },
    { plane: 'karmada', name: 'the testbed', url: karmadaServer.url, version: expect.stringMatching(/^v1\./) },
  ]);
  expect(plan.objects.map(({ key, wave, notes }) => [wave, key.kind, key.name, ...notes])).toEqual([
    [0, 'Namespace', 'karmada-system'],
    [0, 'ConfigMap', 'settings', 'not checked: its namespace is created in this plan'],
    [3, 'Deployment', 'karmada-apiserver', 'not checked: its namespace is created in this plan'],
    [7, 'Namespace', 'cdk8s-karmada'],
    [7, 'Namespace', 'shop'],
    [7, 'CustomResourceDefinition', 'widgets.example.io'],
    [7, 'ClusterRole', 'shop:reader'],
    [7, 'Secret', 'login', 'not checked: its namespace is created in this plan'],
    [7, 'ConfigMap', 'flags', 'not checked: its namespace is created in this plan'],
    [7, 'Widget', 'gear', 'not checked: its CRD is created in this plan'],
    [7, 'Deployment', 'web', 'not checked: its namespace is created in this plan'],
  ]);
  expect([hostServer, karmadaServer].map(versions)).toEqual(before);
});

test('one run creates everything on both servers, a CRD and an object of its kind included', async () => {
  const { summary } = await applied([instance, shop]);
  expect(summary).toEqual({
    created: 11,
    updated: 0,
    replaced: 0,
    unchanged: 0,
    failed: 0,
    blocked: 0,
    issued: 0,
    pruned: 0,
    withdrawn: 0,
    unpruned: 0,
    exitCode: 0,
    problems: [],
    unready: [],
    interrupted: false,
    elapsedMs: expect.any(Number),
  });
  const gear = JSON.parse(karmadaServer.kubectl(['get', 'widget', 'gear', '-n', 'shop', '-o', 'json']));
  expect(gear.spec).toEqual({ size: 4, colour: 'red' });
  expect(gear.metadata.annotations).toBeUndefined();
});

test('kubectl reads the ApplySet', async () => {
  const id = setOf(inputOf([instance, shop]), 'app/shop');
  const kinds = 'deployments,secrets,configmaps,widgets,clusterroles,crds,namespaces';
  const names = karmadaServer.kubectl(['get', kinds, '-A', '-l', `applyset.kubernetes.io/part-of=${id}`, '-o', 'name']);
  expect(names.trim().split('\n').sort()).toEqual([
    'clusterrole.rbac.authorization.k8s.io/shop:reader',
    'configmap/flags',
    'customresourcedefinition.apiextensions.k8s.io/widgets.example.io',
    'deployment.apps/web',
    'namespace/shop',
    'secret/login',
    'widget.example.io/gear',
  ]);
  const parent = JSON.parse(
    karmadaServer.kubectl([
      'get',
      'configmap',
      'east-app-shop-karmada',
      '-n',
      'cdk8s-karmada',
      '-o',
      'json',
      '--show-managed-fields',
    ]),
  );
  expect(parent.metadata.annotations).toEqual({
    'applyset.kubernetes.io/additional-namespaces': 'shop',
    'applyset.kubernetes.io/contains-group-kinds':
      'ClusterRole.rbac.authorization.k8s.io,ConfigMap,CustomResourceDefinition.apiextensions.k8s.io,Deployment.apps,Namespace,Secret,Widget.example.io',
    'applyset.kubernetes.io/tooling': 'cdk8s-karmada/1.0.0',
    'cdk8s-karmada.io/chart': 'app/shop',
    'cdk8s-karmada.io/instance': 'east',
    'cdk8s-karmada.io/server': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'cdk8s-karmada.io/target': 'karmada',
    'cdk8s-karmada.io/version': 'v1.18.2',
  });
  expect(parent.metadata.managedFields.map((entry: any) => entry.manager).sort()).toEqual([
    'cdk8s-karmada-applyset',
    'cdk8s-karmada-inventory',
  ]);
});

test('a second run writes nothing: it sends no PATCH, and no resourceVersion moves', async () => {
  const before = [hostServer, karmadaServer].map(versions);
  host.sent.length = 0;
  karmada.sent.length = 0;
  const { summary, input } = await applied([instance, shop]);
  expect(summary).toMatchObject({ created: 0, updated: 0, unchanged: 11, exitCode: 0 });
  expect([...host.sent, ...karmada.sent].filter(({ method }) => method !== 'GET')).toEqual([]);
  expect([hostServer, karmadaServer].map(versions)).toEqual(before);
  const plan = await planLive(input, { host, karmada }, options);
  expect(plan.sets.map(({ action, recorded }) => [action, recorded])).toEqual([
    ['unchanged', 3],
    ['unchanged', 7],
  ]);
  expect(plan.prunes).toEqual([]);
});

test('what was proven to be unchanged is: sending it all the same moves no resourceVersion', async () => {
  const before = versions(karmadaServer);
  const { objects } = inputOf([shop]).charts[0];
  const paths = karmada.sent.map(({ path }) => path);
  for (const { key, manifest } of objects.filter((object) => !object.shared && object.key.kind !== 'ClusterRole')) {
    const list = paths.find((path) => path.endsWith(`/${key.name}`)) ?? '';
    const request = {
      method: 'PATCH' as const,
      path: list,
      body: manifest,
      contentType: 'application/apply-patch+yaml',
    };
    const { status } = await karmada.request({ ...request, query: { fieldManager: 'cdk8s-karmada' } });
    expect([key.name, status]).toEqual([key.name, 200]);
  }
  expect(versions(karmadaServer)).toBe(before);
});

test('with --no-prune what leaves the code is named and left alone, and stays in the record', async () => {
  const less = { ...shop, objects: shop.objects.filter((object) => object.metadata.name !== 'flags') };
  const flags = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'flags' };
  const { summary, input } = await applied([instance, less], { prune: false });
  expect(summary).toMatchObject({ created: 0, updated: 0, unchanged: 10, exitCode: 0 });
  const plan = await planLive(input, { host, karmada }, { ...options, prune: false });
  expect(plan.sets.map(({ action }) => action)).toEqual(['unchanged', 'unchanged']);
  expect(plan.prunes).toEqual([
    {
      plane: 'karmada',
      chart: 'app/shop',
      key: flags,
      action: 'keep',
      path: 'app/shop/flags',
      reason: 'dropped from synth at construct app/shop/flags',
      why: 'nothing is deleted in this run (--no-prune)',
      notes: [],
    },
  ]);
  // as it is planned without it
  expect((await planLive(input, { host, karmada }, options)).prunes).toMatchObject([{ key: flags, action: 'prune' }]);
  expect(karmadaServer.kubectl(['get', 'configmap', 'flags', '-n', 'shop', '-o', 'jsonpath={.data}'])).toBe(
    '{"beta":"on"}',
  );
});

test('a change is shown by field, without values of Secrets, and only what changed is written', async () => {
  const changed = structuredClone(shop);
  changed.objects[3].spec.template.spec.containers[0].image = 'nginx:1.30';
  changed.objects[4].stringData.password = 'battery staple';
  const plan = await planLive(inputOf([instance, changed]), { host, karmada }, options);
  expect(
    plan.objects.filter(({ action }) => action !== 'unchanged').map(({ key, changes }) => [key.name, changes]),
  ).toEqual([
    ['login', [{ path: 'data.password', kind: 'change', masked: true }]],
    [
      'web',
      [
        {
          path: 'spec.template.spec.containers[name=main].image',
          kind: 'change',
          from: 'nginx:1.29',
          to: 'nginx:1.30',
        },
      ],
    ],
  ]);
  karmada.sent.length = 0;
  const { summary, events } = await applied([instance, changed]);
  expect(summary).toMatchObject({ created: 0, updated: 2, unchanged: 9, exitCode: 0 });
  const written = karmada.sent
    .filter(({ method, path }) => method !== 'GET' && !path.includes('/leases'))
    .map(({ path }) => path.split('/').pop());
  expect(written.sort()).toEqual(['login', 'login', 'web', 'web']); // a dry-run and a write of each
  expect(JSON.stringify(events)).not.toMatch(/battery|YmF0dGVyeSBzdGFwbGU/);
});

test('nobody is asked a second time in one command about what is still the same', async () => {
  karmadaServer.kubectl(['create', 'namespace', 'asked']);
  const three = ['one', 'two', 'three'].map((name) => configMap(name, 'asked', { a: '1' }));
  const answers = new Answers(Date.now);
  const offered = async (known?: Answers, objects = three) => {
    const code = inputOf([{ plane: 'karmada', path: 'app/asked', objects }]);
    karmada.sent.length = 0;
    await planLive(code, { karmada }, { ...options, answers: known });
    const asked = karmada.sent.filter(({ method, path }) => method === 'PATCH' && path.includes('/configmaps/'));
    return [...new Set(asked.map(({ path }) => path.split('/').pop()))].sort();
  };
  expect(await offered(answers)).toEqual(['one', 'three', 'two']);
  expect(await offered(answers)).toEqual([]);
  expect(await offered()).toEqual(['one', 'three', 'two']); // of another command
  expect(await offered(answers, [three[0], three[1], configMap('three', 'asked', { a: '2' })])).toEqual(['three']);
  const theirs = JSON.stringify(configMap('two', 'asked', { b: '2' }));
  karmadaServer.kubectl(['apply', '--server-side', '--field-manager=their-team', '-f', '-'], theirs);
  expect(await offered(answers, three.slice(0, 2))).toEqual(['two']);
  const later = new Answers(fastClock(10_000));
  expect(await offered(later)).toHaveLength(3);
  await new Promise((resolve) => setTimeout(resolve, 50)); // eight minutes of that clock
  expect(await offered(later)).toHaveLength(3);
});

test('what belongs to somebody else is a conflict: it is named, and nothing is written', async () => {
  karmadaServer.kubectl(['create', 'namespace', 'other']);
  karmadaServer.kubectl(
    ['apply', '--server-side', '--field-manager=their-team', '-f', '-'],
    JSON.stringify(configMap('theirs', 'other', { owner: 'them' })),
  );
  const ours: ChartOfTest = {
    plane: 'karmada',
    path: 'app/ours',
    objects: [configMap('fine', 'other', { a: '1' }), configMap('theirs', 'other', { owner: 'us' })],
  };
  const before = versions(karmadaServer);
  const error = await applied([ours]).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(CommandError);
  expect(error.exitCode).toBe(6);
  expect(error.message).toBe(
    [
      `karmada: ConfigMap/other/theirs is somebody else's in part: data.owner belongs to their-team`,
      '  at app/ours/theirs (dist/app.k8s.yaml, document 4)',
      '  fix: take these fields out of the code, or have the other manager give them up; nothing was written',
    ].join('\n'),
  );
  expect(versions(karmadaServer)).toBe(before);
});

test('an object of another ApplySet is a conflict too, also where no field differs', async () => {
  const taken = { ...configMap('taken', 'other', { a: '1' }) };
  const labelled = {
    ...taken,
    metadata: { ...taken.metadata, labels: { 'applyset.kubernetes.io/part-of': 'applyset-x-v1' } },
  };
  karmadaServer.kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify(labelled));
  const plan = await planLive(
    inputOf([{ plane: 'karmada', path: 'app/ours', objects: [taken] }]),
    { karmada },
    options,
  );
  expect(plan.objects[1]).toMatchObject({
    action: 'conflict',
    conflicts: [{ path: 'metadata.labels["applyset.kubernetes.io/part-of"]', manager: 'kubectl (set applyset-x-v1)' }],
  });
});

test('a wrong object is refused before anything is written, with all that is wrong', async () => {
  const before = versions(karmadaServer);
  const wrong: ChartOfTest = {
    plane: 'karmada',
    path: 'app/wrong',
    objects: [
      { ...configMap('typo', 'other', { a: '1' }), dta: {} },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'pin', namespace: 'other' }, data: { pin: 43219876 } },
      { apiVersion: 'example.io/v2', kind: 'Widget', metadata: { name: 'w', namespace: 'other' } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'nowhere' } },
    ],
  };
  const error = await applied([wrong]).catch((thrown) => thrown);
  expect(error.exitCode).toBe(3);
  expect(error.message).toBe(
    [
      'karmada: ConfigMap/other/typo is refused: the server answered 500: failed to create typed patch object (other/typo; /v1, Kind=ConfigMap): .dta: field not declared in schema',
      '  at app/wrong/typo (dist/app.k8s.yaml, document 3)',
      '  fix: correct the code and synthesize again; nothing was written',
      'karmada: Secret/other/pin is refused: data.pin is not base64: give the value as stringData, or encode it',
      '  at app/wrong/pin (dist/app.k8s.yaml, document 4)',
      '  fix: correct the code and synthesize again; nothing was written',
      'karmada: ConfigMap/nowhere is refused: a ConfigMap needs a metadata.namespace',
      '  at app/wrong/nowhere (dist/app.k8s.yaml, document 6)',
      '  fix: correct the code and synthesize again; nothing was written',
      'karmada: Widget/other/w is refused: karmada does not serve Widget of example.io/v2; it serves example.io/v1',
      '  at app/wrong/w (dist/app.k8s.yaml, document 5)',
      '  fix: install what serves it, or correct apiVersion and kind; nothing was written',
    ].join('\n'),
  );
  expect(versions(karmadaServer)).toBe(before);
});

test('a gate that does not open in time ends the run with the list of what is not ready', async () => {
  const second: ChartOfTest = {
    ...instance,
    objects: [...instance.objects, { ...configMap('later', 'karmada-system', {}), $wave: 4 }],
  };
  const { summary, events } = await applied([second], { wait: 'ready', timeoutMs: 600 });
  const key = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'karmada-system', name: 'karmada-apiserver' };
  const unready = [{ plane: 'host', key, reason: 'its controller has not looked at it yet' }];
  expect(summary).toMatchObject({ created: 0, unchanged: 3, blocked: 1, failed: 0, exitCode: 5, unready });
  expect(summary.problems).toMatchObject([
    { key: { name: 'later' }, outcome: 'blocked', message: 'wave 3 did not become ready in time' },
  ]);
  expect(events.filter(({ type }) => type === 'waiting')).toMatchObject([{ gate: 'wave 3', unready }]);
});

test('an interrupt lets what is in flight end, and begins nothing more', async () => {
  const controller = new AbortController();
  const many: ChartOfTest = {
    plane: 'karmada',
    path: 'app/many',
    objects: Array.from({ length: 40 }, (_, i) => configMap(`item-${i}`, 'other', { i: `${i}` })),
  };
  const { summary } = await applied([many], {
    signal: controller.signal,
    tell: undefined,
  }).then(async (first) => {
    expect(first.summary).toMatchObject({ created: 40, exitCode: 0 });
    const more = { ...many, objects: many.objects.map((object) => ({ ...object, data: { i: 'new' } })) };
    let done = 0;
    const interrupted = await applyInput(
      inputOf([more]),
      { karmada },
      {
        ...options,
        signal: controller.signal,
        tell: (event) => {
          if (event.type === 'object' && event.result.outcome === 'updated' && ++done === 5) controller.abort();
        },
      },
    );
    return { summary: interrupted };
  });
  expect(summary).toMatchObject({ exitCode: 130, interrupted: true, failed: 0 });
  expect(summary.updated).toBeGreaterThanOrEqual(5);
  expect(summary.updated).toBeLessThan(20);
  expect(summary.updated + summary.blocked).toBe(40);
});

describe('a Secret whose values are read when it is applied', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'vault' } };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'database',
      namespace: 'vault',
      annotations: { 'cdk8s-karmada.io/secret-values': '{"password":{"environment":"PASSWORD"}}' },
    },
    type: 'Opaque',
  };
  const input = inputOf([{ plane: 'karmada', path: 'vault', objects: [namespace, secret] }]);
  const path = '/api/v1/namespaces/vault/secrets/database';

  test('without one nothing is written; with it the server has it, and nobody else has seen it', async () => {
    await expect(applyInput(input, { karmada }, options)).rejects.toThrow(
      'the value of "password" is in the environment variable PASSWORD, which is not there',
    );
    expect((await karmada.request({ method: 'GET', path: '/api/v1/namespaces/vault' })).status).toBe(404);

    const told: ApplyEvent[] = [];
    const read = (value: string) => ({ ...options, readSecret: () => Buffer.from(value) });
    const first = await applyInput(input, { karmada }, { ...read('hunter2'), tell: (event) => told.push(event) });
    expect(first).toMatchObject({ exitCode: 0, failed: 0 });
    const live = (await karmada.request({ method: 'GET', path })).body;
    expect(live.data).toStrictEqual({ password: 'aHVudGVyMg==' });
    expect(live.metadata.annotations).toBeUndefined();
    expect(JSON.stringify(told)).not.toMatch(/hunter2|aHVudGVyMg/);

    // a plan without the value, and one more apply with another
    const plan = await planLive(input, { karmada }, options);
    expect(plan.objects.find(({ key }) => key.kind === 'Secret')?.notes).toStrictEqual([
      'not checked: its values are read when it is applied (from environment)',
    ]);
    expect(await applyInput(input, { karmada }, read('hunter2'))).toMatchObject({ updated: 0, failed: 0 });
    expect(await applyInput(input, { karmada }, read('hunter3'))).toMatchObject({ updated: 1, failed: 0 });
  });
});
