import { readFileSync } from 'node:fs';
import type { ChartOfTest } from '../../cli/apply/engine-input';
import { Dice } from '../../property/dice';
import { type FaultProxy, faultProxy, type Seen } from '../fault-proxy';
import { startApiServer, type TestServer } from '../testbed';
import { Folder } from './command-process';
import { configMap, namespace, shop } from './through-proxy';

/** In full with `npm run test:soak`; a sample otherwise. */
const KILLS = process.env.SOAK ? 200 : 6;
const SEED = Number(process.env.SEED ?? 20260101);

let server: TestServer;
let proxy: FaultProxy;
let folder: Folder;

beforeAll(async () => {
  server = await startApiServer({ audit: true });
  proxy = await faultProxy(server);
  folder = new Folder(server, proxy.url);
});

afterAll(async () => {
  folder?.remove();
  await proxy?.close();
  await server?.stop();
});

const isWrite = ({ method, query, path }: Seen) =>
  method !== 'GET' && query.get('dryRun') === null && !/\/leases|\/authorization\.k8s\.io\//.test(path);

/** Everything that a run has to get right: a kind of its own, an object of it, a workload, a Secret, some more. */
function chartOf(name: string): ChartOfTest {
  const group = `${name}.example`;
  const schema = {
    type: 'object',
    properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
  };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      names: { kind: 'Widget', listKind: 'WidgetList', plural: 'widgets', singular: 'widget' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
  const labels = { app: 'web' };
  const web = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: name },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx:1' }] } },
    },
  };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db', namespace: name },
    stringData: { a: 'b' },
  };
  const widget = {
    apiVersion: `${group}/v1`,
    kind: 'Widget',
    metadata: { name: 'w', namespace: name },
    spec: { size: 1 },
  };
  const maps = ['a', 'b', 'c', 'd'].map((each) => configMap(each, name));
  return { plane: 'karmada', path: name, objects: [namespace(name), definition, widget, web, secret, ...maps] };
}

/** What is in the set of a chart, by kind and name. */
function members(name: string): string[] {
  const served = server.kubectl(['api-resources', '-o', 'name']).split('\n').includes(`widgets.${name}.example`);
  const kinds = `namespaces,configmaps,secrets,deployments,crds${served ? `,widgets.${name}.example` : ''}`;
  const { items } = JSON.parse(
    server.kubectl(['get', kinds, '-A', '-l', 'applyset.kubernetes.io/part-of', '-o', 'json']),
  );
  const own = items.filter(({ metadata }: any) => [metadata.namespace, metadata.name].join(' ').includes(name));
  return own.map(({ kind, metadata }: any) => `${kind}/${metadata.name}`).sort();
}

/** Writes to objects of a namespace, without records and locks, that changed something: object, manager. */
function written(name: string): string[] {
  const events = readFileSync(server.audit, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const versions = new Map<string, Set<string>>();
  for (const { objectRef, requestURI, responseStatus, responseObject } of events) {
    const query = new URL(requestURI, 'http://x').searchParams;
    const { resource, namespace: where = '', name: what } = objectRef;
    const own = where === name || (what ?? '').includes(name);
    if (!own || where === 'cdk8s-karmada' || responseStatus.code >= 300 || query.get('dryRun')) continue;
    if (!query.get('fieldManager')?.startsWith('cdk8s-karmada')) continue;
    const id = `${resource} ${what} by ${query.get('fieldManager')}`;
    versions.set(id, (versions.get(id) ?? new Set()).add(responseObject.metadata.resourceVersion));
  }
  return [...versions].flatMap(([id, all]) => [...all].map(() => id)).sort();
}

test(
  'F50 killed after any request, the next run completes what was begun and writes nothing twice',
  async () => {
    const whole = await folder.run('apply --yes --wait none', [chartOf('whole')]).ended;
    expect({ code: whole.code, stderr: whole.code ? whole.stderr : '' }).toEqual({ code: 0, stderr: '' });
    const requests = proxy.seen.length;
    const expected = members('whole').map((each) => each.replaceAll('whole', '<name>'));
    expect(expected).toHaveLength(9);
    const once = written('whole').map((each) => each.replaceAll('whole', '<name>'));
    const dice = new Dice(SEED);
    for (let n = 0; n < KILLS; n++) {
      const name = `kill${n}`;
      const [after, seen] = [dice.number(1, requests), dice.chance(50)];
      const killed = folder.run('apply --yes --wait none', [chartOf(name)]);
      proxy.rule((request) => {
        if (request.n !== after) return undefined;
        killed.child.kill('SIGKILL');
        return seen ? { cut: true } : { drop: true };
      });
      await killed.ended;
      proxy.rule();
      const again = await folder.run('apply --yes --wait none --steal-lock', [chartOf(name)]).ended;
      const plan = await folder.run('plan', [chartOf(name)]).ended;
      expect({
        killed: [n, after, seen],
        again: [again.code, again.code ? again.stderr : ''],
        plan: [plan.code, plan.code ? plan.stdout : ''],
        members: members(name).map((each) => each.replaceAll(name, '<name>')),
        written: written(name).map((each) => each.replaceAll(name, '<name>')),
      }).toEqual({ killed: [n, after, seen], again: [0, ''], plan: [0, ''], members: expected, written: once });
    }
  },
  KILLS * 20_000 + 60_000,
);

test('F50 what names no field, as a namespace, is not written again for want of an owner', async () => {
  const killed = folder.run('apply --yes --wait none', [chartOf('bare')]);
  proxy.rule(({ method, path, query }) => {
    if (method !== 'PATCH' || query.get('dryRun') || path !== '/api/v1/namespaces/bare') return undefined;
    killed.child.kill('SIGKILL');
    return { cut: true };
  });
  await killed.ended;
  proxy.rule();
  expect(written('bare')).toEqual(['namespaces bare by cdk8s-karmada']);
  const again = await folder.run('apply --yes --wait none --steal-lock', [chartOf('bare')]).ended;
  expect([again.code, again.code ? again.stderr : '']).toEqual([0, '']);
  expect(written('bare').filter((each) => each.startsWith('namespaces'))).toEqual([
    'namespaces bare by cdk8s-karmada',
    'namespaces bare by cdk8s-karmada-applyset',
  ]);
});

test('F51 the first interrupt begins nothing more and ends what is under way; the next run goes on there', async () => {
  const running = folder.run('apply --yes --wait none', [shop('f51', 60)]);
  let interrupted = 0;
  proxy.rule(async (seen) => {
    if (isWrite(seen) && proxy.seen.filter(isWrite).length === 20) {
      interrupted = proxy.seen.length;
      running.child.kill('SIGINT');
    }
    return isWrite(seen) ? { delayMs: 100 } : undefined;
  });
  const { code, stderr, stdout } = await running.ended;
  expect({ code, headline: stdout.split('\n')[0] }).toEqual({
    code: 130,
    headline: expect.stringMatching(
      /^✗ Apply interrupted: \d+ blocked, \d+ created, 1 unchanged, in .* \(exit code 130\)$/,
    ),
  });
  expect(stderr).not.toContain('again');
  // each that was under way is written and labelled; none is without an answer
  expect(proxy.seen.slice(interrupted).filter(isWrite).length).toBeLessThan(40);
  expect(proxy.seen.filter(({ status }) => status === undefined)).toEqual([]);
  const lease = JSON.parse(server.kubectl(['get', 'lease', '-n', 'cdk8s-karmada', 'east-f51-karmada', '-o', 'json']));
  expect(lease.spec.holderIdentity).toBe('');
  const done = members('f51').length;
  proxy.rule();
  const again = await folder.run('apply --yes --wait none', [shop('f51', 60)]).ended;
  expect(again.code).toBe(0);
  expect(again.stdout).toMatch(new RegExp(`^✓ Applied: ${61 - done} created, ${done + 1} unchanged`));
});

test('F51 the second interrupt ends the command at once', async () => {
  const running = folder.run('apply --yes --wait none', [shop('f51b', 10)]);
  proxy.rule((seen) => {
    if (!isWrite(seen)) return undefined;
    running.child.kill('SIGINT');
    setTimeout(() => running.child.kill('SIGINT'), 300);
    return { hang: true };
  });
  const start = Date.now();
  expect(await running.ended).toMatchObject({ code: 130 });
  expect(Date.now() - start).toBeLessThan(15_000);
  proxy.rule();
});

test('F82 a reader that has seen enough ends the output, not the run', async () => {
  proxy.rule();
  const running = folder.run('apply --yes --wait none -o json', [shop('f82', 5)]);
  running.child.stdout?.destroy();
  const { code, stderr } = await running.ended;
  expect({ code, stderr: code ? stderr : '' }).toEqual({ code: 0, stderr: '' });
  expect(members('f82')).toHaveLength(6);
});

test('what is wrong with the objects is said while a silent server still has time to answer', async () => {
  proxy.rule(() => ({ hang: true }));
  const policy = {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name: 'wrong', namespace: 'shop' },
    spec: { resourceSelectors: [{ apiVersion: 'v1', kind: 'ConfigMap' }], conflictResolution: 'Maybe' },
  };
  const asked = proxy.seen.length;
  const start = Date.now();
  const { code, stdout, stderr } = await folder.run('plan', [{ plane: 'karmada', path: 'silent', objects: [policy] }])
    .ended;
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toContain('conflictResolution');
  expect(proxy.seen.length).toBeGreaterThan(asked);
  expect(Date.now() - start).toBeLessThan(15_000); // a request has 30 s
  proxy.rule();
});
