import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { KarmadaVersion } from '../../src/core/karmada-version';
import { cdk8sKarmada } from '../cli/commands/terminal';
import { anInstance, oneMember } from '../instance/an-instance';
import { liveServer } from './live-server';
import { startApiServer, type TestServer } from './testbed';

let host: TestServer;
let karmada: TestServer;

// client-node is an ES module, which jest cannot load: the same servers with credentials of the test
jest.mock('../../cli/apply/http-api-server', () => ({
  ...jest.requireActual('../../cli/apply/http-api-server'),
  connect: (plane: 'host' | 'karmada') => liveServer(plane, plane === 'host' ? host : karmada),
}));

const NAMESPACE = ['--namespace', 'karmada-system'];

beforeAll(async () => {
  [host, karmada] = await Promise.all([startApiServer(), startApiServer()]);
  for (const version of [KarmadaVersion.V1_16, KarmadaVersion.V1_17, KarmadaVersion.V1_18]) {
    const { host: ours, karmada: theirs } = anInstance({ etcd: oneMember, version });
    const minor = version.version.split('.', 2).join('.');
    writeFileSync(join(host.folder, `${minor}.yaml`), Yaml.stringify(...ours, ...theirs));
  }
});

afterAll(async () => {
  await Promise.all([host?.stop(), karmada?.stop()]);
});

/** Nothing runs on these servers, so nothing is waited for. */
const run = (words: string, release: string) =>
  cdk8sKarmada(
    `${words} -f ${release}.yaml --host-kubeconfig ${host.kubeconfig} --karmada-kubeconfig ${karmada.kubeconfig}`,
    { cwd: host.folder },
  );
const apply = (release: string) => run('apply --yes --wait none', release);

/** Component to image, as the host has it. */
function images(): { [component: string]: string } {
  const { items } = JSON.parse(host.kubectl(['get', 'deployment,statefulset', ...NAMESPACE, '-o', 'json']));
  return Object.fromEntries(
    items.map(({ metadata, spec }: any) => [metadata.name, spec.template.spec.containers[0].image]),
  );
}

/** The certificate of each Secret: what is issued anew differs. */
function certificates(): string {
  return host.kubectl([
    'get',
    'secret',
    ...NAMESPACE,
    '-o',
    'jsonpath={range .items[*]}{.metadata.uid} {.data.tls\\.crt}{"\\n"}{end}',
  ]);
}

test('what is not there cannot be upgraded', async () => {
  const { code, stderr } = await run('instance upgrade --plan', 'v1.18');
  expect(code).toBe(1);
  expect(stderr).toContain('there is nothing to upgrade: no component of "east" is on the host');
});

test('a minor release is not skipped, by no verb, and nothing is written', async () => {
  const applied = await apply('v1.16');
  expect([applied.code, applied.stderr.match(/refused|failed/)]).toEqual([0, null]);
  const before = images();
  for (const words of ['plan', 'apply --yes --wait none', 'instance upgrade --plan', 'instance upgrade --yes']) {
    const { code, stderr } = await run(words, 'v1.18');
    expect([words, code]).toEqual([words, 6]);
    expect(stderr).toContain('Karmada would go from 1.16.8 to 1.18.2 at once');
    expect(stderr).toContain('fix: set version: KarmadaVersion.V1_17 and apply that first, then go on from there');
  }
  expect(images()).toEqual(before);
  expect((await apply('v1.17')).code).toBe(0);
  expect(images()).toMatchObject({ etcd: 'registry.k8s.io/etcd:3.6.6-0' });
});

test('there is no step back', async () => {
  const { code, stderr } = await run('plan', 'v1.16');
  expect(code).toBe(6);
  expect(stderr).toContain('Karmada would go back from 1.17.5 to 1.16.8');
  expect(stderr).toContain('the Kubernetes API server would go back from 1.35.2 to 1.34.1');
});

test('what the next release changes is shown, and nothing is written', async () => {
  const before = images();
  const { code, stdout } = await run('instance upgrade --plan -o json', 'v1.18');
  expect(code).toBe(2);
  const { instance, upgrade, before: report, apply: none } = JSON.parse(stdout);
  expect([instance, upgrade.from, upgrade.to, none]).toEqual(['east', 'v1.17.5', 'v1.18.2', undefined]);
  expect(
    upgrade.components.map(({ name, image }: any) => [name, image.from.split(':')[1], image.to.split(':')[1]]),
  ).toEqual(
    ['karmada-aggregated-apiserver', 'karmada-controller-manager', 'karmada-scheduler', 'karmada-webhook'].map(
      (name) => [name, 'v1.17.5', 'v1.18.2'],
    ),
  );
  expect(upgrade.definitions.map(({ name }: any) => name)).toContain('propagationpolicies.policy.karmada.io');
  expect(upgrade.waves.map(({ wave }: any) => wave)).toEqual([0, 2, 3, 4, 5, 6, 7]);
  expect(report.totals.fails).toBeGreaterThan(0);
  expect(images()).toEqual(before);
});

test('an instance that is not well is not upgraded, unless that is meant', async () => {
  const { code, stderr } = await run('instance upgrade --yes', 'v1.18');
  expect(code).toBe(4);
  expect(stderr).toContain('the instance is not well: ');
  expect(stderr).toContain('fix: mend that first; where the upgrade is what mends it, add --ignore-findings');
  expect(images()['karmada-webhook']).toBe('docker.io/karmada/karmada-webhook:v1.17.5');
});

test('the upgrade goes through apply, keeps every key, and looks again', async () => {
  const keys = certificates();
  const { code, stdout } = await run('instance upgrade --yes --ignore-findings --wait none -o json', 'v1.18');
  const { upgrade, apply: applied, after } = JSON.parse(stdout);
  expect([upgrade.from, upgrade.to]).toEqual(['v1.17.5', 'v1.18.2']);
  expect(applied.summary).toMatchObject({ created: 0, failed: 0, blocked: 0, issued: 0, exitCode: 0 });
  // nothing runs here, and the doctor says so
  expect([code, after.findings.some(({ check, state }: any) => check === 'pods' && state === 'fails')]).toEqual([
    4,
    true,
  ]);
  expect(images()).toMatchObject({
    'karmada-apiserver': 'registry.k8s.io/kube-apiserver:v1.35.2',
    'karmada-webhook': 'docker.io/karmada/karmada-webhook:v1.18.2',
  });
  expect(certificates()).toBe(keys);
  const definition = karmada.kubectl(['get', 'crd', 'propagationpolicies.policy.karmada.io', '-o', 'json']);
  expect(definition).toContain('overflowAffinities');
  expect(
    karmada.kubectl(['get', 'configmap', 'karmada-version', ...NAMESPACE, '-o', 'jsonpath={.data.karmadaVersion}']),
  ).toBe('v1.18.2');
});

test('a second time there is nothing to do', async () => {
  const { code, stdout } = await run('instance upgrade --yes', 'v1.18');
  expect([code, stdout.split('\n').pop(), stdout.trim().split('\n').pop()]).toEqual([
    0,
    '',
    'nothing to upgrade: Karmada v1.18.2 runs; other changes are for `cdk8s-karmada apply`',
  ]);
});

test('a doctor of it tells what is so on real servers, and writes nothing', async () => {
  const versions = () =>
    [host, karmada].map((server) =>
      server.kubectl([
        'get',
        'all,configmap,secret',
        '--all-namespaces',
        '-o',
        'jsonpath={.items[*].metadata.resourceVersion}',
      ]),
    );
  const before = versions();
  const { code, stdout } = await cdk8sKarmada(
    `instance doctor east --host-kubeconfig ${host.kubeconfig} --karmada-kubeconfig ${karmada.kubeconfig} -o json`,
  );
  expect(code).toBe(4);
  const { findings } = JSON.parse(stdout);
  const states = (check: string) => findings.filter((each: any) => each.check === check).map(({ state }: any) => state);
  expect([
    states('api-server-ready'),
    states('certificates'),
    new Set(states('ca-bundles')),
    states('time-skew'),
  ]).toEqual([['ok'], ['ok'], new Set(['ok']), ['ok', 'ok']]);
  expect([states('etcd-ready'), states('webhooks-answer')]).toEqual([['fails'], ['fails', 'fails']]);
  expect(versions()).toEqual(before);
});

test('a host is looked at on a real server', async () => {
  const { code, stdout } = await run('instance doctor --host -o json', 'v1.18');
  expect(code).toBe(4);
  const { findings } = JSON.parse(stdout);
  const fails = findings.filter(({ state }: any) => state === 'fails').map(({ check }: any) => check);
  expect(fails).toEqual(
    ['nodes-ready', 'storage-class', 'capacity', 'etcd-spread'].filter((each) => fails.includes(each)),
  );
  expect(
    findings.filter(({ check }: any) => ['permissions', 'free-names'].includes(check)).map(({ state }: any) => state),
  ).toEqual(['ok', 'ok']);
});
