import { hostedInstances } from '../../../../cli/apply/instance/hosted-instances';
import { isInstalled } from '../../../../cli/plan/instance/hosted-instance';
import { destroyed, ending, standing } from './destroyed';
import { MemoryServer } from './memory-server';

const east = standing('east');
const west = standing('west');
const foreign = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine', namespace: 'shop' } },
];
const cluster = (name: string) => ({
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  metadata: { name },
});
const servers = (...more: any[]) => ({
  host: new MemoryServer('host', [...east.host, ...west.host, ...foreign]),
  karmada: new MemoryServer('karmada', [...east.karmada, ...more]),
});
const workloadsIn = (going: readonly string[]) => going.filter((each) => /: (Deployment|StatefulSet)/.test(each));

test('what goes first is what Karmada calls, then the components in order, etcd last, then keys; data stays', async () => {
  const { host, karmada } = servers();
  const before = host.names;
  const end = await ending(host, karmada, 'east');
  expect(end.troubles).toEqual([]);
  expect(end.going.filter((each) => each.startsWith('karmada:')).map((each) => each.split('/')[0])).toEqual([
    'karmada: MutatingWebhookConfiguration',
    'karmada: ValidatingWebhookConfiguration',
    'karmada: APIService',
  ]);
  expect(workloadsIn(end.going)).toEqual([
    'host: Deployment/east-system/karmada-controller-manager',
    'host: Deployment/east-system/karmada-kube-controller-manager',
    'host: Deployment/east-system/karmada-scheduler',
    'host: Deployment/east-system/karmada-webhook',
    'host: Deployment/east-system/karmada-aggregated-apiserver',
    'host: Deployment/east-system/karmada-apiserver',
    'host: StatefulSet/east-system/etcd',
  ]);
  const WHY = 'it is data of the instance, or a key that fits the data: with it the instance can come back';
  expect(end.kept).toEqual([
    'Namespace/east-system: what is kept is in it',
    `PersistentVolumeClaim/east-system/etcd-data-etcd-0: ${WHY}`,
    `Secret/east-system/karmada-ca: ${WHY}`,
    `Secret/east-system/karmada-etcd-ca: ${WHY}`,
    `Secret/east-system/karmada-front-proxy-ca: ${WHY}`,
    `Secret/east-system/karmada-service-account-key: ${WHY}`,
  ]);
  expect(await end.run()).toMatchObject({ exitCode: 0, unpruned: 0 });
  const deleted = [...karmada.writes, ...host.writes].filter((each) => each.startsWith('DELETE'));
  expect(deleted.map((each) => each.replace('DELETE ', '')).sort()).toEqual(
    end.going.map((each) => each.replace(/^.*?: /, '')).sort(),
  );
  expect(host.names.filter((each) => each.includes('east-system'))).toEqual([
    'ConfigMap/east-system/east-east-host',
    'Lease/east-system/east-east-host',
    'Namespace/east-system',
    'PersistentVolumeClaim/east-system/etcd-data-etcd-0',
    'Secret/east-system/karmada-ca',
    'Secret/east-system/karmada-etcd-ca',
    'Secret/east-system/karmada-front-proxy-ca',
    'Secret/east-system/karmada-service-account-key',
  ]);
  const others = (names: readonly string[]) => names.filter((each) => !each.includes('east-system'));
  expect(others(host.names)).toEqual(others(before));
});

test('with its data nothing of it is left, and nothing is written to its Karmada; nothing of others is touched', async () => {
  const { host, karmada } = servers();
  const before = host.names;
  const end = await ending(host, karmada, 'east', { deleteData: true });
  expect(end.kept).toEqual([]);
  expect(end.going[end.going.length - 1]).toBe('host: Namespace/east-system');
  expect(await end.run()).toMatchObject({ exitCode: 0, unpruned: 0 });
  expect(karmada.writes).toEqual([]);
  expect(host.names).toEqual(before.filter((each) => !each.includes('east-system')));
});

test('what was kept is found again, and goes when that is said', async () => {
  const { host, karmada } = servers();
  await (await ending(host, karmada, 'east')).run();
  const [left] = (await hostedInstances(host, {})).filter(({ instanceName }) => instanceName === 'east');
  expect(isInstalled(left)).toBe(false);
  karmada.down = async () => ({ status: 503, body: {}, warnings: [] });
  const end = await ending(host, karmada, 'east', { deleteData: true });
  expect(end.notes).toEqual(['karmada: nothing is deleted there: it answers 503 at https://karmada:6443/readyz']);
  expect(await end.run()).toMatchObject({ exitCode: 0 });
  expect(host.names.filter((each) => each.includes('east-system'))).toEqual([]);
});

test('what others put into its namespace keeps that namespace', async () => {
  const { host, karmada } = servers();
  host.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine', namespace: 'east-system' } });
  host.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'pull', namespace: 'east-system', managedFields: [{ manager: 'kubectl' }] },
  });
  const end = await ending(host, karmada, 'east', { deleteData: true });
  expect(end.kept).toEqual([
    'Namespace/east-system: it holds what is not of this chart: ConfigMap/east-system/mine, Secret/east-system/pull',
  ]);
  expect(await end.run()).toMatchObject({ exitCode: 0 });
  expect(host.names.filter((each) => each.includes('east-system'))).toEqual([
    'ConfigMap/east-system/east-east-host',
    'ConfigMap/east-system/mine',
    'Lease/east-system/east-east-host',
    'Namespace/east-system',
    'Secret/east-system/pull',
  ]);
});

test('the number of what is deleted is asked for, and nothing else: volumes and keys are in no record', async () => {
  const { host, karmada } = servers();
  const { run, plan, going } = await ending(host, karmada, 'east', { deleteData: true });
  expect(plan.totals.prune).toBe(going.length);
  await expect(run(3)).rejects.toThrow(
    `${going.length} objects would be deleted\n  fix: if that is meant, add --allow-prune ${going.length}; nothing was deleted`,
  );
  expect([...host.writes, ...karmada.writes]).toEqual([]);
});

test('the record on Karmada is as it should be before its API server goes', async () => {
  const { host, karmada } = servers();
  const { request } = host;
  host.request = async (asked) => {
    if (asked.method === 'DELETE' && asked.path.endsWith('/deployments/karmada-apiserver')) {
      karmada.down = async () => ({ status: 503, body: {}, warnings: [] });
    }
    return request.call(host, asked);
  };
  const end = await ending(host, karmada, 'east');
  expect(await end.run()).toMatchObject({ exitCode: 0, unpruned: 0 });
  expect(karmada.writes.slice(-2)).toEqual([
    'PATCH ConfigMap/cdk8s-karmada/east-east-karmada',
    'PUT Lease/cdk8s-karmada/east-east-karmada',
  ]);
});

test('what another tool has applied is refused: no record lists it, and it would be left without its keys', async () => {
  const { host, karmada } = servers();
  const { data: _, ...record } = host.object('ConfigMap/east-system/east-east-host');
  host.put(record);
  // a list that was lost is found again by the labels
  expect((await ending(host, karmada, 'east')).troubles).toEqual([]);
  const { metadata, ...etcd } = host.object('StatefulSet/east-system/etcd');
  host.put({ ...etcd, metadata: { ...metadata, labels: {} } });
  const { troubles } = await ending(host, karmada, 'east', { leaveMembers: true });
  expect(troubles).toEqual([
    {
      what: 'another tool has applied the components of "east": its record lists none of them, so they would stay, without their keys',
      at: 'instance "east"',
      fix: 'have that tool delete them; with Namespace/east-system, which is among them, go the keys and the data',
    },
  ]);
});

test('destroy counts what stays on a Karmada that goes with it, and names it where only a chart goes', async () => {
  const { host, karmada } = servers();
  const whole = await destroyed('east', { host, karmada });
  expect(
    whole.prunes.filter(({ action }) => action === 'keep').map(({ plane, key }) => `${plane} ${key.name}`),
  ).toEqual(['host east-system']);
  expect(whole.notes).toEqual(["karmada: 2 objects stay in etcd's data"]);
  const part = await destroyed('east', { host, karmada }, 'east/karmada');
  expect(part.prunes.filter(({ action }) => action === 'keep').map(({ plane, key }) => `${plane} ${key.name}`)).toEqual(
    ['karmada karmada-cluster', 'karmada karmada-system'],
  );
});

test('a Secret of the plan that others made is theirs', async () => {
  const { host, karmada } = servers();
  host.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'karmada-ca', namespace: 'east-system', managedFields: [{ manager: 'vault' }] },
  });
  const { kept } = await ending(host, karmada, 'east', { deleteData: true });
  expect(kept).toEqual([
    'Namespace/east-system: it holds what is not of this chart: Secret/east-system/karmada-ca',
    'Secret/east-system/karmada-ca: it was made by "vault"',
  ]);
});

describe('members that are still joined', () => {
  test('are named, and a person decides', async () => {
    const { host, karmada } = servers(cluster('paris'), cluster('berlin'));
    const refused = await ending(host, karmada, 'east');
    expect(refused.troubles).toEqual([
      {
        what: '2 member clusters are still joined: berlin, paris',
        at: 'instance "east"',
        fix: 'have them leave first with `cdk8s-karmada member unjoin`, while the control plane runs; or add --leave-members: what they run stays, and nothing looks after it',
      },
    ]);
    const said = await ending(host, karmada, 'east', { leaveMembers: true });
    expect([said.troubles, said.notes]).toEqual([
      [],
      ['on the member clusters berlin, paris what this Karmada runs there stays, and nothing looks after it'],
    ]);
  });

  test('are not known where the API server runs and does not answer here; where it does not run nothing is in the way', async () => {
    const { host, karmada } = servers();
    karmada.down = () => new Promise(() => undefined);
    expect((await ending(host, karmada, 'east')).troubles).toEqual([]);
    const [apiServer] = [...host.objects.values()].filter(
      ({ kind, metadata }) =>
        kind === 'Deployment' && metadata.name === 'karmada-apiserver' && metadata.namespace === 'east-system',
    );
    host.put({ ...apiServer, status: { readyReplicas: 1 } });
    const { troubles, notes } = await ending(host, karmada, 'east');
    expect(troubles).toEqual([
      {
        what: 'which member clusters are joined is not known, though the API server of Karmada runs: no answer came in 0 s',
        at: 'instance "east"',
        fix: 'name a context that reaches it with --karmada-context; or add --leave-members',
      },
    ]);
    expect(notes).toEqual(['karmada: nothing is deleted there: no answer came in 0 s']);
  });

  test('cannot be listed where what serves them is away: a person decides, and is not asked when nothing runs', async () => {
    const { host, karmada } = servers();
    const answer = karmada.request.bind(karmada);
    karmada.request = async (request) =>
      request.path.startsWith('/apis/cluster.karmada.io')
        ? { status: 403, body: { message: 'no endpoints' }, warnings: [] }
        : answer(request);
    const { troubles, notes } = await ending(host, karmada, 'east');
    expect(troubles).toEqual([]);
    expect(notes).toEqual([
      'karmada: its member clusters cannot be listed: Karmada does not list clusters: the server answered 403: no endpoints',
    ]);
  });
});
