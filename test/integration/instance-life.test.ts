import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApplyOptions, applyInput } from '../../cli/apply/engine';
import { type Input, readCharts } from '../../cli/plan/chart-input';
import { readDocuments } from '../../cli/plan/document';
import { InstanceDeletion } from '../../src/instance/instance-deletion';
import type { MulticloudInstanceProps } from '../../src/instance/multicloud-instance-props';
import { clusterCrdForTestsAlone } from '../../src/schema/crd';
import { anInstance, oneMember } from '../instance/an-instance';
import { type PlainClient, plainClient } from './plain-client';
import { startApiServer, type TestServer } from './testbed';

const COMMAND = join(__dirname, '..', '..', 'bin', 'cdk8s-karmada');
const OPTIONS: ApplyOptions = { toolVersion: '1.0.0', now: Date.now, wait: 'none' };

let hostServer: TestServer;
let karmadaServer: TestServer;
let host: PlainClient;
let karmada: PlainClient;
let controllers: ChildProcess;
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-life-'));

beforeAll(async () => {
  [hostServer, karmadaServer] = await Promise.all([startApiServer({ audit: true }), startApiServer()]);
  host = plainClient('host', hostServer);
  karmada = plainClient('karmada', karmadaServer);
  // what makes the end of a namespace, and of a volume, a real one
  const names = ['namespace-controller', 'persistentvolumeclaim-protection-controller', 'garbage-collector-controller'];
  controllers = spawn(
    join(hostServer.binaries, 'kube-controller-manager'),
    [`--kubeconfig=${hostServer.kubeconfig}`, `--controllers=${names}`, '--leader-elect=false', '--secure-port=0'],
    { stdio: 'ignore' },
  );
  karmadaServer.kubectl(['apply', '-f', '-'], JSON.stringify(clusterCrdForTestsAlone()));
  hostServer.kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: foreign }));
  for (const [name, props] of Object.entries(INSTANCES)) await install(name, props);
});

afterAll(async () => {
  controllers?.kill('SIGKILL');
  await Promise.all([host?.close(), karmada?.close()]);
  await Promise.all([hostServer?.stop(), karmadaServer?.stop()]);
  rmSync(folder, { recursive: true });
});

const INSTANCES: { readonly [name: string]: Partial<MulticloudInstanceProps> } = {
  west: { deletion: InstanceDeletion.RETAIN_KARMADA },
  east: { alias: 'Ost' },
};

const inside = (namespace: string, name: string) => ({ name, namespace });
const foreign = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: inside('shop', 'mine'), data: { a: '1' } },
  { apiVersion: 'v1', kind: 'Secret', metadata: inside('shop', 'karmada-ca'), stringData: { a: '1' } },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...inside('shop', 'etcd-data-etcd-0'),
      labels: { 'app.kubernetes.io/name': 'etcd', 'app.kubernetes.io/instance': 'east' },
    },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
];

const namespaceOf = (name: string) => `${name}-system`;

/** As `apply` does it; nothing here runs pods, so nothing is waited for. */
async function install(name: string, props: Partial<MulticloudInstanceProps>): Promise<void> {
  const made = anInstance({ instanceName: name, namespace: namespaceOf(name), etcd: oneMember, ...props });
  // nothing here answers for an aggregated API; a definition stands for that of clusters
  const onKarmada = made.karmada.filter(({ kind }) => kind !== 'APIService');
  const input = inputOf([...made.host, ...onKarmada]);
  const only = (plane: string): Input => ({ ...input, charts: input.charts.filter((chart) => chart.plane === plane) });
  expect(await applyInput(only('host'), { host }, OPTIONS)).toMatchObject({ exitCode: 0 });
  if (name === 'east')
    expect(await applyInput(only('karmada'), { host, karmada }, OPTIONS)).toMatchObject({ exitCode: 0 });
  // what the StatefulSet's controller does
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...inside(namespaceOf(name), 'etcd-data-etcd-0'),
      labels: { 'app.kubernetes.io/name': 'etcd', 'app.kubernetes.io/instance': name },
    },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
  hostServer.kubectl(['create', '-f', '-'], JSON.stringify(claim));
}

function inputOf(manifests: readonly any[]): Input {
  const text = manifests.map((each) => JSON.stringify(each)).join('\n---\n');
  return readCharts(readDocuments([{ file: 'dist/app.k8s.yaml', text }]));
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command in a process of its own, in an empty folder; it is killed when it has said something. */
function run(words: string, until?: RegExp): Promise<Ended> {
  const args = [COMMAND, 'instance', ...words.split(' '), '--host-kubeconfig', hostServer.kubeconfig];
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk) => {
      said[stream] += chunk;
      if (until?.test(said[stream])) child.kill('SIGKILL');
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
}

const withKarmada = () => `--karmada-kubeconfig ${karmadaServer.kubeconfig}`;

/** Every object of the host, with its UID and version, but for what the servers themselves renew. */
async function everything(): Promise<Map<string, string>> {
  const kinds = hostServer
    .kubectl(['api-resources', '--verbs=list', '-o', 'name'])
    .trim()
    .split('\n')
    .filter(
      (name) =>
        !/^(events|componentstatuses|endpoints$|leases|apiservices|flowschemas|priorityle|servicecidrs|ipaddresses)/.test(
          name,
        ),
    );
  const { items } = JSON.parse(hostServer.kubectl(['get', kinds.join(','), '-A', '-o', 'json']));
  return new Map(
    items.map(({ kind, metadata }: any) => [
      [kind, metadata.namespace, metadata.name].filter(Boolean).join('/'),
      `${metadata.uid} ${metadata.resourceVersion}`,
    ]),
  );
}

function outside(all: ReadonlyMap<string, string>, namespace: string): [string, string][] {
  return [...all].filter(([name]) => !name.includes(namespace)).sort();
}

/** What was written to the host since, as `verb resource/namespace/name`, by the audit log of the server. */
function written(since: number): string[] {
  return audited()
    .slice(since)
    .filter(({ user, responseStatus }) => user.username !== 'system:apiserver' && responseStatus.code < 400)
    .filter(({ userAgent }) => !userAgent.startsWith('kube-controller-manager'))
    .map(({ verb, objectRef }) =>
      [`${verb} ${objectRef.resource}`, objectRef.namespace, objectRef.name].filter(Boolean).join('/'),
    );
}

function audited(): any[] {
  return readFileSync(hostServer.audit, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('both instances are listed, the newest first', async () => {
  const { code, stdout } = await run('list -o json');
  expect(code).toBe(0);
  expect(
    JSON.parse(stdout).instances.map(({ instanceName, deletion, state }: any) => [instanceName, deletion, state]),
  ).toEqual([
    ['east', 'release', 'not ready'],
    ['west', 'retain', 'not ready'],
  ]);
  const sorted = await run('list --sort name');
  expect(sorted.stdout).toMatch(/^NAME .*\neast .*\nwest .*\n$/);
});

test('the status of one: its components, its certificates; no value of a Secret', async () => {
  const { code, stdout } = await run(`status east -o json ${withKarmada()}`);
  expect(code).toBe(5);
  const status = JSON.parse(stdout);
  expect(status).toMatchObject({ state: 'not ready', apiServer: { reachable: true }, members: { total: 0, ready: 0 } });
  expect(status.components.map(({ name, state }: any) => [name, state])).toContainEqual(['etcd', 'not ready']);
  expect(Date.parse(status.nextExpiry.expires)).toBeGreaterThan(Date.now());
  expect(stdout).not.toMatch(/PRIVATE KEY|LS0tLS1/);
});

test('a host is found among the contexts, with the instances that it has', async () => {
  const { code, stdout } = await run('hosts -o json');
  expect(code).toBe(0);
  const [found] = JSON.parse(stdout).hosts;
  expect(found).toMatchObject({ context: 'testbed', fits: true, instances: ['east', 'west'], storageClasses: [] });
  const { users } = JSON.parse(readFileSync(hostServer.kubeconfig, 'utf8'));
  expect(stdout).not.toContain(users[0].user.token);
});

test('--plan writes nothing, and is what is deleted', async () => {
  const since = audited().length;
  const { code, stdout } = await run(`destroy east --plan -o json ${withKarmada()}`);
  expect(code).toBe(2);
  const { plan } = JSON.parse(stdout);
  expect(plan.totals.prune).toBeGreaterThan(40);
  expect(written(since)).toEqual([]);
});

test('a member that is joined is in the way', async () => {
  const paris = {
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'paris' },
    spec: { syncMode: 'Push' },
  };
  karmadaServer.kubectl(['create', '-f', '-'], JSON.stringify(paris));
  const { code, stderr } = await run(`destroy east --yes --allow-prune 200 ${withKarmada()}`);
  expect(code).toBe(6);
  expect(stderr).toContain('error: 1 member cluster is still joined: paris\n');
  karmadaServer.kubectl(['delete', 'cluster', 'paris']);
});

test('killed on its way it goes on where it was; data, authorities and everything of others stay', async () => {
  const before = await everything();
  const since = audited().length;
  const killed = await run(
    `destroy east --yes --allow-prune 200 ${withKarmada()}`,
    /pruned +Deployment\/east-system\/karmada-webhook/,
  );
  expect(killed.code).toBeNull();
  const again = await run(`destroy east --yes --allow-prune 200 --steal-lock ${withKarmada()}`);
  expect([again.code, again.stderr]).toEqual([0, expect.any(String)]);
  const left = [...(await everything()).keys()].filter((name) => name.includes('east-system'));
  expect(left.sort()).toEqual([
    'ConfigMap/east-system/east-east-host',
    'Namespace/east-system',
    'PersistentVolumeClaim/east-system/etcd-data-etcd-0',
    'Secret/east-system/karmada-ca',
    'Secret/east-system/karmada-etcd-ca',
    'Secret/east-system/karmada-front-proxy-ca',
    'Secret/east-system/karmada-service-account-key',
  ]);
  expect(outside(await everything(), 'east-system')).toEqual(outside(before, 'east-system'));
  expect(written(since)).toContain('delete statefulsets/east-system/etcd');
  expect(written(since).filter((each) => !/\/east-system(\/|$)/.test(each))).toEqual([]);
  const onKarmada = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'];
  expect(karmadaServer.kubectl(['get', onKarmada.join(','), '-o', 'name'])).toBe('');
  expect(karmadaServer.kubectl(['get', 'crd', '-o', 'name']).trim().split('\n').length).toBeGreaterThan(15);
  const listed = JSON.parse((await run('list -o json')).stdout).instances;
  expect(listed.map(({ instanceName }: any) => instanceName)).toEqual(['west']);
  expect((await run('orphans')).stdout).toContain(
    `recycle: cdk8s-karmada instance destroy east --delete-data --host-kubeconfig ${hostServer.kubeconfig}\n`,
  );
});

test('it comes back with the data that was kept, and with the same authority', async () => {
  const authority = () => hostServer.kubectl(['get', 'secret', 'karmada-ca', '-n', 'east-system', '-o', 'json']);
  const before = authority();
  const made = anInstance({ instanceName: 'east', namespace: 'east-system', etcd: oneMember });
  const summary = await applyInput(inputOf(made.host), { host }, OPTIONS);
  expect(summary).toMatchObject({ exitCode: 0, pruned: 0 });
  expect(authority()).toBe(before);
});

test('with its data all of it goes, though its Karmada is gone: nothing is left, and nothing of others is touched', async () => {
  const before = await everything();
  const since = audited().length;
  const { code, stdout, stderr } = await run('destroy east --delete-data --yes --allow-prune 200 --timeout 2m');
  expect([code, stdout]).toEqual([0, expect.stringContaining('Destroyed')]);
  expect(stderr).toContain('karmada: nothing is deleted there: ');
  const after = await everything();
  expect([...after.keys()].filter((name) => name.includes('east-system'))).toEqual([]);
  expect(outside(after, 'east-system')).toEqual(outside(before, 'east-system'));
  expect(written(since)).toContain('delete persistentvolumeclaims/east-system/etcd-data-etcd-0');
  expect(written(since).filter((each) => !/\/east-system(\/|$)/.test(each))).toEqual([]);
  expect((await run('orphans')).stdout).toBe('nothing is left that nobody looks after\n');
});

test('what is retained leaves the list and goes on running, until it is released; an apply takes it back', async () => {
  const parts = async () => outside(await everything(), 'ConfigMap/west-system/west-east-host');
  const before = await parts();
  const kept = await run('destroy west --yes');
  expect([kept.code, kept.stdout]).toEqual([0, expect.stringContaining('instance "west" is retained: ')]);
  expect(await parts()).toEqual(before);
  expect((await run('list')).stdout).toBe('no instances\n');
  expect((await run('orphans')).stdout).toContain('recycle: cdk8s-karmada instance destroy west --release ');

  const made = anInstance({ instanceName: 'west', namespace: 'west-system', etcd: oneMember, ...INSTANCES.west });
  expect(await applyInput(inputOf(made.host), { host }, OPTIONS)).toMatchObject({
    exitCode: 0,
    created: 0,
    updated: 0,
  });
  expect((await run('list')).stdout).toContain('west');

  await run('destroy west --yes');
  const released = await run('destroy west --release --delete-data --yes --allow-prune 200 --timeout 2m');
  expect(released.code).toBe(0);
  expect([...(await everything()).keys()].filter((name) => name.includes('west'))).toEqual([]);
});
