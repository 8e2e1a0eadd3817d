import { MulticloudChart } from '../../../src/core/multicloud-chart';
import { InstanceDeletion } from '../../../src/instance/instance-deletion';
import { anInstance } from '../../instance/an-instance';
import { standing } from '../apply/instance/destroyed';
import { applied, MemoryServer } from '../apply/instance/memory-server';
import { cdk8sKarmada, type Surroundings } from './terminal';

/** Servers by the host of their URL. */
let servers: { [host: string]: MemoryServer } = {};

// the transport is tested on its own; here its other end is in memory
jest.mock('../../../cli/apply/http-api-server', () => ({
  connect: (_: string, { cluster }: { cluster: { server: string } }) => {
    const { hostname } = new URL(cluster.server);
    const found = servers[hostname];
    if (found) return found;
    const { Unreachable } = jest.requireActual('../../../cli/apply/api-server');
    const gone = async (): Promise<never> => {
      throw new Unreachable(`no answer from ${cluster.server}: connection refused`);
    };
    return { plane: 'host', url: cluster.server, request: gone, close: async (): Promise<void> => undefined };
  },
}));

const NOW = Date.parse('2026-03-01T00:00:00Z');
const named = (kind: string, entries: { [name: string]: any }) =>
  Object.entries(entries).map(([name, value]) => ({ name, [kind]: value }));

/** A kubeconfig whose contexts are these hosts. */
function kubeconfig(...hosts: string[]) {
  const of = (value: (host: string) => any) => Object.fromEntries(hosts.map((host) => [host, value(host)]));
  return {
    clusters: named(
      'cluster',
      of((host) => ({ server: `https://${host}:6443` })),
    ),
    users: named(
      'user',
      of(() => ({ token: 'very-secret' })),
    ),
    contexts: named(
      'context',
      of((host) => ({ cluster: host, user: host })),
    ),
    'current-context': hosts[0],
  };
}

function run(words: string, surroundings: Surroundings = {}) {
  const files = { 'kubeconfig.json': kubeconfig('prod', 'test', 'gone'), ...surroundings.files };
  return cdk8sKarmada(words, { env: { KUBECONFIG: 'kubeconfig.json' }, columns: 140, ...surroundings, files });
}

const KARMADA = (name: string) => `karmada-apiserver.${name}-system.svc.cluster.local`;
const storage = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
};

/** All of an instance's components are ready. */
function start(host: MemoryServer): void {
  for (const object of [...host.objects.values()]) {
    const { replicas } = object.spec ?? {};
    if (replicas) host.put({ ...object, status: { readyReplicas: replicas, updatedReplicas: replicas } });
  }
}

/** Of what an instance renders to, by kind and name. */
const waves = new Map<string, string>(
  anInstance().host.flatMap(({ kind, metadata: { name, annotations } }) =>
    kind === 'Deployment' || kind === 'StatefulSet' ? [[`${kind}/${name}`, annotations['cdk8s-karmada.io/wave']]] : [],
  ),
);

beforeEach(() => {
  jest.spyOn(Date, 'now').mockReturnValue(NOW);
  const east = standing('east', { alias: 'Ost' }, '2026-01-01T00:00:00Z');
  const west = standing('west', { deletion: InstanceDeletion.RETAIN_KARMADA }, '2026-02-01T00:00:00Z');
  const north = standing('north', {}, '2026-02-20T00:00:00Z');
  servers = {
    prod: new MemoryServer('host', [...east.host, ...west.host, storage], 'https://prod:6443'),
    test: new MemoryServer('host', north.host, 'https://test:6443'),
    [KARMADA('west')]: new MemoryServer('karmada', west.karmada, `https://${KARMADA('west')}:5443`),
    [KARMADA('east')]: new MemoryServer('karmada', east.karmada, `https://${KARMADA('east')}:5443`),
  };
  start(servers.prod);
});

afterEach(() => {
  jest.restoreAllMocks();
});

const PLANES = [
  'planes:',
  ...Object.entries({ east: 'prod', west: 'prod', north: 'test' }).map(
    ([name, host]) => `  ${name}: { host: { context: ${host} } }`,
  ),
].join('\n');

describe('instance list', () => {
  test('of a host, the newest first; by name where that is asked for', async () => {
    const shown = await run('instance list --host-context prod');
    expect(shown).toEqual({
      code: 0,
      stdout: `NAME  ALIAS  VIRTUAL CLUSTER  VERSION  NAMESPACE    ON DELETE  AGE   STATE
west  -      k-west           v1.18.2  west-system  retain     28 d  ready
east  Ost    k-east           v1.18.2  east-system  release    59 d  ready
`,
      stderr: '',
    });
    const sorted = await run('instance list --host-context prod --sort name -o json');
    expect(JSON.parse(sorted.stdout).instances.map(({ instanceName }: any) => instanceName)).toEqual(['east', 'west']);
  });

  test('by a text in the name or the alias', async () => {
    const found = async (words: string) => {
      const { stdout } = await run(`instance list --host-context prod -o json ${words}`);
      return JSON.parse(stdout).instances.map(({ instanceName }: any) => instanceName);
    };
    expect(await found('--name st')).toEqual(['west', 'east']);
    expect(await found('--name Ost')).toEqual(['east']);
    expect(await found('--name we')).toEqual(['west']);
    expect(await found('--name nowhere')).toEqual([]);
    expect((await run('instance list --host-context prod --name nowhere')).stdout).toBe('no instances\n');
  });

  test('of all hosts in the file of planes, and whether the code names them', async () => {
    const { host, karmada } = anInstance({ instanceName: 'east', namespace: 'east-system' });
    const files = { 'cdk8s-karmada.yaml': PLANES, 'in.json': [...host, ...karmada] };
    expect((await run('instance list -f in.json', { files })).stdout).toBe(
      `NAME   ALIAS  VIRTUAL CLUSTER  VERSION  NAMESPACE     HOST            ON DELETE  IN CODE  AGE   STATE
north  -      k-north          v1.18.2  north-system  context "test"  release    no       9 d   not ready
west   -      k-west           v1.18.2  west-system   context "prod"  retain     no       28 d  ready
east   Ost    k-east           v1.18.2  east-system   context "prod"  release    yes      59 d  ready
`,
    );
  });

  test('of a host without any', async () => {
    servers.test = new MemoryServer('host', [], 'https://test:6443');
    expect((await run('instance list --host-context test')).stdout).toBe('no instances\n');
  });
});

describe('instance status', () => {
  test('on one screen: components, waves, API server, members', async () => {
    servers[KARMADA('east')].put({
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: { name: 'paris' },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    });
    const { code, stdout } = await run('instance status east --host-context prod');
    expect(stdout).toBe(`east (Ost): ready; v1.18.2, namespace east-system, k-east, 59 d old
  API server    answers at https://karmada-apiserver.east-system.svc.cluster.local:5443
  members       1, 1 ready
  waves         2 ✓  3 ✓  4 ✓  6 ✓

  COMPONENT                        WAVE  READY  RESTARTS  IMAGE
  etcd                             2     1/1    0         registry.k8s.io/etcd:3.6.6-0
  karmada-apiserver                3     1/1    0         registry.k8s.io/kube-apiserver:v1.35.2
  karmada-aggregated-apiserver     4     1/1    0         docker.io/karmada/karmada-aggregated-apiserver:v1.18.2
  karmada-kube-controller-manager  4     1/1    0         registry.k8s.io/kube-controller-manager:v1.35.2
  karmada-controller-manager       6     1/1    0         docker.io/karmada/karmada-controller-manager:v1.18.2
  karmada-scheduler                6     1/1    0         docker.io/karmada/karmada-scheduler:v1.18.2
  karmada-webhook                  6     1/1    0         docker.io/karmada/karmada-webhook:v1.18.2
`);
    expect(code).toBe(0);
  });

  test('of one that another tool applied, which writes no list: by the labels of its components', async () => {
    const listed = await run('instance status east --host-context prod');
    const { data: _, ...record } = servers.prod.object('ConfigMap/east-system/east-east-host');
    servers.prod.put(record);
    for (const { metadata, ...object } of [...servers.prod.objects.values()]) {
      const wave = waves.get(`${object.kind}/${metadata.name}`);
      if (wave)
        servers.prod.put({ ...object, metadata: { ...metadata, annotations: { 'cdk8s-karmada.io/wave': wave } } });
    }
    expect(await run('instance status east --host-context prod')).toEqual(listed);
  });

  test('what is not ready, and why; what is missing', async () => {
    const own = (name: string) =>
      [...servers.prod.objects.values()].find(
        ({ spec, metadata }) => spec?.template && metadata.name === name && metadata.namespace === 'east-system',
      );
    const scheduler = own('karmada-scheduler');
    servers.prod.put({
      ...scheduler,
      spec: { ...scheduler.spec, replicas: 2 },
      status: { readyReplicas: 1, updatedReplicas: 2 },
    });
    servers.prod.put({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'east-system', labels: scheduler.spec.selector.matchLabels },
      status: {
        containerStatuses: [
          { restartCount: 7, state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s' } } },
        ],
      },
    });
    delete servers[KARMADA('east')];
    const degraded = await run('instance status east --host-context prod -o json');
    expect(degraded.code).toBe(5);
    expect(JSON.parse(degraded.stdout)).toMatchObject({
      schema: '1',
      state: 'degraded',
      apiServer: {
        reachable: false,
        why: 'no answer from https://karmada-apiserver.east-system.svc.cluster.local:5443: connection refused',
      },
      waves: [
        { wave: 2, ready: true },
        { wave: 3, ready: true },
        { wave: 4, ready: true },
        { wave: 6, ready: false },
      ],
    });
    expect(JSON.parse(degraded.stdout).components.find(({ name }: any) => name === 'karmada-scheduler')).toMatchObject({
      ready: 1,
      desired: 2,
      restarts: 7,
      message: 'CrashLoopBackOff: back-off 5m0s',
    });
    await servers.prod.request({ method: 'DELETE', path: '/apis/apps/v1/namespaces/east-system/statefulsets/etcd' });
    const { code, stdout } = await run('instance status east --host-context prod');
    expect(code).toBe(4);
    expect(stdout).toContain('east (Ost): a component is missing; ');
    expect(stdout).toMatch(/ {2}etcd +2 +missing/);
  });

  test('without a name: of the one in the input, else of the only one of the host', async () => {
    const { host, karmada } = anInstance({ instanceName: 'east', namespace: 'east-system' });
    const files = { 'in.json': [...host, ...karmada] };
    const first = ({ stdout }: { stdout: string }) => stdout.split('\n')[0];
    expect(first(await run('instance status -f in.json --host-context prod', { files }))).toBe(
      'east (Ost): ready; v1.18.2, namespace east-system, k-east, 59 d old',
    );
    expect(first(await run('instance status --host-context test'))).toBe(
      'north: not ready; v1.18.2, namespace north-system, k-north, 9 d old',
    );
    expect(await run('instance status --host-context prod')).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: the host has 2 instances: "east", "west"
  at context "prod", https://prod:6443
  fix: name the one that is meant
`,
    });
  });

  test('of one that is not there', async () => {
    expect(await run('instance status south --host-context prod')).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: the host has no instance "south"
  at context "prod", https://prod:6443
  fix: name one that is there: "east", "west"; or give the right host with --host-context
`,
    });
  });
});

describe('instance hosts', () => {
  test('contexts that could host, those that could not and why; no credential', async () => {
    servers.gone = new MemoryServer('host', [], 'https://gone:6443');
    servers.gone.down = () => new Promise(() => undefined);
    const files = { 'kubeconfig.json': kubeconfig('prod', 'test', 'gone', 'lost') };
    const { code, stdout, stderr } = await run('instance hosts --timeout 1s', { files });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `2 of 4 contexts in <here>/kubeconfig.json could host an instance

CONTEXT  COULD HOST  VERSION  STORAGE CLASS   HOSTS       WHY NOT, OR WHAT TO MIND
prod *   yes         v1.34.1  fast (default)  east, west  -
test     yes         v1.34.1  -               north       it has no StorageClass: etcd needs one, or a folder of a node
gone     no          -        -               -           no answer came in 1 s
lost     no          -        -               -           no answer from https://lost:6443: connection refused

To host one there: --host-context <context>. To add a cluster: \`kubectl config set-cluster\`,
\`set-credentials\` and \`set-context\`, or name its own kubeconfig with --host-kubeconfig.
`,
    });
    const json = await run('instance hosts --timeout 1s -o json', { files });
    expect(stdout + stderr + json.stdout).not.toContain('very-secret');
    expect(JSON.parse(json.stdout).hosts[0]).toEqual({
      context: 'prod',
      current: true,
      server: 'https://prod:6443',
      version: 'v1.34.1',
      storageClasses: [{ name: 'fast', isDefault: true }],
      instances: ['east', 'west'],
      fits: true,
    });
  });

  test('none', async () => {
    servers = {};
    expect((await run('instance hosts')).code).toBe(4);
  });
});

describe('instance orphans', () => {
  test('what was retained, what is left of what was deleted, and objects without a record', async () => {
    await run('instance destroy west --host-context prod --yes');
    await run('instance destroy east --host-context prod --yes --allow-prune 99');
    const managedFields = [{ manager: 'cdk8s-karmada', operation: 'Apply' }];
    const labels = { 'applyset.kubernetes.io/part-of': 'applyset-lost-v1' };
    servers.prod.put({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'x', labels, managedFields },
    });
    servers.prod.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b', namespace: 'x', labels } });
    expect(await run('instance orphans --host-context prod')).toEqual({
      code: 0,
      stdout: `instance "west", namespace west-system, 28 d old
  retained since 2026-03-01T00:00:00Z
  recycle: cdk8s-karmada instance destroy west --release --host-context prod

data of instance "east", namespace east-system, 59 d old
  what was kept when its control plane was deleted
  recycle: cdk8s-karmada instance destroy east --delete-data --host-context prod

1 object of applyset-lost-v1
  the record that they are in is not there any more
  ConfigMap/x/a
  recycle: kubectl delete configmaps --all-namespaces -l applyset.kubernetes.io/part-of=applyset-lost-v1 --context prod
`,
      stderr: '',
    });
    expect((await run('instance list --host-context prod')).stdout).toBe('no instances\n');
  });

  test('charts on a Karmada that this code does not name', async () => {
    const { instance, host, karmada } = anInstance({ instanceName: 'east', namespace: 'east-system' });
    new MulticloudChart(instance.node.root, 'shop', { instance });
    const old = new MulticloudChart(instance.node.root, 'old', { instance });
    for (const object of applied(old.toJson())) servers[KARMADA('east')].put(object);
    const files = { 'in.json': [...host, ...karmada] };
    const { stdout } = await run('instance orphans --host-context prod -f in.json', { files });
    expect(stdout).toContain(`chart old on the Karmada of "east", 59 d old
  this code does not name it; another may
  recycle: kubectl delete configmap east-old-karmada -n cdk8s-karmada
`);
    expect(stdout).not.toContain('east/karmada');
    const named = { 'in.json': [...host, ...karmada, ...old.toJson()] };
    expect((await run('instance orphans --host-context prod -f in.json', { files: named })).stdout).not.toContain(
      'chart old',
    );
    delete servers[KARMADA('east')];
    const silent = await run('instance orphans --host-context prod -f in.json', { files });
    expect([silent.code, silent.stderr]).toEqual([
      10,
      'warning: the Karmada of "east" was not looked at: no answer from https://karmada-apiserver.east-system.svc.cluster.local:5443: connection refused\n',
    ]);
  });

  test('what this code does not name', async () => {
    const { host } = anInstance({ instanceName: 'east', namespace: 'east-system' });
    const { stdout } = await run('instance orphans --host-context prod -f in.json -o json', {
      files: { 'in.json': host },
    });
    expect(JSON.parse(stdout)).toEqual({
      schema: '1',
      orphans: [
        {
          what: 'control plane',
          name: 'west',
          namespace: 'west-system',
          why: 'this code does not name it; another may',
          recycle: 'cdk8s-karmada instance destroy west --release --host-context prod',
          created: '2026-02-01T00:00:00Z',
        },
      ],
      unread: [],
    });
    expect((await run('instance orphans --host-context test')).stdout).toBe(
      'nothing is left that nobody looks after\n',
    );
  });
});

describe('instance destroy', () => {
  const there = () => servers.prod.names.filter((name) => name.includes('east-system'));

  test('--plan shows what goes and what stays, and deletes nothing', async () => {
    const before = servers.prod.names;
    const { code, stdout, stderr } = await run('instance destroy east --host-context prod --plan');
    expect([code, stderr]).toEqual([2, '']);
    expect(stdout).toContain('Plan to destroy what was applied of instance "east"');
    expect(stdout).toMatch(/- prune {2}host: Deployment\/east-system\/karmada-apiserver/);
    expect(stdout).toMatch(/\. keep {3}host: PersistentVolumeClaim\/east-system\/etcd-data-etcd-0/);
    expect(stdout).toMatch(/karmada: \d+ objects stay in etcd's data/);
    expect(servers.prod.names).toEqual(before);
    expect(servers.prod.writes).toEqual([]);
  });

  test('asks for the name, and deletes nothing for another', async () => {
    const before = there();
    const { code, stderr } = await run('instance destroy east --host-context prod', { tty: true, stdin: 'west\n' });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /Type east to go on: error: not destroyed: the answer was not "east"; nothing was deleted\n$/,
    );
    expect(there()).toEqual(before);
    const done = await run('instance destroy east --host-context prod', { tty: true, stdin: 'east\n' });
    expect(done.code).toBe(0);
    expect(there().some((name) => name.startsWith('Deployment'))).toBe(false);
  });

  test('in CI it wants the number', async () => {
    const { code, stderr } = await run('instance destroy east --host-context prod --yes');
    expect(code).toBe(6);
    expect(stderr).toMatch(/fix: if that is meant, add --allow-prune \d+; /);
    expect(servers.prod.writes).toEqual([]);
  });

  test('members that are still joined are in the way, after the plan', async () => {
    servers[KARMADA('east')].put({
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: { name: 'paris' },
    });
    const refused = await run('instance destroy east --host-context prod --yes --allow-prune 99');
    expect(refused.code).toBe(6);
    expect(refused.stderr).toMatch(/error: 1 member cluster is still joined: paris\n {2}at instance "east"\n/);
    expect(servers.prod.writes).toEqual([]);
    const said = await run('instance destroy east --host-context prod --yes --allow-prune 99 --leave-members');
    expect(said.code).toBe(0);
  });

  test('what is retained stays, until it is released', async () => {
    const before = servers.prod.names;
    const kept = await run('instance destroy west --host-context prod --yes');
    expect(kept).toEqual({
      code: 0,
      stdout: `instance "west" is retained: its control plane goes on running in namespace west-system, and nobody looks after it
  use it: cdk8s-karmada instance kubeconfig west
  recycle it: cdk8s-karmada instance destroy west --release
`,
      stderr: '',
    });
    expect(servers.prod.names.filter((name) => !name.startsWith('Lease'))).toEqual(before);
    const released = await run(
      'instance destroy west --release --delete-data --host-context prod --yes --allow-prune 99',
    );
    expect(released.code).toBe(0);
    expect(servers.prod.names.filter((name) => name.includes('west'))).toEqual([]);
  });

  test('a Karmada that was named and does not answer is not passed over', async () => {
    const files = { 'karmada.json': kubeconfig('nowhere') };
    const words = 'instance destroy east --host-context prod --karmada-kubeconfig karmada.json --yes --allow-prune 99';
    expect(await run(words, { files })).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: the Karmada that was named does not answer: no answer from https://nowhere:6443: connection refused
  at instance "east"
  fix: correct --karmada-context, or leave it out: then it is found through the host, and passed over when it is gone
`,
    });
  });
});
