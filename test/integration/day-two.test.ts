import { cdk8sKarmada } from '../cli/commands/terminal';
import {
  BINDINGS,
  binding,
  CLUSTERS,
  CRON_JOBS,
  claimedBy,
  cluster,
  DayTwoKarmada,
  DEPLOYMENTS,
  deployment,
  POLICIES,
  pods,
  policy,
} from './day-two-karmada';
import { plainClient } from './plain-client';

let karmada: DayTwoKarmada;

// client-node is an ES module, which jest cannot load: the same server by another transport
jest.mock('../../cli/apply/http-api-server', () => ({
  connect: (plane: 'host' | 'karmada') => plainClient(plane, karmada.server),
}));

const command = (words: string) =>
  cdk8sKarmada(
    `${words} --karmada-kubeconfig ${karmada.server.kubeconfig} --karmada-context ${karmada.server.context}`,
    { columns: 120 },
  );

const only = (name: string, kind = 'Deployment') => [
  { apiVersion: kind === 'CronJob' ? 'batch/v1' : 'apps/v1', kind, name, namespace: 'shop' },
];

beforeAll(async () => {
  karmada = await DayTwoKarmada.start();
  for (const name of ['shop', 'other']) await karmada.namespace(name);
  for (const name of ['berlin', 'paris']) await karmada.apply(CLUSTERS, cluster(name));
  await karmada.apply(POLICIES, policy('web-deployment', only('web')));
  await karmada.apply(POLICIES, policy('everything', [{ apiVersion: 'apps/v1', kind: 'Deployment' }]));
  const web = await karmada.apply(DEPLOYMENTS, deployment('web', { metadata: claimedBy('web-deployment') }));
  await karmada.apply(
    BINDINGS,
    binding(web, [
      { name: 'berlin', replicas: 2, ready: 2, health: 'Healthy' },
      { name: 'paris', replicas: 1, ready: 0, health: 'Unhealthy' },
    ]),
  );
});

afterAll(() => karmada?.stop());

const web = () => karmada.get(`${DEPLOYMENTS}/web`);
describe('restart', () => {
  const at = async () => (await web()).spec.template.metadata.annotations?.['kubectl.kubernetes.io/restartedAt'];

  test('sets the annotation that kubectl sets, and the next apply neither conflicts nor undoes it', async () => {
    expect(await command('workload restart Deployment/shop/web')).toEqual({
      code: 0,
      stdout: 'Deployment/shop/web: restarts on berlin, paris\n',
      stderr: '',
    });
    const first = await at();
    expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const image = 'registry.example/web:2';
    await karmada.apply(
      DEPLOYMENTS,
      deployment('web', { metadata: claimedBy('web-deployment'), spec: { template: pods(image) } }),
    );
    expect(await at()).toBe(first);
    expect((await web()).spec.template.spec.containers[0].image).toBe(image);
  });

  test('after `kubectl rollout restart`, too', async () => {
    const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' };
    await karmada.client.request({
      method: 'PATCH',
      path: `${DEPLOYMENTS}/web`,
      query: { fieldManager: 'kubectl-rollout' },
      body: { spec: { template: { metadata: { annotations } } } },
      contentType: 'application/merge-patch+json',
    });
    expect((await command('workload restart deployment/shop/web')).code).toBe(0);
    const held = (await web()).metadata.managedFields.filter(({ fieldsV1 }: any) =>
      JSON.stringify(fieldsV1).includes('restartedAt'),
    );
    expect(held.map(({ manager }: any) => manager)).toEqual(['cdk8s-karmada-restart']);
  });

  test('what cannot be restarted says so', async () => {
    await karmada.apply(CRON_JOBS, {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly', namespace: 'shop' },
      spec: {
        schedule: '@daily',
        jobTemplate: { spec: { template: { spec: { ...pods().spec, restartPolicy: 'Never' } } } },
      },
    });
    expect(await command('workload restart CronJob/shop/nightly')).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: a CronJob cannot be restarted: only Deployments, StatefulSets and DaemonSets can
  at CronJob/shop/nightly
  fix: make a new one in the code, under another name
`,
    });
  });
});

describe('pause and resume', () => {
  test('a rollout stands still until it is resumed, whatever is applied', async () => {
    expect((await command('workload pause Deployment/shop/web CronJob/shop/nightly')).stdout).toBe(
      'Deployment/shop/web: paused on berlin, paris\nCronJob/shop/nightly: paused, which is on no cluster\n',
    );
    expect((await web()).spec.paused).toBe(true);
    expect((await karmada.get(`${CRON_JOBS}/nightly`)).spec.suspend).toBe(true);
    expect((await command('workload pause Deployment/shop/web')).stdout).toBe(
      'Deployment/shop/web: it was so already\n',
    );
    await karmada.apply(DEPLOYMENTS, deployment('web', { metadata: claimedBy('web-deployment') }));
    expect((await web()).spec.paused).toBe(true);

    expect((await command('workload restart Deployment/shop/web')).stderr).toBe(
      `error: Deployment/shop/web is paused: nothing would restart until it is resumed
  fix: resume it first: \`cdk8s-karmada workload resume Deployment/shop/web\`
`,
    );
    expect((await command('workload resume Deployment/shop/web CronJob/shop/nightly')).code).toBe(0);
    expect((await web()).spec.paused).toBeUndefined();
    expect((await karmada.get(`${CRON_JOBS}/nightly`)).spec.suspend).toBe(false);
    expect(JSON.stringify((await web()).metadata.managedFields)).not.toContain('cdk8s-karmada-pause');
  });

  test('what the code pauses only the code resumes', async () => {
    const metadata = claimedBy('web-deployment');
    await karmada.apply(DEPLOYMENTS, deployment('web', { metadata, spec: { paused: true } }));
    expect(await command('workload resume Deployment/shop/web')).toEqual({
      code: 6,
      stdout: '',
      stderr: `error: Deployment/shop/web stays paused: spec.paused belongs to cdk8s-karmada
  fix: take it out of the code, then \`cdk8s-karmada apply\`
`,
    });
    await karmada.apply(DEPLOYMENTS, deployment('web', { metadata }));
    expect((await web()).spec.paused).toBeUndefined();
  });

  test('--sending: Karmada sends nothing, through the policy of the workload alone', async () => {
    const suspension = async () => (await karmada.get(`${POLICIES}/web-deployment`)).spec.suspension;
    expect((await command('workload pause Deployment/shop/web --sending')).stdout).toBe(
      'Deployment/shop/web: Karmada sends no change of it on berlin, paris (through PropagationPolicy/shop/web-deployment)\n',
    );
    expect(await suspension()).toEqual({ dispatching: true });
    await karmada.apply(POLICIES, policy('web-deployment', only('web')));
    expect(await suspension()).toEqual({ dispatching: true });
    expect((await command('workload resume Deployment/shop/web')).code).toBe(0);
    expect(await suspension()).toBeUndefined();
  });

  test('--sending: not through a policy that sends more', async () => {
    await karmada.apply(DEPLOYMENTS, deployment('guest', { metadata: claimedBy('everything') }));
    expect((await command('workload pause Deployment/shop/guest --sending')).stderr).toBe(
      `error: PropagationPolicy/shop/everything sends more than Deployment/shop/guest: all of it would be stopped
  fix: say \`suspension\` in the code of the policy, or give the workload a policy of its own
`,
    );
  });
});

describe('names', () => {
  test('all that is wrong with them is said at once, and nothing is written', async () => {
    const before = (await web()).metadata.resourceVersion;
    expect((await command('workload pause Deployment/shop/web web Deployment')).stderr).toBe(
      `error: "web" does not name an object
  fix: write Kind/namespace/name, such as Deployment/shop/web; Kind/name for a kind without namespaces
error: "Deployment" does not name an object
  fix: write Kind/namespace/name, such as Deployment/shop/web; Kind/name for a kind without namespaces
`,
    );
    const { code, stderr } = await command('workload pause Deployment/shop/web Widget/shop/a Deployment/b');
    expect([code, stderr]).toEqual([
      1,
      `error: karmada serves no kind Widget
  at ${karmada.server.url}
  fix: check its spelling; with a group it is Kind.group/namespace/name
error: "Deployment/b" says no namespace
  fix: write Deployment/<namespace>/b
`,
    ]);
    expect((await command('workload pause Deployment/shop/web Deployment/shop/gone')).stderr).toContain(
      'there is no Deployment/shop/gone on karmada',
    );
    expect((await web()).metadata.resourceVersion).toBe(before);
  });
});

describe('list', () => {
  const rows = async (words = '') => JSON.parse((await command(`workload list -o json ${words}`)).stdout).workloads;
  const names = async (words: string) => (await rows(words)).map(({ key }: any) => key.name);

  test('the newest first, with what each cluster says', async () => {
    const all = await rows();
    const times = all.map(({ created }: any) => created);
    expect(times).toEqual([...times].sort().reverse());
    expect(all.find(({ key }: any) => key.name === 'web')).toMatchObject({
      ready: 2,
      desired: 3,
      status: 'unhealthy on paris',
      paused: false,
      clusters: [
        { name: 'berlin', replicas: 2, ready: 2, health: 'Healthy' },
        { name: 'paris', replicas: 1, ready: 0, health: 'Unhealthy' },
      ],
    });
    const { stdout } = await command('workload list --name web');
    expect(stdout.replace(/\d+ (s|min)/, 'AGE').replace(/ +/g, ' ')).toBe(
      'NAMESPACE NAME KIND READY CLUSTERS AGE STATUS\nshop web Deployment 2/3 berlin, paris AGE unhealthy on paris\n',
    );
  });

  test('filters', async () => {
    expect(await names('--cluster paris')).toEqual(['web']);
    expect(await names('--kind cronjob')).toEqual(['nightly']);
    expect(await names('--namespace other')).toEqual([]);
    expect(await names('--name ight')).toEqual(['nightly']);
    expect((await command('workload list -n other')).stdout).toBe('no workloads\n');
    expect((await command('workload list --kind Widget')).stderr).toBe(
      'error: Karmada serves no kind Widget\n  at --kind\n  fix: check its spelling; with a group it is Kind.group\n',
    );
  });
});
