import '../../cli/commands/apply'; // what the command loads when it runs is loaded before a test is timed
import '../../cli/commands/destroy';
import '../../cli/commands/plan';
import { keyText } from '../../src/core/object-key';
import { parent } from '../cli/commands/manifests';
import { cdk8sKarmada, type Shown, type Surroundings } from '../cli/commands/terminal';
import { plainClient } from './plain-client';
import { startApiServer, type TestServer } from './testbed';

let server: TestServer;
let other: TestServer;

// client-node is an ES module, which jest cannot load: the same servers by another transport
jest.mock('../../cli/apply/http-api-server', () => ({
  connect: (plane: 'host' | 'karmada', { files }: { files: readonly string[] }, name: string) => {
    const reached = [server, other].find(({ kubeconfig }) => files.includes(kubeconfig)) as TestServer;
    return { ...plainClient(plane, reached), name };
  },
}));

beforeAll(async () => {
  [server, other] = await Promise.all([startApiServer(), startApiServer()]);
});

afterAll(async () => {
  await Promise.all([server?.stop(), other?.stop()]);
});

const object = (kind: string, name: string, chart: string, differs = {}) => ({
  apiVersion: 'v1',
  kind,
  metadata: {
    name,
    ...(kind === 'Namespace' ? {} : { namespace: 'shop' }),
    annotations: { 'cdk8s-karmada.io/path': `${chart}/${name}` },
  },
  ...differs,
});

const SHARED = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'cdk8s-karmada',
    annotations: { 'cdk8s-karmada.io/path': 'shop', 'cdk8s-karmada.io/shared': 'true' },
  },
};

const chart = (colour: string) => [
  SHARED,
  parent('east', 'shop', 'karmada'),
  object('Namespace', 'shop', 'shop'),
  object('ConfigMap', 'flags', 'shop', { data: { colour } }),
  object('Secret', 'db', 'shop', { stringData: { password: `very-${colour}` } }),
];

/** Runs a command on a chart; what differs from run to run is shown as `<…>`. */
async function run(words: string, manifests: any[], surroundings: Surroundings = {}): Promise<Shown> {
  const options = `--karmada-kubeconfig ${server.kubeconfig} --karmada-context ${server.context}`;
  const files = { 'in.json': manifests };
  const { code, stdout, stderr } = await cdk8sKarmada(`${words} -f in.json ${options}`, {
    files,
    columns: 120,
    ...surroundings,
  });
  const same = (text: string) =>
    text
      .replaceAll(server.url, '<url>')
      .replaceAll(server.kubeconfig, '<kubeconfig>')
      .replace(/\b\d\d:\d\d {2}/g, '<time>  ')
      .replace(/in \d+\.\d s/g, 'in <time>')
      .replace(/ {3}v1\.\d+\.\d+/g, '   <version>');
  // objects that are sent at one time are answered in any order
  const sorted = same(stderr).replace(
    /(?:<time> {2}karmada .*\n)+/g,
    (lines) => `${lines.trim().split('\n').sort().join('\n')}\n`,
  );
  return { code, stdout: same(stdout), stderr: sorted };
}

const FINDINGS = `Findings (1 error)
  error MC062: the Secret holds its values in plain sight: "password"
    at stringData of Secret/shop/db (in.json, document 5)
    fix: refer to a Secret that exists on Karmada, or have one made by an ExternalSecret or a SealedSecret
    see: docs/findings.md#mc062
`;

const PLAN = `Plan for instance "east"

  karmada  context "testbed"   <url>   <version>

  + 4 create   + 1 record

karmada
  + create  ConfigMap/cdk8s-karmada/east-shop-karmada                 record of shop
  + create  Namespace/cdk8s-karmada                                   shop
  + create  Namespace/shop                                            shop/shop
  + create  ConfigMap/shop/flags                                      shop/flags
      not checked: its namespace is created in this plan
  + create  Secret/shop/db                                            shop/db
      not checked: its namespace is created in this plan

${FINDINGS}
+ 4 create   + 1 record
`;

const UNCHANGED = `Plan for instance "east"

  karmada  context "testbed"   <url>   <version>

  = 4 unchanged

${FINDINGS}
= 4 unchanged
`;

const QUESTION = `Apply this to
  karmada  context "testbed"   <url>
Only "yes" is taken for an answer: `;

test('plan, a no, a yes, a second apply, a change', async () => {
  expect(await run('plan', chart('red'))).toEqual({ code: 2, stdout: PLAN, stderr: '' });

  expect(await run('apply', chart('red'), { tty: true, stdin: 'y\n' })).toEqual({
    code: 1,
    stdout: '',
    stderr: `${PLAN}\n${QUESTION}error: not applied: the answer was not "yes"; nothing was written\n`,
  });
  expect(server.kubectl(['get', 'namespaces', '-o', 'name'])).not.toContain('namespace/shop');

  expect(await run('apply', chart('red'), { tty: true, stdin: 'yes\n' })).toEqual({
    code: 0,
    stdout: '✓ Applied: 4 created, in <time>\n',
    stderr: `${PLAN}\n${QUESTION}<time>  wave 7: 4 objects
<time>  karmada  created    ConfigMap/shop/flags
<time>  karmada  created    Namespace/cdk8s-karmada
<time>  karmada  created    Namespace/shop
<time>  karmada  created    Secret/shop/db
`,
  });

  expect(await run('plan', chart('red'))).toEqual({ code: 0, stdout: UNCHANGED, stderr: '' });

  expect(await run('apply --yes', chart('red'))).toEqual({
    code: 0,
    stdout: '✓ Nothing changed: 4 unchanged, in <time>\n',
    stderr: `${UNCHANGED}\n`,
  });

  const changed = await run('apply --yes -o json', chart('blue'));
  expect(changed.code).toBe(0);
  expect(changed.stdout + changed.stderr).not.toContain('very-');
  const { schema, instance, plan, findings, results, summary } = JSON.parse(changed.stdout);
  expect(findings.map(({ code, resource }: any) => `${code} ${keyText(resource)}`)).toEqual(['MC062 Secret/shop/db']);
  expect({ schema, instance, totals: plan.totals }).toEqual({
    schema: '1',
    instance: 'east',
    totals: {
      create: 0,
      update: 2,
      replace: 0,
      unchanged: 2,
      conflict: 0,
      refused: 0,
      records: 0,
      issue: 0,
      prune: 0,
      withdraw: 0,
      keep: 0,
    },
  });
  expect(results.map(({ key, outcome }: any) => `${outcome} ${keyText(key)}`).sort()).toEqual([
    'unchanged Namespace/cdk8s-karmada',
    'unchanged Namespace/shop',
    'updated ConfigMap/shop/flags',
    'updated Secret/shop/db',
  ]);
  expect(summary.exitCode).toBe(0);
});

test('what changed between the plan and the answer is not written', async () => {
  const manifests = [
    SHARED,
    parent('east', 'late', 'karmada'),
    object('ConfigMap', 'late', 'late', { data: { a: '1' } }),
  ];
  const answer = () => {
    server.kubectl(['create', 'configmap', 'late', '-n', 'shop', '--from-literal=b=2']);
    return 'yes\n';
  };
  const shown = await run('apply', manifests, { tty: true, answer });
  expect(shown.code).toBe(8);
  expect(shown.stderr).toMatch(
    /error: the servers have changed since the plan was shown; nothing was written\n {2}fix: run apply again\n$/,
  );
  expect(JSON.parse(server.kubectl(['get', 'configmap', 'late', '-n', 'shop', '-o', 'json'])).data).toEqual({ b: '2' });
});

test('host and Karmada being one server is refused, and nothing is written', async () => {
  const host = object('ConfigMap', 'there', 'east', {});
  const both = [...chart('red'), parent('east', 'east', 'host'), host];
  const shown = await run(`apply --yes --host-kubeconfig ${server.kubeconfig}`, both);
  expect(shown).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: the host and Karmada are one server: <url>
  at host: context "testbed"; karmada: context "testbed"
  fix: give the context of Karmada's own API server with --karmada-context, and that of the cluster that runs it with --host-context
`,
  });
  expect(server.kubectl(['get', 'configmaps', '-A', '-o', 'name'])).not.toContain('configmap/there');
});

describe('what is no longer in the code', () => {
  const maps = (chart: string, ...names: string[]) =>
    names.map((name) => object('ConfigMap', name, chart, { data: { a: '1' } }));
  const flags = (...names: string[]) => [SHARED, parent('east', 'old', 'karmada'), ...maps('old', ...names)];
  const all = (shown: string) =>
    server.kubectl(['get', 'configmaps', '-n', 'shop', '-o', 'name']).includes(`configmap/${shown}\n`);

  test('is planned, asked for, and deleted; all of a chart only with its number', async () => {
    expect((await run('apply --yes', flags('one', 'two', 'three'))).code).toBe(0);
    const plan = await run('plan', flags('one', 'two'));
    expect(plan).toEqual({
      code: 2,
      stdout: `Plan for instance "east"

  karmada  context "testbed"   <url>   <version>

  + 1 record   - 1 prune   = 3 unchanged

No longer in the code (deleted when all else is done)
  - prune  karmada: ConfigMap/shop/three                             dropped from synth at construct old/three

karmada
  ~ update  ConfigMap/cdk8s-karmada/east-old-karmada                  record of old

+ 1 record   - 1 prune   = 3 unchanged
`,
      stderr: '',
    });
    expect(await run('apply --no-prune --yes', flags('one', 'two'))).toMatchObject({ code: 0 });
    expect(all('three')).toBe(true);
    expect(await run('apply', flags('one', 'two'), { tty: true, stdin: 'yes\n' })).toEqual({
      code: 0,
      stdout: '✓ Applied: 1 pruned, 3 unchanged, in <time>\n',
      stderr: `${plan.stdout}\n${QUESTION}<time>  pruning: 1 object no longer in the code
<time>  karmada  pruned     ConfigMap/shop/three
`,
    });
    expect(all('three')).toBe(false);

    expect(await run('apply --yes', flags())).toMatchObject({
      code: 6,
      stderr:
        expect.stringContaining(`error: 2 of 2 recorded objects would be deleted, and a chart would be left with nothing
  fix: if that is meant, add --allow-prune 2; if not, see whether the input is whole; nothing was written
`),
    });
    const wrong = await run('apply', flags(), { tty: true, stdin: 'yes\n' });
    expect(wrong).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        '2 objects are deleted. Only that number is taken for an answer: error: not applied: the answer was not "2"; nothing was written\n',
      ),
    });
    expect((await run('apply', flags(), { tty: true, stdin: '2\n' })).code).toBe(0);
    expect([all('one'), all('two')]).toEqual([false, false]);
  });

  test('destroy shows it, asks for the name, and deletes it, the record last', async () => {
    const code = [...flags('one', 'two'), object('Namespace', 'ours', 'old')];
    expect((await run('apply --yes', code)).code).toBe(0);
    const planned = `Plan to destroy what was applied of instance "east"

  karmada  context "testbed"   <url>   <version>

  + 1 record   - 2 prune   . 1 kept

Deleted
  - prune  karmada: ConfigMap/shop/one                               destroyed with its chart, old
  - prune  karmada: ConfigMap/shop/two                               destroyed with its chart, old

Kept
  . keep   karmada: Namespace/ours                                   destroyed with its chart, old
      with a Namespace everything in it is deleted; it goes with --allow-prune Namespace/ours
`;
    const asked = await run('destroy', code);
    expect(asked).toMatchObject({ code: 1, stdout: '' });
    expect(asked.stderr).toContain(planned);
    expect(asked.stderr).toContain(`error: destroy asks for the name before it deletes, and nobody can answer here
  fix: have this plan reviewed, then add --yes --allow-prune 2
`);
    expect(await run('destroy --yes', code)).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('add --allow-prune 2'),
    });
    const not = await run('destroy', code, { tty: true, stdin: 'yes\n' });
    expect(not).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /Delete this from\n {2}karmada {2}context "testbed" {3}<url>\nType east to go on: error: not destroyed: the answer was not "east"; nothing was deleted\n$/,
      ),
    });
    expect([all('one'), all('two')]).toEqual([true, true]);

    expect(await run('destroy', code, { tty: true, stdin: 'east\n' })).toMatchObject({
      code: 0,
      stdout: '✓ Destroyed: 2 pruned, in <time>\n',
    });
    expect([all('one'), all('two')]).toEqual([false, false]);
    const parents = () => server.kubectl(['get', 'configmaps', '-n', 'cdk8s-karmada', '-o', 'name']);
    // what is kept stays in the record
    expect(parents()).toContain('configmap/east-old-karmada\n');
    server.kubectl(['delete', 'namespace', 'ours', '--wait=false']);
    server.kubectl(
      ['replace', '--raw', '/api/v1/namespaces/ours/finalize', '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ours' }, spec: { finalizers: [] } }),
    );
    expect(await run('destroy --yes', code)).toMatchObject({ code: 0 });
    expect(parents()).not.toContain('configmap/east-old-karmada\n');
    expect(await run('destroy --yes', code)).toMatchObject({
      code: 0,
      stdout: '✓ Nothing changed: nothing was done, in <time>\n',
    });
  });
});
