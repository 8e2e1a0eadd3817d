import { Size, Yaml } from 'cdk8s';
import { hostSnapshot } from '../../../cli/apply/instance/host-snapshot';
import { type Input, readCharts } from '../../../cli/plan/chart-input';
import { readDocuments } from '../../../cli/plan/document';
import { examine } from '../../../cli/plan/instance/doctor/check';
import { HOST_CHECKS } from '../../../cli/plan/instance/doctor/host-checks';
import { doctorText } from '../../../cli/render/doctor-text';
import { paint } from '../../../cli/render/paint';
import { EtcdStorage } from '../../../src/instance/etcd-storage';
import type { MulticloudInstanceProps } from '../../../src/instance/multicloud-instance-props';
import { anInstance } from '../../instance/an-instance';
import { aNode, type HostDoubleOptions, hostDouble, standard } from './host-double';

const nodes = ['a', 'b', 'c'].map((name) => aNode(name));

const inputFor = (props: Partial<MulticloudInstanceProps> = {}): Input => {
  const { host, karmada } = anInstance(props);
  return readCharts(readDocuments([{ file: 'app.yaml', text: Yaml.stringify(...host, ...karmada) }]));
};
const usual = inputFor();

interface Wanted extends HostDoubleOptions {
  readonly input?: Input;
  /** Without any input. */
  readonly bare?: boolean;
}

async function doctor(objects: readonly any[], { input = usual, bare, ...options }: Wanted = {}) {
  const host = hostDouble(objects, options);
  const snapshot = await hostSnapshot({ host, now: Date.now, ...(bare ? {} : { input }) });
  return { report: examine(HOST_CHECKS, snapshot), asked: host.asked };
}

/** What is told, less what is well. */
async function ills(objects: readonly any[], wanted?: Wanted) {
  const { findings } = (await doctor(objects, wanted)).report;
  return findings
    .filter(({ state }) => state !== 'ok')
    .map(({ check, state, about = '', cause }) => [check, state, about, cause]);
}

/** What cannot be seen of the storage behind a provisioner that does not tell. */
const untold = [
  'free-storage',
  'unknown',
  'etcd-data of StatefulSet/etcd',
  'what is free in class standard cannot be known: its provisioner disk.csi.example.com does not tell (no CSIStorageCapacity)',
];

test('a host that is well: nothing fails, and what cannot be known is said', async () => {
  expect(await ills([...nodes, standard])).toEqual([untold]);
});

test('each check that is well says what it saw', async () => {
  const { findings, totals } = (await doctor([...nodes, standard])).report;
  expect(totals).toEqual({ ok: 11, warning: 0, fails: 0, unknown: 1 });
  expect(findings.filter(({ state }) => state === 'ok').map(({ check, cause }) => `${check}: ${cause}`)).toEqual([
    'host-version: the host runs Kubernetes v1.35.2',
    'nodes-ready: 3 of 3 nodes take pods',
    'storage-class: StorageClass standard: the default, provisioner disk.csi.example.com, volumes are made where the pod runs, volumes can grow, kept when their claim goes',
    expect.stringMatching(
      /^capacity: 15 pods request [\d.]+ CPU and [\d.]+ GiB; the nodes have 24 CPU and 96 GiB unrequested$/,
    ),
    'etcd-spread: 3 pods that share no node, and 3 nodes that may take them',
    'quota: no quota limits the namespace',
    'limit-range: no LimitRange stands in the way',
    'pod-security: it is not there yet; the pods fit the level restricted',
    expect.stringMatching(/^clock: the clocks agree within \d s$/),
    'permissions: nothing is lacking',
    'free-names: all names are free, or the instance has them already',
  ]);
});

test('only questions are asked', async () => {
  const { asked } = await doctor([...nodes, standard]);
  expect(asked.filter((each) => !each.startsWith('GET '))).toEqual([
    'POST /apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    ...asked.filter((each) => each.endsWith('/selfsubjectaccessreviews')),
  ]);
});

test('everything that is wrong is told at once, with a fix, and where to read', async () => {
  const small = aNode('a', { cpu: '2', memory: '4Gi' });
  const amounts = /[\d.]+ CPU and [\d.]+ GiB/g;
  const { report } = await doctor([small], { version: 'v1.25.0', aheadMs: -600_000 });
  expect(
    doctorText(report, 'host of east', paint(false))
      .replace(/60[0-2] s/, '601 s')
      .replace(amounts, 'so much'),
  ).toBe(
    `host of east: 6 ok, 5 fail

✗ host-version: the host runs Kubernetes v1.25.0
    fix: upgrade the host to Kubernetes v1.27 or newer, or choose another context
    see: https://kubernetes.io/docs/reference/using-api/deprecation-guide/
✗ storage-class: etcd-data of StatefulSet/etcd: it names no StorageClass, and none is the default (the host has none)
    fix: install a StorageClass with a provisioner, and mark one as the default with the annotation storageclass.kubernetes.io/is-default-class: "true"
    see: https://kubernetes.io/docs/concepts/storage/storage-classes/
✗ capacity: 15 pods request so much; the nodes have so much unrequested. No node has room for 1 of Deployment/karmada-apiserver (so much each), 2 of Deployment/karmada-controller-manager (so much each), 2 of Deployment/karmada-aggregated-apiserver (so much each), 2 of Deployment/karmada-kube-controller-manager (so much each), 2 of Deployment/karmada-scheduler (so much each), 2 of Deployment/karmada-webhook (so much each)
    fix: add nodes or larger ones, take away what is not needed, or lower \`resources\` of components
    see: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
✗ etcd-spread: StatefulSet/etcd: 3 pods that share no node, and 1 node that may take them
    fix: add nodes, or use fewer members
    see: https://etcd.io/docs/v3.6/faq/
✗ clock: the server's clock is 601 s behind this machine's, give or take 1 s: a certificate issued now would not be valid there yet
    fix: let both follow a time server (NTP), and look again
    see: https://kubernetes.io/docs/setup/best-practices/certificates/
✓ nodes-ready: 1 of 1 nodes take pods
✓ quota: no quota limits the namespace
✓ limit-range: no LimitRange stands in the way
✓ pod-security: Namespace/karmada-system: it is not there yet; the pods fit the level restricted
✓ permissions: nothing is lacking
✓ free-names: all names are free, or the instance has them already
`,
  );
});

describe('nodes', () => {
  test('one that is not Ready, cordoned or short of something takes no pods, or not for long', async () => {
    const conditions = [
      { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: 'no network plugin' },
      { type: 'DiskPressure', status: 'True', reason: 'KubeletHasDiskPressure' },
    ];
    const sick = aNode('d', { status: { conditions } });
    const cordoned = aNode('e', { spec: { unschedulable: true } });
    expect(await ills([...nodes, standard, sick, cordoned])).toEqual([
      ['nodes-ready', 'warning', 'Node/d', 'it is not Ready (KubeletNotReady: no network plugin)'],
      ['nodes-ready', 'warning', 'Node/d', 'DiskPressure (KubeletHasDiskPressure)'],
      ['nodes-ready', 'warning', 'Node/e', 'it is cordoned'],
      untold,
    ]);
  });

  test('what runs on them counts, unless it is the instance itself', async () => {
    const pod = (name: string, more: any = {}) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'shop' },
      spec: { nodeName: 'a', containers: [{ name: 'c', resources: { requests: { cpu: '7500m', memory: '1Gi' } } }] },
      ...more,
    });
    const own = { name: 'own', namespace: 'karmada-system', labels: { 'app.kubernetes.io/instance': 'east' } };
    const running = [
      pod('busy'),
      pod('done', { status: { phase: 'Succeeded' } }),
      pod('other', { spec: { ...pod('').spec, nodeName: 'b' } }),
      pod('own', { metadata: own, spec: { ...pod('').spec, nodeName: 'c' } }),
    ];
    const { findings } = (await doctor([...nodes, standard, ...running])).report;
    expect(findings.find(({ check }) => check === 'capacity')?.cause).toMatch(
      /the nodes have 9 CPU and 94 GiB unrequested$/,
    );
  });

  test('tainted ones take only pods that tolerate it', async () => {
    const tainted = nodes.map((node) => ({ ...node, spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } }));
    const found = await ills([...tainted, standard]);
    expect(found.map(([check]) => check)).toEqual(['free-storage', 'capacity', 'etcd-spread']);
  });
});

describe('storage', () => {
  const named = (storageClass: string) =>
    inputFor({ etcd: EtcdStorage.persistentVolumeClaim({ size: Size.gibibytes(10), storageClass }) });
  const other = { ...standard, metadata: { name: 'fast' }, allowVolumeExpansion: false };

  test('none is the default', async () => {
    expect(await ills([...nodes, other])).toEqual([
      [
        'storage-class',
        'fails',
        'etcd-data of StatefulSet/etcd',
        'it names no StorageClass, and none is the default (the host has fast)',
      ],
    ]);
  });

  test('the one that is asked for is not there', async () => {
    expect(await ills([...nodes, standard], { input: named('fast') })).toEqual([
      [
        'storage-class',
        'fails',
        'etcd-data of StatefulSet/etcd',
        'there is no StorageClass "fast" (the host has standard)',
      ],
    ]);
  });

  test('it does not let volumes grow', async () => {
    expect((await ills([...nodes, other], { input: named('fast') }))[0]).toEqual([
      'storage-class',
      'warning',
      'StorageClass/fast',
      'it does not let volumes grow: an etcd that is full has to move to a new volume',
    ]);
  });

  test('several are the default', async () => {
    const second = { ...standard, metadata: { ...standard.metadata, name: 'other' } };
    expect((await ills([...nodes, standard, second]))[0]).toEqual([
      'storage-class',
      'warning',
      'etcd-data of StatefulSet/etcd',
      '2 classes are marked as the default (other, standard): the newest of them is taken',
    ]);
  });

  test('volumes that are made by hand are counted', async () => {
    const byHand = { ...standard, provisioner: 'kubernetes.io/no-provisioner' };
    const volume = (name: string, storage: string, phase = 'Available') => ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: { storageClassName: 'standard', capacity: { storage } },
      status: { phase },
    });
    const volumes = [volume('a', '10Gi'), volume('b', '5Gi'), volume('c', '20Gi', 'Bound'), volume('d', '20Gi')];
    expect(await ills([...nodes, byHand, ...volumes])).toEqual([
      [
        'free-storage',
        'fails',
        'etcd-data of StatefulSet/etcd',
        '2 free volumes of 10 GiB or more in class standard, and 3 are needed',
      ],
    ]);
  });

  test('what a driver tells is compared', async () => {
    const capacity = (name: string, size: string) => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIStorageCapacity',
      metadata: { name, namespace: 'kube-system' },
      storageClassName: 'standard',
      capacity: size,
    });
    expect(await ills([...nodes, standard, capacity('a', '40Gi')])).toEqual([]);
    expect(await ills([...nodes, standard, capacity('a', '8Gi'), capacity('b', '40Gi')])).toEqual([]);
    expect(await ills([...nodes, standard, capacity('a', '8Gi'), capacity('b', '12Gi')])).toEqual([
      [
        'free-storage',
        'fails',
        'etcd-data of StatefulSet/etcd',
        'class standard has 20 GiB free in 2 places, at most 12 GiB in one volume; 3 x 10 GiB are needed',
      ],
    ]);
  });

  test('a folder of a node needs no class, and a namespace that lets such pods in', async () => {
    const input = inputFor({ etcd: EtcdStorage.hostPath({ nodeSelector: { 'kubernetes.io/hostname': 'a' } }) });
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'karmada-system', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
    };
    expect(await ills(nodes, { input })).toEqual([]);
    expect(await ills([...nodes, namespace], { input })).toEqual([
      [
        'pod-security',
        'fails',
        'Namespace/karmada-system',
        'it demands the level baseline, and StatefulSet/etcd uses a folder of its node',
      ],
    ]);
  });
});

describe('the namespace', () => {
  const inside = (kind: string, spec: any, status?: any) => ({
    apiVersion: 'v1',
    kind,
    metadata: { name: 'team', namespace: 'karmada-system' },
    spec,
    status,
  });

  test('a quota that leaves no room, or asks for limits', async () => {
    const hard = { 'requests.cpu': '4', pods: '100', 'requests.storage': '25Gi', 'limits.memory': '8Gi' };
    const quota = inside('ResourceQuota', { hard }, { hard, used: { 'requests.cpu': '3', pods: '90' } });
    const about = 'ResourceQuota/karmada-system/team';
    expect((await ills([...nodes, standard, quota])).slice(1)).toEqual([
      ['quota', 'fails', about, expect.stringMatching(/^of requests.cpu 1 is left of 4, and \d+m is needed$/)],
      ['quota', 'fails', about, 'of pods 10 is left of 100, and 15 is needed'],
      ['quota', 'fails', about, 'of requests.storage 25 GiB is left of 25Gi, and 30 GiB is needed'],
      [
        'quota',
        'fails',
        about,
        'it counts limits.memory, so pods without a limit are refused, and those of the instance set none',
      ],
    ]);
  });

  test('a range that refuses, or sets a limit', async () => {
    const limits = [{ type: 'Container', min: { cpu: '200m' }, default: { memory: '512Mi', cpu: '2' } }];
    const about = 'LimitRange/karmada-system/team';
    expect((await ills([...nodes, standard, inside('LimitRange', { limits })])).slice(1)).toEqual([
      [
        'limit-range',
        'fails',
        about,
        'its minimum of cpu is 200m, more than what is requested by Deployment/karmada-aggregated-apiserver, Deployment/karmada-kube-controller-manager, Deployment/karmada-scheduler, Deployment/karmada-webhook',
      ],
      [
        'limit-range',
        'warning',
        about,
        expect.stringMatching(/^its default limit of cpu, 2, is set on StatefulSet\/etcd, /),
      ],
      [
        'limit-range',
        'fails',
        about,
        'its default limit of memory is 512Mi, less than what is requested by StatefulSet/etcd, Deployment/karmada-apiserver',
      ],
    ]);
  });

  test('a priority class that is not there; one of the system on GKE has the quota that it needs', async () => {
    const critical = {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'system-cluster-critical' },
      value: 2000000000,
    };
    const input = inputFor({ priorityClassName: 'system-cluster-critical' });
    expect((await ills([...nodes, standard], { input })).slice(1)).toEqual([
      ['priority-class', 'fails', 'PriorityClass/system-cluster-critical', 'it is not there'],
    ]);
    expect(await ills([...nodes, standard, critical], { input, version: 'v1.33.2-gke.100' })).toEqual([untold]);
    const objects = usual.all[0].objects.map((each) => ({
      ...each,
      manifest: withClass(each.manifest, 'system-cluster-critical'),
    }));
    const without = { ...usual, all: [{ ...usual.all[0], objects }] };
    expect(
      (await ills([...nodes, standard, critical], { input: without, version: 'v1.33.2-gke.100' })).slice(1),
    ).toEqual([
      [
        'priority-class',
        'fails',
        'PriorityClass/system-cluster-critical',
        'no ResourceQuota of karmada-system is about it',
      ],
    ]);
  });

  test('what others have under the same names', async () => {
    const object = (kind: string, apiVersion: string, name: string, more: any) => ({
      apiVersion,
      kind,
      metadata: { name, namespace: 'karmada-system', ...more },
    });
    const record = object('ConfigMap', 'v1', 'west-west-host', {
      labels: { 'applyset.kubernetes.io/id': 'applyset-other-v1' },
      annotations: {
        'cdk8s-karmada.io/target': 'host',
        'cdk8s-karmada.io/instance': 'west',
        'cdk8s-karmada.io/chart': 'west',
      },
    });
    const theirs = object('Service', 'v1', 'etcd', {
      labels: { 'applyset.kubernetes.io/part-of': 'applyset-other-v1' },
    });
    const stray = object('Deployment', 'apps/v1', 'karmada-webhook', { managedFields: [{ manager: 'helm' }] });
    expect((await ills([...nodes, standard, record, theirs, stray])).slice(1)).toEqual([
      [
        'free-names',
        'fails',
        'ConfigMap/karmada-system/west-west-host',
        'it is there, and belongs to instance "west" of the chart west',
      ],
      ['free-names', 'fails', 'Service/karmada-system/etcd', 'it is there, and belongs to the set applyset-other-v1'],
      [
        'free-names',
        'warning',
        'Deployment/karmada-system/karmada-webhook',
        'it is there, made by helm: the instance would take it over',
      ],
    ]);
  });
});

test('what may not be read is unknown, and says what it takes', async () => {
  const { findings } = (await doctor([...nodes, standard], { denied: ['nodes', 'storageclasses'] })).report;
  const unknown = findings.filter(({ state }) => state === 'unknown');
  const told = (check: string, path: string) => [check, `these credentials may not list ${path} on host`];
  expect(unknown.map(({ check, cause }) => [check, cause])).toEqual([
    told('nodes-ready', '/api/v1/nodes'),
    told('storage-class', '/apis/storage.k8s.io/v1/storageclasses'),
    told('capacity', '/api/v1/nodes'),
    told('etcd-spread', '/api/v1/nodes'),
  ]);
  expect(unknown[0].fix).toBe('use credentials that may list /api/v1/nodes');
});

test('what may not be written is told by line', async () => {
  const lacking = (await ills([...nodes, standard], { verbs: ['get', 'list', 'watch', 'create'] })).slice(1);
  expect(lacking[0].slice(0, 2)).toEqual(['permissions', 'fails']);
  expect(lacking.map(([, , , cause]) => cause)).toContain(
    'they may not delete, patch statefulsets.apps in karmada-system',
  );
});

test('a host for itself, before there is any code', async () => {
  const { report } = await doctor([...nodes, standard], { bare: true });
  expect(report.findings.map(({ check, state, cause }) => `${check} ${state} ${cause}`)).toEqual([
    'host-version ok the host runs Kubernetes v1.35.2',
    'nodes-ready ok 3 of 3 nodes take pods',
    'storage-class ok the default, provisioner disk.csi.example.com, volumes are made where the pod runs, volumes can grow, kept when their claim goes',
    'capacity ok the nodes have 24 CPU and 96 GiB unrequested',
    expect.stringMatching(/^clock ok the clocks agree within \d s$/),
    'permissions ok nothing is lacking',
  ]);
  expect(await ills(nodes, { bare: true })).toEqual([['storage-class', 'fails', '', 'the host has no StorageClass']]);
});

function withClass(manifest: any, priorityClassName: string): any {
  const { template } = manifest.spec ?? {};
  if (!template) return manifest;
  return { ...manifest, spec: { ...manifest.spec, template: { spec: { ...template.spec, priorityClassName } } } };
}
