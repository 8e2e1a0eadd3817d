import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterCrdForTestsAlone, crds } from '../../src/schema/crd';
import { startApiServer, type TestServer } from './testbed';

const root = join(__dirname, '..', '..');
const example = join(root, 'examples', '02-existing-karmada');

let karmada: TestServer;
let dist: string;

function run(executable: string, args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, executable), ...args], {
    cwd: example,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, stdout, stderr };
}

const command = (...args: string[]) =>
  run('bin/cdk8s-karmada', [...args, '-f', dist, '--karmada-kubeconfig', karmada.kubeconfig]);

/** What other people keep on the Karmada: policies, overrides, workloads, clusters that they joined. */
const others = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'default' }, data: { a: '1' } },
  deployment('worker', 'other'),
  deployment('worker', 'default'),
  policy('worker', 'other'),
  policy('api', 'default'),
  {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'OverridePolicy',
    metadata: { name: 'worker', namespace: 'other' },
    spec: { overrideRules: [{ overriders: { labelsOverrider: [{ operator: 'add', value: { by: 'others' } }] } }] },
  },
  {
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'dublin', labels: { env: 'prod' } },
    spec: { syncMode: 'Push', taints: [{ key: 'cluster.karmada.io/not-ready', effect: 'NoSchedule' }] },
  },
];

function deployment(name: string, namespace: string) {
  const labels = { app: name };
  const containers = [{ name, image: 'registry.example/other:1' }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
}

function policy(name: string, namespace: string) {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name, namespace },
    spec: { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'worker' }], placement: {} },
  };
}

const KINDS = 'namespaces,configmaps,deployments,propagationpolicies,overridepolicies,clusters,crds';

/** Every object of those kinds with the version that each write to it changes. */
function versions(): { [object: string]: string } {
  const { items } = JSON.parse(karmada.kubectl(['get', KINDS, '--all-namespaces', '-o', 'json']));
  return Object.fromEntries(
    items.map(({ kind, metadata }: any) => [
      [kind, metadata.namespace, metadata.name].filter(Boolean).join('/'),
      metadata.resourceVersion,
    ]),
  );
}

const OURS = [
  'ConfigMap/cdk8s-karmada/production-billing-karmada',
  'Deployment/default/api',
  'Namespace/cdk8s-karmada',
  'PropagationPolicy/default/api-deployment',
];

beforeAll(async () => {
  karmada = await startApiServer({ audit: true });
  const list = (items: unknown[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  karmada.kubectl(['apply', '--server-side', '-f', '-'], list([...crds(), clusterCrdForTestsAlone()]));
  karmada.kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
  karmada.kubectl(['create', '-f', '-'], list(others));
  dist = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-existing-'));
  const synth = run('node_modules/cdk8s-cli/bin/cdk8s', ['synth', '--check-upgrade=false', '--output', dist]);
  if (synth.code !== 0) throw new Error(synth.stdout + synth.stderr);
});

afterAll(async () => {
  rmSync(dist, { recursive: true, force: true });
  await karmada?.stop();
});

test('apply adds what the code names, and no object of others changes', () => {
  const before = versions();
  expect(Object.keys(before)).toEqual(expect.arrayContaining(['Cluster/dublin', 'PropagationPolicy/default/api']));
  const applied = command('apply', '--yes');
  expect({ code: applied.code, stderr: applied.code === 0 ? '' : applied.stderr }).toEqual({ code: 0, stderr: '' });
  const after = versions();
  expect(after).toMatchObject(before);
  expect(
    Object.keys(after)
      .filter((object) => !(object in before))
      .sort(),
  ).toEqual(OURS);
});

test('a second apply writes nothing at all', () => {
  const before = versions();
  expect(command('plan').code).toBe(0);
  expect(command('apply', '--yes').code).toBe(0);
  expect(versions()).toEqual(before);
});

test('the objects are without the annotations that are for the command', () => {
  const { metadata } = JSON.parse(karmada.kubectl(['get', 'deployment', 'api', '-o', 'json']));
  expect(metadata.annotations ?? {}).toEqual({});
  expect(metadata.labels['resourcetemplate.karmada.io/deletion-protected']).toBe('Always');
});

test('destroy keeps what is protected, and what is for it; not protected any more it goes, templates before policies', () => {
  const before = versions();
  const others = Object.fromEntries(Object.entries(before).filter(([object]) => !OURS.includes(object)));
  const planned = command('destroy');
  expect(planned.code).toBe(0);
  expect(planned.stderr).toContain(
    'it is protected: take the label resourcetemplate.karmada.io/deletion-protected away in the code, apply, and then leave it out',
  );
  expect(planned.stderr).toContain('it is for Deployment/default/api, which is kept');
  expect(versions()).toEqual(before);

  karmada.kubectl(['label', 'deployment', 'api', 'resourcetemplate.karmada.io/deletion-protected-']);
  expect(command('destroy', '--yes').code).toBe(6);
  const destroyed = command('destroy', '--yes', '--allow-prune', '2');
  expect({ code: destroyed.code, stderr: destroyed.stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(
      /pruned {5}Deployment\/default\/api\n.*pruned {5}PropagationPolicy\/default\/api-deployment\n/,
    ),
  });
  const after = versions();
  expect(after).toMatchObject(others);
  expect(Object.keys(after).filter((object) => !(object in others))).toEqual(['Namespace/cdk8s-karmada']);
});

test("by the server's own log the command wrote to what is its own, and to nothing else", () => {
  const events = readFileSync(karmada.audit, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const written = events
    .filter(({ userAgent, requestURI }) => userAgent === 'cdk8s-karmada' && !requestURI.includes('dryRun=All'))
    .map(({ verb, objectRef: { resource, namespace, name } }) => [
      verb,
      [resource, namespace, name].filter(Boolean).join('/'),
    ]);
  const objects = (...verbs: string[]) =>
    [...new Set(written.filter(([verb]) => verbs.includes(verb)).map(([, object]) => object))].sort();
  const lease = /^leases\/cdk8s-karmada(\/|$)/;
  expect(objects('create', 'update', 'patch').filter((object) => !lease.test(object))).toEqual([
    'configmaps/cdk8s-karmada/production-billing-karmada',
    'deployments/default/api',
    'namespaces/cdk8s-karmada/cdk8s-karmada', // a Namespace is logged as in itself
    'propagationpolicies/default/api-deployment',
  ]);
  expect(objects('delete', 'deletecollection').filter((object) => !lease.test(object))).toEqual([
    'configmaps/cdk8s-karmada/production-billing-karmada',
    'deployments/default/api',
    'propagationpolicies/default/api-deployment',
  ]);
});

test('the output alone can be applied with kubectl, without a command of ours', async () => {
  const server = await startApiServer();
  try {
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: crds() });
    server.kubectl(['apply', '--server-side', '-f', '-'], list);
    server.kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
    server.kubectl(['apply', '--server-side', '-f', dist]);
    expect(server.kubectl(['get', 'propagationpolicy', 'api-deployment', '-o', 'name'])).toBe(
      'propagationpolicy.policy.karmada.io/api-deployment\n',
    );
  } finally {
    await server.stop();
  }
});
