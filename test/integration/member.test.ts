import { ApiObject, App } from 'cdk8s';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';
import { ClusterTaint } from '../../src/member/cluster-taint';
import { MemberCluster, type MemberClusterProps, SyncMode } from '../../src/member/member-cluster';
import { clusterCrdForTestsAlone, crds } from '../../src/schema/crd';
import { cdk8sKarmada } from '../cli/commands/terminal';
import { plainClient } from './plain-client';
import { startApiServer, type TestServer } from './testbed';

let karmada: TestServer;

// client-node is an ES module, which jest cannot load: the same server by another transport
jest.mock('../../cli/apply/http-api-server', () => ({
  connect: (plane: 'host' | 'karmada') => plainClient(plane, karmada),
}));

/** How `karmadactl join` leaves a cluster, and what its owner did to it since. */
const JOINED = {
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  metadata: { name: 'berlin', labels: { owner: 'others' }, finalizers: ['karmada.io/cluster-controller'] },
  spec: {
    id: '0b1d3e6a',
    syncMode: 'Push',
    apiEndpoint: 'https://10.0.0.1:6443',
    proxyURL: 'http://proxy.example:3128',
    secretRef: { namespace: 'karmada-cluster', name: 'berlin' },
    impersonatorSecretRef: { namespace: 'karmada-cluster', name: 'berlin-impersonator' },
    provider: 'metal',
    taints: [{ key: 'maintenance', value: 'friday', effect: 'NoSchedule' }],
  },
};

const OTHERS = { key: 'maintenance', value: 'friday', effect: 'NoSchedule' };
const NOT_READY = { key: 'cluster.karmada.io/not-ready', effect: 'NoSchedule', timeAdded: '2026-01-01T00:00:00Z' };
const UNREACHABLE = { key: 'cluster.karmada.io/unreachable', effect: 'NoSchedule', timeAdded: '2026-01-02T00:00:00Z' };
const TEAM = { key: 'team', value: 'shop', effect: 'NoSchedule' };
const PAUSED = { key: 'cluster.karmada.io/unschedulable', effect: 'NoSchedule' };

const CODE: MemberClusterProps = {
  labels: { tier: 'edge' },
  region: 'eu-1',
  taints: [ClusterTaint.noSchedule('team', 'shop')],
};

beforeAll(async () => {
  karmada = await startApiServer();
  const items = [...crds(), clusterCrdForTestsAlone()];
  karmada.kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  karmada.kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
});

beforeEach(() => {
  karmada.kubectl(['create', '--field-manager=karmadactl', '-f', '-'], JSON.stringify(JOINED));
});

afterEach(() => {
  karmada.kubectl(['patch', 'cluster', 'berlin', '--type=merge', '-p', '{"metadata":{"finalizers":null}}']);
  karmada.kubectl(['delete', 'clusters', '--all']);
  karmada.kubectl(['delete', 'configmaps', '--all', '-n', 'cdk8s-karmada', '--ignore-not-found']);
});

afterAll(() => karmada?.stop());

const live = (name = 'berlin') => JSON.parse(karmada.kubectl(['get', 'cluster', name, '-o', 'json']));

/** Karmada's cluster controller: it reads the cluster, and writes it back whole with the taints that its condition asks for. */
function karmadaSets(...taints: any[]): void {
  const cluster = live();
  const own = [NOT_READY, UNREACHABLE].map(({ key }) => key);
  const others = (cluster.spec.taints ?? []).filter(({ key }: any) => !own.includes(key));
  const written = { ...cluster, spec: { ...cluster.spec, taints: [...others, ...taints] } };
  karmada.kubectl(['replace', '--field-manager=karmada-controller-manager', '-f', '-'], JSON.stringify(written));
}

const LEFT = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'left', namespace: 'default' } };

/** A chart of an instance that others installed. */
function fleet(fill: (chart: MulticloudChart) => void) {
  const app = new App();
  const instance = MulticloudInstance.fromExisting(app, 'east', { instanceName: 'east' });
  const chart = new MulticloudChart(app, 'fleet', { instance });
  fill(chart);
  return chart.toJson();
}

const options = () => `--karmada-kubeconfig ${karmada.kubeconfig} --karmada-context ${karmada.context}`;

/** Runs the command on a chart whose only object is the member. */
async function run(words: string, props: MemberClusterProps, id = 'berlin') {
  const files = { 'in.json': fleet((chart) => new MemberCluster(chart, id, props)) };
  return cdk8sKarmada(`${words} -f in.json ${options()} -o json`, { files });
}

/** What plan says about the member: what happens to it, and which fields. */
async function plan(props: MemberClusterProps, id?: string) {
  const { code, stdout, stderr } = await run('plan', props, id);
  expect(stderr).toBe('');
  const { objects } = JSON.parse(stdout).plan ?? JSON.parse(stdout);
  const { action, changes, conflicts, refusal } = objects.find(({ key }: any) => key.kind === 'Cluster');
  return {
    code,
    action,
    changes: changes.map(({ kind, path }: any) => `${kind} ${path}`),
    ...(conflicts.length && { conflicts }),
    ...(refusal && { refusal: refusal.message }),
  };
}

async function apply(props: MemberClusterProps): Promise<void> {
  const { code, stderr } = await run('apply --yes', props);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
}

const UNCHANGED = { code: 0, action: 'unchanged', changes: [] };

test('a member joins the code while Karmada says that it is not ready: what others set stays, and the next plan is empty', async () => {
  karmadaSets(NOT_READY);
  expect(await plan(CODE)).toEqual({
    code: 2,
    action: 'update',
    changes: [
      'add metadata.labels.tier',
      'add metadata.labels["applyset.kubernetes.io/part-of"]',
      'add spec.region',
      'add spec.taints[team:NoSchedule]',
    ],
  });

  await apply(CODE);

  const { metadata, spec } = live();
  expect(metadata.labels).toMatchObject({ owner: 'others', tier: 'edge' });
  expect(metadata.finalizers).toEqual(JOINED.metadata.finalizers);
  expect(metadata.annotations ?? {}).toEqual({});
  expect(spec).toEqual({ ...JOINED.spec, region: 'eu-1', taints: [OTHERS, NOT_READY, TEAM] });
  expect(await plan(CODE)).toEqual(UNCHANGED);
});

test('while taints of Karmada come and go there is nothing to change, and apply writes nothing', async () => {
  await apply(CODE);
  for (const taints of [[NOT_READY], [], [UNREACHABLE], [NOT_READY, UNREACHABLE], []]) {
    karmadaSets(...taints);
    const before = live();
    expect(await plan(CODE)).toEqual(UNCHANGED);
    await apply(CODE);
    expect(live()).toEqual(before);
  }
});

test('a taint that leaves the code goes away, and no other', async () => {
  const drain = { key: 'drain', effect: 'NoExecute' };
  const both = { ...CODE, taints: [...(CODE.taints ?? []), ClusterTaint.noExecute('drain')] };
  await apply(both);
  karmadaSets(UNREACHABLE);
  expect(live().spec.taints).toEqual([OTHERS, TEAM, drain, UNREACHABLE]);

  await apply({ ...both, taints: [ClusterTaint.noExecute('drain')] });
  expect(live().spec.taints).toEqual([OTHERS, drain, UNREACHABLE]);

  await apply({ ...both, taints: [] });
  expect(live().spec).toEqual({ ...JOINED.spec, region: 'eu-1', taints: [OTHERS, UNREACHABLE] });
  expect(await plan({ ...both, taints: [] })).toEqual(UNCHANGED);
});

test('scheduling is paused and goes on again', async () => {
  karmadaSets(NOT_READY);
  await apply({ ...CODE, schedulingPaused: true });
  expect(live().spec.taints).toEqual([OTHERS, NOT_READY, TEAM, PAUSED]);
  expect(await plan({ ...CODE, schedulingPaused: true })).toEqual(UNCHANGED);

  expect(await plan(CODE)).toEqual({
    code: 2,
    action: 'update',
    changes: ['remove spec.taints[cluster.karmada.io/unschedulable:NoSchedule]'],
  });
  await apply({ ...CODE, schedulingPaused: false });
  expect(live().spec.taints).toEqual([OTHERS, NOT_READY, TEAM]);
});

test('who cordoned by hand is not overruled by code that does not speak of it', async () => {
  await apply(CODE);
  const taints = [...live().spec.taints, PAUSED];
  const patch = JSON.stringify({ spec: { taints } });
  karmada.kubectl(['patch', 'cluster', 'berlin', '--field-manager=karmadactl', '--type=merge', '-p', patch]);

  for (const schedulingPaused of [undefined, false]) {
    expect(await plan({ ...CODE, schedulingPaused })).toEqual(UNCHANGED);
  }
  expect(live().spec.taints).toEqual([OTHERS, TEAM, PAUSED]);
});

test('what somebody took away by hand comes back', async () => {
  await apply({ ...CODE, schedulingPaused: true });
  const patch = JSON.stringify({ spec: { taints: [OTHERS] } });
  karmada.kubectl(['patch', 'cluster', 'berlin', '--field-manager=karmadactl', '--type=merge', '-p', patch]);

  await apply({ ...CODE, schedulingPaused: true });
  expect(live().spec.taints).toEqual([OTHERS, TEAM, PAUSED]);
});

test('what leaves the code leaves the member, and what others have set stays', async () => {
  await apply({ ...CODE, provider: 'metal' });
  await apply({});

  const { metadata, spec } = live();
  expect(metadata.labels).toMatchObject({ owner: 'others' });
  expect(metadata.labels).not.toHaveProperty('tier');
  expect(spec).toEqual(JOINED.spec);
});

test('a member that leaves the code stays, without what the code had set, and with what others have', async () => {
  await apply({ ...CODE, provider: 'metal' });
  const removed = {
    files: { 'in.json': fleet((chart) => new ApiObject(chart, 'left', LEFT)) },
  };
  const planned = await cdk8sKarmada(`plan -f in.json ${options()}`, removed);
  expect(planned.stdout).toContain(`Made by others, and stays (what the code had set on it is taken away)
  - withdraw  karmada: Cluster/berlin                                   dropped from synth at construct fleet/berlin/Resource
`);
  const { code, stdout } = await cdk8sKarmada(`apply --yes -f in.json ${options()}`, removed);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^✓ Applied: \d created, 1 withdrawn, /) });
  const { metadata, spec } = live();
  expect(metadata.labels).toEqual({ owner: 'others' });
  expect(spec).toEqual(JOINED.spec);
  expect((await cdk8sKarmada(`plan -f in.json ${options()}`, removed)).code).toBe(0);
});

test('a value that somebody else set to something else is a conflict that names them', async () => {
  expect(await plan({ provider: 'cloud', syncMode: SyncMode.PULL })).toEqual({
    code: 2,
    action: 'conflict',
    changes: [],
    conflicts: [
      { path: 'spec.provider', manager: 'karmadactl', live: 'metal', time: expect.stringMatching(/^20/) },
      { path: 'spec.syncMode', manager: 'karmadactl', live: 'Push', time: expect.stringMatching(/^20/) },
    ],
  });
  expect(await plan({ provider: 'metal', syncMode: SyncMode.PUSH })).toMatchObject({ action: 'update' });
});

test('a cluster that has not joined is said to be missing, where the code does not say how it joins', async () => {
  expect(await plan(CODE, 'paris')).toEqual({
    code: 2,
    action: 'refused',
    changes: [],
    refusal: 'no cluster has joined as paris: join it first, or say with `syncMode` how it will join',
  });
  expect(await plan({ ...CODE, syncMode: SyncMode.PULL }, 'paris')).toMatchObject({ action: 'create' });
});
