import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyInput, planLive } from '../../../cli/apply/engine';
import { issue } from '../../../cli/apply/pki/issue';
import { type ChartOfTest, inputOf, synthesized } from '../../cli/apply/engine-input';
import { samplePlan, stored, textOf } from '../../cli/apply/pki/sample-plan';
import { cdk8sKarmada, type Shown } from '../../cli/commands/terminal';
import { plainClient } from '../plain-client';
import { startApiServer, type TestServer } from '../testbed';
import { chart, configMap, custom, definition, OPTIONS } from './prune-servers';

let server: TestServer;
let other: TestServer;
let folder: string;

// client-node is an ES module, which jest cannot load: the same servers by another transport
jest.mock('../../../cli/apply/http-api-server', () => ({
  connect: (plane: 'host' | 'karmada', { files }: { files: readonly string[] }, name: string) => {
    const reached = [server, other].find(({ kubeconfig }) => files.includes(kubeconfig)) as TestServer;
    return { ...plainClient(plane, reached), name };
  },
}));

beforeAll(async () => {
  [server, other] = await Promise.all([startApiServer(), startApiServer()]);
  for (const each of [server, other]) each.kubectl(['create', 'namespace', 'shop']);
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-plan-'));
});

afterAll(async () => {
  if (folder) rmSync(folder, { recursive: true });
  await Promise.all([server?.stop(), other?.stop()]);
});

const secret = (pin: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'pin', namespace: 'shop' },
  stringData: { pin },
});

/** Runs the command on charts, in one folder for all. */
function run(words: string, charts: readonly ChartOfTest[], on = server): Promise<Shown> {
  const options = `--karmada-kubeconfig ${on.kubeconfig} --karmada-context ${on.context}`;
  return cdk8sKarmada(`${words} -f in.yaml ${options}`, { files: { 'in.yaml': synthesized(...charts) }, cwd: folder });
}

async function planned(charts: readonly ChartOfTest[]) {
  const karmada = plainClient('karmada', server);
  try {
    return await planLive(inputOf(charts), { karmada }, OPTIONS);
  } finally {
    await karmada.close();
  }
}

async function applied(charts: readonly ChartOfTest[]) {
  const karmada = plainClient('karmada', server);
  try {
    return await applyInput(inputOf(charts), { karmada }, { ...OPTIONS, wait: 'none' });
  } finally {
    await karmada.close();
  }
}

const AGAIN = '\n  fix: make the plan again, have it approved, and apply that; nothing was written\n';

describe('a saved plan', () => {
  const code = [chart('saved', configMap('saved-one'), configMap('saved-two'), secret('43219876'))];

  test('holds no value, is applied as it was approved without a question, and goes on where it was left', async () => {
    const made = await run('plan --out plan.json', code);
    expect([made.code, made.stderr]).toEqual([2, '']);
    const text = readFileSync(join(folder, 'plan.json'), 'utf8');
    expect(text).not.toMatch(/43219876|NDMyMTk4NzY/);
    expect(text).not.toContain('token');
    // a part of it is done already
    server.kubectl(
      ['apply', '--server-side', '--field-manager=cdk8s-karmada', '-f', '-'],
      '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"cdk8s-karmada","labels":{"namespace.karmada.io/skip-auto-propagation":"true"}}}',
    );
    const applied = await run('apply --plan plan.json --wait none', code);
    expect([applied.code, applied.stderr.includes('Only "yes"')]).toEqual([0, false]);
    const again = await run('apply --plan plan.json --wait none', code);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('4 unchanged')]);
  });

  test('F81 is refused when what it would change has moved: what, by whom and when', async () => {
    const next = [
      chart(
        'saved',
        configMap('saved-one', 'shop', { a: '2' }),
        configMap('saved-two', 'shop', { a: '2' }),
        secret('1111'),
      ),
    ];
    await run('plan --out plan.json', next);
    server.kubectl([
      'patch',
      'configmap',
      'saved-one',
      '-n',
      'shop',
      '--field-manager=night-shift',
      '--type=merge',
      '-p',
      '{"data":{"b":"3"}}',
    ]);
    const before = server.kubectl([
      'get',
      'configmaps,secrets',
      '-n',
      'shop',
      '-o',
      'jsonpath={.items[*].metadata.resourceVersion}',
    ]);
    const { code: exitCode, stderr } = await run('apply --plan plan.json --wait none', next);
    expect(exitCode).toBe(8);
    expect(stderr.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/, '<time>')).toBe(
      `error: karmada: ConfigMap/shop/saved-one was changed by "night-shift" (<time>) since the plan was made${AGAIN}`,
    );
    expect(
      server.kubectl([
        'get',
        'configmaps,secrets',
        '-n',
        'shop',
        '-o',
        'jsonpath={.items[*].metadata.resourceVersion}',
      ]),
    ).toBe(before);
  });

  test('F81 is refused when the code, also a value of a Secret, is not that of the plan; drift elsewhere is no matter', async () => {
    const next = (pin: string) => [
      chart('saved', configMap('saved-one'), configMap('saved-two', 'shop', { a: '2' }), secret(pin)),
    ];
    await run('plan --out plan.json', next('1111'));
    const { code: exitCode, stderr } = await run('apply --plan plan.json --wait none', next('2222'));
    expect([exitCode, stderr]).toEqual([
      8,
      `error: karmada: Secret/shop/pin is not what the plan was made of: the code says something else now${AGAIN}`,
    ]);
    server.kubectl(['label', 'configmap', 'saved-one', '-n', 'shop', 'seen=yes']);
    expect((await run('apply --plan plan.json --wait none', next('1111'))).code).toBe(0);
  });

  test('F48 is refused on another cluster', async () => {
    await run('plan --out plan.json', [chart('saved', configMap('saved-three'))]);
    const { code: exitCode, stderr } = await run(
      'apply --plan plan.json',
      [chart('saved', configMap('saved-three'))],
      other,
    );
    expect(exitCode).toBe(8);
    expect(stderr).toMatch(
      /^error: karmada is another cluster than the one of the plan, which was https:\/\/\S+ \(UID [0-9a-f-]{36}\)\n/,
    );
  });

  test('what is no saved plan is not taken for one', async () => {
    writeFileSync(join(folder, 'no.json'), '{}');
    const { code: exitCode, stderr } = await run('apply --plan no.json', code);
    expect([exitCode, stderr]).toEqual([
      1,
      'error: "no.json" is no saved plan\n  at --plan no.json\n  fix: name a file that `cdk8s-karmada plan --out` wrote\n',
    ]);
  });
});

test('plan -o markdown fits into a comment, shows no value, and names what needs a decision first', async () => {
  const many = Array.from({ length: 2000 }, (_, i) => configMap(`many-${i}`));
  server.kubectl(
    ['apply', '--server-side', '--field-manager=their-team', '-f', '-'],
    JSON.stringify(configMap('theirs', 'shop', { a: '7' })),
  );
  const { code: exitCode, stdout } = await run('plan -o markdown', [
    chart('many', ...many, configMap('theirs'), {
      ...secret('987654321'),
      metadata: { name: 'other', namespace: 'shop' },
    }),
  ]);
  expect(exitCode).toBe(2);
  expect(stdout.length).toBeLessThan(65_536);
  expect(stdout).not.toMatch(/987654321|OTg3NjU0MzIx/);
  expect(stdout.split('\n').slice(0, 8).join('\n')).toContain('**2001 create, 1 conflict, 1 record');
  expect(stdout).toMatch(
    /\*\*conflict\*\* <code>karmada: ConfigMap\/shop\/theirs<\/code>[^\n]*\n {2}- data\.a is set to &quot;7&quot;|data\.a is set to "7" by "their-team", \d{4}-/,
  );
  expect(stdout).toMatch(/Left out, since a comment holds no more: \d+ of 2001 objects on karmada\./);
});

test('F15 a conflict names the manager, how and when it wrote, and its value', async () => {
  const deployment = (replicas: number) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'scaled', namespace: 'shop' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'scaled' } },
      template: {
        metadata: { labels: { app: 'scaled' } },
        spec: { containers: [{ name: 'main', image: 'nginx:1.29' }] },
      },
    },
  });
  await applied([chart('scaled', deployment(3))]);
  server.kubectl(['scale', 'deployment', 'scaled', '-n', 'shop', '--replicas=7']);
  server.kubectl(['set', 'image', 'deployment/scaled', 'main=nginx:1.30', '-n', 'shop']);
  const [, { action, conflicts }] = (await planned([chart('scaled', deployment(2))])).objects;
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
  const sorted = [...conflicts].sort((a, b) => (a.path < b.path ? -1 : 1));
  expect([action, sorted]).toEqual([
    'conflict',
    [
      { path: 'spec.replicas', manager: 'kubectl', subresource: 'scale', live: 7 }, // a server keeps no time of these
      { path: 'spec.template.spec.containers[name="main"].image', manager: 'kubectl-set', live: 'nginx:1.30', time },
    ],
  ]);
});

test('F32 a definition that drops a stored version or changes its scope is refused before anything is written', async () => {
  const [one, two] = [definition('Gear'), definition('Bolt')];
  await applied([chart('definitions', one, two)]);
  const [next, wide] = structuredClone([one, two]);
  next.spec.versions[0].name = 'v2';
  wide.spec.scope = 'Cluster';
  const { objects } = await planned([chart('definitions', next, wide)]);
  expect(objects.slice(1).map(({ key, action, refusal }) => [key.name, action, refusal?.message])).toEqual([
    ['gears.example.io', 'refused', expect.stringMatching(/^objects may be stored in v1, which the code leaves out: /)],
    [
      'bolts.example.io',
      'refused',
      expect.stringMatching(/^the scope of a definition cannot change \(here from Namespaced to Cluster\)/),
    ],
  ]);
});

test('an API that is gone is named with what this server has instead', async () => {
  const ingress = { apiVersion: 'extensions/v1beta1', kind: 'Ingress', metadata: { name: 'old', namespace: 'shop' } };
  const [, { refusal }] = (await planned([chart('removed', ingress)])).objects;
  expect(refusal).toEqual({
    reason: 'unknown-kind',
    message: 'karmada does not serve Ingress of extensions/v1beta1; it serves Ingress of networking.k8s.io/v1',
  });
});

test('a namespace that nobody makes is found also where the server is not asked about the object', async () => {
  const [, , { refusal }] = (await planned([chart('lost', definition('Lost'), custom('Lost', 'x', 'nowhere'))]))
    .objects;
  expect(refusal?.message).toBe('namespace nowhere is not there: have a Namespace in the code, or make it first');
});

test('F59 an object that was applied in a version that is gone is applied in the next one', async () => {
  const versions = (...names: string[]) => {
    const made: any = definition('Nut');
    const [{ schema }] = made.spec.versions;
    made.spec.versions = names.map((name) => ({ name, served: true, storage: name === 'v2', schema }));
    return made;
  };
  const nut = (version: string, size: number) => ({
    ...custom('Nut', 'm5'),
    apiVersion: `example.io/${version}`,
    spec: { size },
  });
  await applied([chart('nuts', versions('v1', 'v2'), nut('v1', 5))]);
  const summary = await applied([chart('nuts', versions('v2'), nut('v2', 6))]);
  expect(summary.problems).toEqual([]);
  expect(summary).toMatchObject({ exitCode: 0, failed: 0, updated: 2 });
  expect(server.kubectl(['get', 'nuts', 'm5', '-n', 'shop', '-o', 'jsonpath={.spec}'])).toBe('{"size":6}');
});

test('F37 what a webhook sets to another value each time is said to be so, and is no change for ever', async () => {
  const secrets = stored(await issue({ ...samplePlan(), keyPairs: [] }, new Map(), new Date()));
  const [ca, cert, key] = [
    textOf(secrets.get('karmada-ca'), 'tls.crt'),
    textOf(secrets.get('karmada-apiserver-cert'), 'tls.crt'),
    textOf(secrets.get('karmada-apiserver-cert'), 'tls.key'),
  ];
  let times = 0;
  const webhook = createServer({ cert, key }, (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { request: asked, apiVersion, kind } = JSON.parse(body);
      const path = '/metadata/annotations/touched';
      const add = { op: 'add', path, value: `${++times}` };
      const made = asked.object.metadata.annotations
        ? [add]
        : [{ op: 'add', path: '/metadata/annotations', value: {} }, add];
      const patch = Buffer.from(JSON.stringify(made)).toString('base64');
      const answer = { uid: asked.uid, allowed: true, patchType: 'JSONPatch', patch };
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ apiVersion, kind, response: answer }));
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const { port } = webhook.address() as { port: number };
  const configuration = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'f37' },
    webhooks: [
      {
        name: 'touch.f37.example',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        clientConfig: { url: `https://127.0.0.1:${port}/`, caBundle: Buffer.from(ca).toString('base64') },
        objectSelector: { matchLabels: { touched: 'yes' } },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] }],
      },
    ],
  };
  const touched = (a: string) => ({
    ...configMap('touched', 'shop', { a }),
    metadata: { name: 'touched', namespace: 'shop', labels: { touched: 'yes' } },
  });
  try {
    server.kubectl(['create', '-f', '-'], JSON.stringify(configuration));
    // a server needs a moment until it asks a new webhook
    for (let n = 0; n < 50 && times === 0; n++) await planned([chart('touched', touched('1'))]);
    await applied([chart('touched', touched('1'))]);
    const [, { action, changes, notes }] = (await planned([chart('touched', touched('2'))])).objects;
    expect([action, changes, notes]).toEqual([
      'update',
      [{ path: 'data.a', kind: 'change', from: '1', to: '2' }],
      ['set by admission, to another value each time: metadata.annotations.touched'],
    ]);
  } finally {
    server.kubectl(['delete', 'mutatingwebhookconfiguration', 'f37']);
    webhook.closeAllConnections();
    await new Promise((resolve) => webhook.close(resolve));
  }
});
