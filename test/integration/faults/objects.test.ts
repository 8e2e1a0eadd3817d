import type { ApiServer } from '../../../cli/apply/api-server';
import { planLive } from '../../../cli/apply/engine';
import type { PlannedObject } from '../../../cli/plan/plan';
import { inputOf } from '../../cli/apply/engine-input';
import { type FaultProxy, faultProxy } from '../fault-proxy';
import { startApiServer, type TestServer } from '../testbed';
import { applied, configMap, headersOf, namespace, throughProxy } from './through-proxy';

let server: TestServer;
let proxy: FaultProxy;
let karmada: ApiServer;

beforeAll(async () => {
  server = await startApiServer();
  proxy = await faultProxy(server);
  karmada = throughProxy('karmada', proxy, headersOf(server));
  const setup = [namespace('shop'), namespace('cdk8s-karmada')];
  server.kubectl(['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: setup }));
});

beforeEach(() => proxy.rule());

afterAll(async () => {
  await karmada?.close();
  await proxy?.close();
  await server?.stop();
});

const OPTIONS = { toolVersion: '1.0.0', now: Date.now };

const chart = (...objects: any[]) => ({ plane: 'karmada' as const, path: 'shop', objects });

async function planned(...objects: any[]): Promise<readonly PlannedObject[]> {
  const plan = await planLive(inputOf([chart(...objects)]), { karmada }, OPTIONS);
  return plan.objects.filter(({ path }) => path !== 'shop');
}

/** What keeps an object from being applied; nothing is written, and what is of no use is not tried again. */
async function refusalOf(object: any): Promise<string | undefined> {
  proxy.rule();
  const [only] = (await planned(object)).filter(({ key }) => key.name === object.metadata.name);
  const asked = proxy.seen.filter(({ method }) => method === 'PATCH');
  expect(asked.every(({ query }) => query.get('dryRun') === 'All')).toBe(true);
  expect(asked.filter(({ path }) => path.endsWith(`/${object.metadata.name}`)).length).toBeLessThanOrEqual(1);
  expect(only.action).toBe('refused');
  return only.refusal?.message;
}

function deployment(name: string, container: object = {}, spec: object = {}): any {
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

test('F8 a name, a label and an annotation that cannot be', async () => {
  expect(await refusalOf(configMap('Not_A_Name', 'shop'))).toContain('a lowercase RFC 1123 subdomain must consist of');
  const labelled = configMap('labelled', 'shop');
  labelled.metadata.labels = { tier: 'not a label' };
  expect(await refusalOf(labelled)).toContain('metadata.labels: Invalid value: "not a label"');
});

test('F9 a number where a string belongs', async () => {
  expect(await refusalOf(configMap('typed', 'shop', { port: 80 }))).toBe(
    'the server answered 500: failed to create typed patch object (shop/typed; /v1, Kind=ConfigMap): .data.port: expected string, got &value.valueUnstructured{Value:80}',
  );
});

test('F10 a field that nobody knows', async () => {
  expect(await refusalOf(deployment('unknown', { imagePullPolcy: 'Always' }))).toContain(
    '.spec.template.spec.containers[name="main"].imagePullPolcy: field not declared in schema',
  );
});

test('F11 two variables of one name', async () => {
  const env = [
    { name: 'A', value: '1' },
    { name: 'A', value: '2' },
  ];
  expect(await refusalOf(deployment('twice', { env }))).toContain('duplicate entries for key [name="A"]');
});

describe('an admission policy', () => {
  const policy = (expression: string) => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'no-debug.example' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] },
        ],
      },
      validations: [{ expression, message: 'no \u001b[31mdebug\u001b[0m here' }],
    },
  });
  const binding = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'no-debug.example' },
    spec: {
      policyName: 'no-debug.example',
      validationActions: ['Deny'],
      matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
    },
  };
  const NO_DEBUG = "!has(object.data) || !('debug' in object.data)";
  const debug = configMap('debug', 'shop', { debug: 'on' });

  async function until(look: () => Promise<boolean>): Promise<void> {
    for (let n = 0; n < 100 && !(await look()); n++) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  beforeAll(async () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [policy(NO_DEBUG), binding] };
    server.kubectl(['apply', '--server-side', '--field-manager=cdk8s-karmada', '-f', '-'], JSON.stringify(list));
    await until(async () => (await planned(debug)).some(({ action }) => action === 'refused'));
  });

  afterAll(() => {
    const kinds = 'validatingadmissionpolicybinding,validatingadmissionpolicy';
    server.kubectl(['delete', kinds, 'no-debug.example', '--ignore-not-found']);
  });

  const DENIED =
    "the server answered 422: configmaps \"debug\" is forbidden: ValidatingAdmissionPolicy 'no-debug.example' with binding 'no-debug.example' denied request: no  [31mdebug [0m here";

  test('F12 what a policy denies is wrong, not immutable, and not asked for again', async () => {
    expect(await refusalOf(debug)).toBe(DENIED);
  });

  test('F69 control characters in the words of others do not reach the terminal', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(await refusalOf(debug)).not.toMatch(/[\u0000-\u001f]/);
  });

  test('F12 what a policy denies that changes in the same run is tried until it has changed', async () => {
    const objects = [policy('true'), debug];
    const { summary } = await applied([chart(...objects)], karmada);
    expect(summary).toMatchObject({ exitCode: 0, failed: 0 });
  });
});

test('F15 a field that belongs to somebody else is named with its owner, and nothing is written', async () => {
  await applied([chart(deployment('owned', {}, { replicas: 2 }))], karmada);
  server.kubectl(['scale', 'deployment', 'owned', '-n', 'shop', '--replicas=7']);
  const [owned] = await planned(deployment('owned', {}, { replicas: 3 }));
  const conflict = { path: 'spec.replicas', manager: 'kubectl', subresource: 'scale', live: 7 };
  expect([owned.action, owned.conflicts]).toEqual(['conflict', [conflict]]);
});

test('F17 what somebody else wrote to a field of ours is a conflict, and stays where the code gives the field up', async () => {
  await applied([chart(configMap('edited', 'shop', { a: '1', b: '1' }))], karmada);
  const patch = ['--type=merge', '--field-manager=their-team', '-p', '{"data":{"b":"theirs"}}'];
  server.kubectl(['patch', 'configmap', 'edited', '-n', 'shop', ...patch]);
  const [edited] = await planned(configMap('edited', 'shop', { a: '1', b: '1' }));
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
  expect(edited.conflicts).toEqual([{ path: 'data.b', manager: 'their-team', live: 'theirs', time }]);
  const { summary } = await applied([chart(configMap('edited', 'shop', { a: '1' }))], karmada);
  expect(summary.exitCode).toBe(0);
  expect(server.kubectl(['get', 'configmap', 'edited', '-n', 'shop', '-o', 'jsonpath={.data}'])).toBe(
    '{"a":"1","b":"theirs"}',
  );
});

test('F19 a key that leaves stringData leaves the Secret', async () => {
  const secret = (stringData: object) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'plain', namespace: 'shop' },
    stringData,
  });
  await applied([chart(secret({ a: '1', b: '2' }))], karmada);
  await applied([chart(secret({ a: '1' }))], karmada);
  expect(server.kubectl(['get', 'secret', 'plain', '-n', 'shop', '-o', 'jsonpath={.data}'])).toBe('{"a":"MQ=="}');
});

test('F20 a Secret whose data is not base64 is found before the server is asked, by its key', async () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db', namespace: 'shop' },
    data: { pin: 'hunter2!' },
  };
  expect(await refusalOf(secret)).toBe('data.pin is not base64: give the value as stringData, or encode it');
});

test('F21 what only a server writes is left out of an exported manifest', async () => {
  const exported = {
    ...configMap('exported', 'shop'),
    status: {},
    metadata: {
      name: 'exported',
      namespace: 'shop',
      resourceVersion: '7',
      uid: '0a1b',
      creationTimestamp: '2020-01-01T00:00:00Z',
      generation: 3,
      managedFields: [{ manager: 'kubectl', operation: 'Update' }],
    },
  };
  const { summary } = await applied([chart(exported)], karmada);
  expect(summary).toMatchObject({ exitCode: 0, failed: 0 });
});

test('F22 an object that is too large for the kind, for etcd, or for a request', async () => {
  const large = (bytes: number) => configMap('large', 'shop', { text: 'x'.repeat(bytes) });
  expect(await refusalOf(large(1.2 * 1024 * 1024))).toBe(
    'a ConfigMap holds at most 1.0 MiB, and this one has 1.2 MiB: split it, or keep what is large elsewhere',
  );
  const annotated = { apiVersion: 'apps/v1', ...deployment('large', { args: ['x'.repeat(1.6 * 1024 * 1024)] }) };
  expect(await refusalOf(annotated)).toBe(
    'etcd takes objects of at most 1.5 MiB, and this one has 1.6 MiB: split it, or keep what is large elsewhere',
  );
  expect(await refusalOf(deployment('large', { args: ['x'.repeat(3.2 * 1024 * 1024)] }))).toBe(
    'an API server takes requests of at most 3.0 MiB, and this one has 3.2 MiB: split it, or keep what is large elsewhere',
  );
});

test('F24 annotations that are too large', async () => {
  const annotated = configMap('annotated', 'shop');
  annotated.metadata.annotations = { long: 'x'.repeat(262_145) };
  expect(await refusalOf(annotated)).toContain('Too long: may not be more than 262144 bytes');
});

test('F25 a namespace that nobody makes; one of the same run is no trouble', async () => {
  expect(await refusalOf(configMap('lost', 'nowhere'))).toBe('the server answered 404: namespaces "nowhere" not found');
  const both = await planned(namespace('soon'), configMap('found', 'soon'));
  expect(both.map(({ action, notes }) => [action, ...notes])).toEqual([
    ['create'],
    ['create', 'not checked: its namespace is created in this plan'],
  ]);
});

/** Time that goes by a hundred times as fast. */
function quickly(): () => number {
  const start = Date.now();
  return () => start + (Date.now() - start) * 100;
}

test('F26 a namespace that is being deleted: said in the plan; waited for where it is made anew', async () => {
  server.kubectl(['create', 'namespace', 'leaving']);
  server.kubectl(['delete', 'namespace', 'leaving', '--wait=false']);
  expect(await refusalOf(configMap('late', 'leaving'))).toContain(
    'unable to create new content in namespace leaving because it is being terminated',
  );
  const objects = [namespace('leaving'), configMap('late', 'leaving')];
  const stuck = await applied([chart(...objects)], karmada, { now: quickly() });
  expect(stuck.summary.problems.map(({ key, outcome, message }) => [key.kind, outcome, message])).toEqual([
    ['Namespace', 'failed', 'Namespace/leaving is still being deleted (finalizers: kubernetes)'],
    ['ConfigMap', 'blocked', 'it needs karmada: Namespace/leaving'],
  ]);
  // nothing deletes the content of namespaces here: the test ends it
  const finalize = () => {
    const live = JSON.parse(server.kubectl(['get', 'namespace', 'leaving', '-o', 'json']));
    const body = JSON.stringify({ ...live, spec: { finalizers: [] } });
    server.kubectl(['replace', '--raw', '/api/v1/namespaces/leaving/finalize', '-f', '-'], body);
  };
  setTimeout(finalize, 1500);
  const { summary } = await applied([chart(...objects)], karmada);
  expect(summary).toMatchObject({ exitCode: 0, failed: 0 });
});

test('F27 an object that is being deleted is made anew when it is gone, and never taken for applied', async () => {
  const held = configMap('held', 'shop');
  held.metadata.finalizers = ['example.io/hold'];
  server.kubectl(['create', '-f', '-'], JSON.stringify(held));
  server.kubectl(['delete', 'configmap', 'held', '-n', 'shop', '--wait=false']);
  const stuck = await applied([chart(configMap('held', 'shop'))], karmada, { now: quickly() });
  expect(stuck.summary).toMatchObject({ exitCode: 4, failed: 1 });
  expect(stuck.summary.problems[0].message).toBe(
    'ConfigMap/shop/held is still being deleted (finalizers: example.io/hold)',
  );
  const letGo = () =>
    server.kubectl([
      'patch',
      'configmap',
      'held',
      '-n',
      'shop',
      '--type=merge',
      '-p',
      '{"metadata":{"finalizers":null}}',
    ]);
  setTimeout(letGo, 1500);
  const { summary } = await applied([chart(configMap('held', 'shop'))], karmada);
  expect(summary).toMatchObject({ exitCode: 0, failed: 0 });
  expect(
    server.kubectl(['get', 'configmap', 'held', '-n', 'shop', '-o', 'jsonpath={.metadata.deletionTimestamp}']),
  ).toBe('');
});

test('F29 the value of a Secret is in no word of ours, whatever the server says', async () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'pin', namespace: 'shop' },
    data: { pin: 'MTIz' },
    pinn: 43219876,
  };
  expect(await refusalOf(secret)).toBe(
    "the server answered 500; its words can hold the Secret's values and are not shown",
  );
  const typed = { ...secret, pinn: undefined, type: 'kubernetes.io/tls' };
  expect(await refusalOf(typed)).toBe(
    "the server answered 422 Invalid about data[tls.crt], data[tls.key]; its words can hold the Secret's values and are not shown",
  );
});

test('F31 a definition whose names are taken fails at once, in the words of the server', async () => {
  const definition = (group: string) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `cogs.${group}` },
    spec: {
      group,
      names: { kind: group.startsWith('a') ? 'Cog' : 'Wheel', plural: 'cogs', singular: 'cog' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  });
  await applied([chart(definition('a.f31.example'))], karmada);
  const again = definition('a.f31.example');
  const other = { ...again, metadata: { name: 'cogwheels.a.f31.example' } };
  other.spec = { ...again.spec, names: { kind: 'Cog', plural: 'cogwheels', singular: 'cogwheel' } };
  const { summary } = await applied([chart(again, other)], karmada, { now: quickly() });
  expect(summary).toMatchObject({ exitCode: 4, failed: 1 });
  expect(summary.problems[0].message).toMatch(
    /^it was written, and cannot be used: its names are taken: "Cog(List)?" is already in use$/,
  );
});

test('F30 an object and the definition of its kind in one run', async () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'gears.f30.example' },
    spec: {
      group: 'f30.example',
      names: { kind: 'Gear', listKind: 'GearList', plural: 'gears', singular: 'gear' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  };
  const gear = { apiVersion: 'f30.example/v1', kind: 'Gear', metadata: { name: 'g', namespace: 'shop' } };
  // a server whose endpoint comes later than its discovery answers in plain text
  let early = 0;
  proxy.rule(({ method, path }) =>
    method === 'PATCH' && path.endsWith('/gears/g') && ++early < 3
      ? { answer: { status: 404, body: '404 page not found\n' } }
      : undefined,
  );
  const { summary } = await applied([chart(gear, definition)], karmada);
  expect(summary).toMatchObject({ exitCode: 0, failed: 0 });
  expect(early).toBeGreaterThanOrEqual(3);
});

test('F35 a webhook that does not answer is waited for, and named with its service', async () => {
  const webhook = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'f35' },
    webhooks: [
      {
        name: 'check.f35.example',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        clientConfig: { service: { namespace: 'shop', name: 'webhook', path: '/check' } },
        objectSelector: { matchLabels: { checked: 'yes' } },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] }],
      },
    ],
  };
  const checked = configMap('checked', 'shop');
  checked.metadata.labels = { checked: 'yes' };
  server.kubectl(['create', '-f', '-'], JSON.stringify(webhook));
  const WORDS =
    'the server answered 500: Internal error occurred: failed calling webhook "check.f35.example": failed to call webhook: Post "https://webhook.shop.svc:443/check?timeout=10s": service "webhook" not found';
  for (let n = 0; n < 50; n++) {
    const [only] = await planned(checked);
    if (only.notes.length) break;
  }
  expect((await planned(checked)).map(({ action, notes }) => [action, ...notes])).toEqual([
    ['create', `not checked: ${WORDS}`],
  ]);
  setTimeout(() => server.kubectl(['delete', 'validatingwebhookconfiguration', 'f35']), 4000);
  const { summary, events } = await applied([chart(checked)], karmada);
  expect(summary).toMatchObject({ exitCode: 0, failed: 0 });
  expect(events.find(({ type }) => type === 'retry')).toMatchObject({ key: { name: 'checked' }, reason: WORDS });
});

test('F36 what a webhook does not let us try is written all the same', async () => {
  proxy.rule(({ query, path }) => {
    const message = 'admission webhook "old.example" does not support dry run';
    const body = { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason: 'BadRequest', code: 400 };
    return query.get('dryRun') && path.endsWith('/untried') ? { answer: { status: 400, body } } : undefined;
  });
  const { summary, events } = await applied([chart(configMap('untried', 'shop'))], karmada);
  expect(summary).toMatchObject({ exitCode: 0, failed: 0 });
  const notes = events
    .flatMap((event) => (event.type === 'plan' ? event.plan.objects : []))
    .flatMap((each) => each.notes);
  expect(notes).toEqual([
    'not checked: the server answered 400: admission webhook "old.example" does not support dry run',
  ]);
});

describe('a user with few rights', () => {
  const asBob = () => throughProxy('karmada', proxy, headersOf(server, 'bob'));
  const rule = (apiGroups: string[], resources: string[], verbs: string[]) => ({ apiGroups, resources, verbs });

  beforeAll(() => {
    const write = ['get', 'list', 'create', 'patch', 'update'];
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'bob' },
      rules: [
        rule([''], ['configmaps', 'namespaces'], write),
        rule(['coordination.k8s.io'], ['leases'], write),
        rule(['rbac.authorization.k8s.io'], ['roles'], write),
      ],
    };
    const binding = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'bob' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'bob' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'bob' }],
    };
    server.kubectl(['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [role, binding] }));
  });

  const messageOf = (error: any) => [error.exitCode, error.message];

  test('F46 all that is forbidden is said at once, and nothing is written', async () => {
    const bob = asBob();
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x', namespace: 'shop' } };
    const objects = [configMap('fine', 'shop'), secret, deployment('forbidden')];
    const [code, message] = await applied([chart(...objects)], bob).then(() => [], messageOf);
    await bob.close();
    expect(code).toBe(9);
    expect(message).toContain(
      'karmada does not allow these credentials:\n    delete configmaps in shop\n    create, get, patch secrets in shop\n    create, get, patch deployments.apps in shop\n',
    );
    expect(server.kubectl(['get', 'configmap', '-n', 'shop', '-o', 'name'])).not.toContain('configmap/fine');
  });

  test('F47 rights that the user does not have cannot be granted, and are named', async () => {
    const bob = asBob();
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'more', namespace: 'shop' },
      rules: [rule([''], ['secrets'], ['get'])],
    };
    const [code, message] = await applied([chart(role)], bob).then(() => [], messageOf);
    await bob.close();
    expect(code).toBe(9);
    expect(message).toContain(
      'user "bob" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held: {APIGroups:[""], Resources:["secrets"], Verbs:["get"]}',
    );
  });
});

test('F48 a record that was copied from another cluster stops the run', async () => {
  await applied([{ ...chart(configMap('pinned', 'shop')), path: 'pinned' }], karmada);
  // the same charts on another server, whose record came along with a backup
  proxy.rule(({ path }) =>
    path.endsWith('/namespaces/kube-system')
      ? { lie: ({ status, body }) => ({ status, body: { ...body, metadata: { ...body.metadata, uid: 'another' } } }) }
      : undefined,
  );
  const error = await applied([{ ...chart(configMap('pinned', 'shop')), path: 'pinned' }], karmada).catch(
    (thrown) => thrown,
  );
  expect([error.exitCode, error.message.split('\n')]).toEqual([
    8,
    [
      expect.stringMatching(
        /^the record of the chart was copied from another cluster: kube-system has the UID another here, and [0-9a-f-]{36} there$/,
      ),
      '  at karmada: ConfigMap/cdk8s-karmada/east-pinned-karmada',
      '  fix: give the context of the right cluster; or, where a backup was restored, delete this record and apply again',
    ],
  ]);
});

test('F80 a warning of the server is told once', async () => {
  const endpoints = (name: string) => ({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name, namespace: 'shop' } });
  const { events } = await applied([chart(endpoints('a'), endpoints('b'))], karmada);
  const [told] = events.flatMap((event) => (event.type === 'plan' ? [event.plan] : []));
  expect(told.notes).toEqual(['karmada: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice']);
  expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
});
