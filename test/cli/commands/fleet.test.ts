import { cdk8sKarmada } from './terminal';

const cluster = (name: string, rest: { metadata?: any; spec?: any; status?: any } = {}) => ({
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  metadata: { name, ...rest.metadata },
  spec: { syncMode: 'Push', ...rest.spec },
  ...(rest.status && { status: rest.status }),
});

const asOf = (time: string) => ({ annotations: { 'cdk8s-karmada.io/as-of': time } });

const FLEET = [
  cluster('paris', {
    metadata: asOf('2026-11-21T16:24:02Z'),
    spec: { region: 'eu-west', taints: [{ key: 'team', value: 'shop', effect: 'NoSchedule' }] },
    status: {
      kubernetesVersion: 'v1.34.1',
      conditions: [{ type: 'Ready', status: 'False' }],
      resourceSummary: {
        allocatable: { cpu: '8', memory: '32Gi', pods: '110' },
        allocating: { cpu: '500m' },
        allocated: { cpu: '2', memory: '1536Mi', pods: '20' },
      },
    },
  }),
  cluster('berlin', {
    metadata: asOf('2026-11-21T16:24:01Z'),
    spec: { provider: 'metal', zones: ['eu-1a', 'eu-1b'], resourceModels: [{ grade: 0 }, { grade: 1 }] },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  }),
];

test('a fleet is shown as a table, with what is free', async () => {
  expect(await cdk8sKarmada('fleet show --fleet fleet.yaml', { files: { 'fleet.yaml': FLEET }, columns: 120 })).toEqual(
    {
      code: 0,
      stdout: `2 clusters, 1 ready, as of 2026-11-21T16:24:01Z; CPU, memory and pods are what is free

CLUSTER  REGION   ZONE   PROVIDER  READY  CPU    MEMORY  PODS  MODELS  VERSION  TAINTS
berlin   -        eu-1a  metal     yes    -      -       -     2       -        -
                  eu-1b
paris    eu-west  -      -         no     5500m  30.5Gi  90    -       v1.34.1  team=shop:NoSchedule
`,
      stderr: '',
    },
  );
});

test('a fleet is shown as data', async () => {
  const { stdout } = await cdk8sKarmada('fleet show --fleet fleet.yaml -o json', { files: { 'fleet.yaml': FLEET } });
  expect(JSON.parse(stdout)).toEqual({
    schema: '1',
    asOf: '2026-11-21T16:24:01Z',
    clusters: [
      {
        name: 'berlin',
        region: '',
        zones: ['eu-1a', 'eu-1b'],
        provider: 'metal',
        ready: 'True',
        taints: [],
        free: { cpu: null, memory: null, pods: null },
        models: 2,
        kubernetesVersion: null,
      },
      {
        name: 'paris',
        region: 'eu-west',
        zones: [],
        provider: '',
        ready: 'False',
        taints: ['team=shop:NoSchedule'],
        free: { cpu: '5500m', memory: '32749125632', pods: '90' },
        models: 0,
        kubernetesVersion: 'v1.34.1',
      },
    ],
  });
});

test('a fleet of which nobody knows when it was read, and one without clusters', async () => {
  const show = async (fleet: any) =>
    (await cdk8sKarmada('fleet show --fleet fleet.yaml', { files: { 'fleet.yaml': fleet } })).stdout.split('\n')[0];
  expect(await show([cluster('berlin')])).toBe(
    '1 cluster, 0 ready, read at a time that the file does not say; CPU, memory and pods are what is free',
  );
  expect(await show({ apiVersion: 'v1', kind: 'List', items: [] })).toMatch(/^0 clusters, 0 ready, /);
});

describe('what is wrong is said before any server is asked', () => {
  test('a fleet file with an amount that is none', async () => {
    const broken = cluster('berlin', { status: { resourceSummary: { allocatable: { cpu: 'many' } } } });
    expect(await cdk8sKarmada('fleet show --fleet fleet.yaml', { files: { 'fleet.yaml': [broken] } })).toEqual({
      code: 3,
      stdout: '',
      stderr: `error: status.resourceSummary.allocatable: cpu is no quantity: "many"
  at Cluster/berlin
  fix: write one such as 2, 500m or 4Gi
`,
    });
  });

  test('nothing that says which Karmada', async () => {
    expect(await cdk8sKarmada('fleet pull')).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: nothing says which Karmada is meant
  at <here>
  fix: name its context with --karmada-context, or go to the folder of cdk8s.yaml
`,
    });
  });

  test('a format in place of a file', async () => {
    expect(await cdk8sKarmada('fleet pull -o json')).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: "json" is no file: -o of \`fleet pull\` names the file that it writes
  at -o
  fix: write \`-o fleet.yaml\`, or leave it out for standard output
`,
    });
  });
});
