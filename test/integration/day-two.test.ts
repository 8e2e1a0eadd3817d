import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
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
  work,
  works,
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

describe('show and trace', () => {
  beforeAll(async () => {
    await karmada.apply(CLUSTERS, cluster('tokyo'));
    await karmada.apply(
      POLICIES,
      policy('api-deployment', only('api'), { placement: { clusterAffinity: { clusterNames: ['berlin', 'paris'] } } }),
    );
    const api = await karmada.apply(DEPLOYMENTS, deployment('api', { metadata: claimedBy('api-deployment') }));
    await karmada.apply(
      BINDINGS,
      binding(api, [
        { name: 'berlin', replicas: 3, ready: 3, health: 'Healthy' },
        { name: 'paris', replicas: 3, applied: false, why: 'the quota is used up' },
      ]),
    );
    for (const name of ['berlin', 'paris']) await karmada.namespace(`karmada-es-${name}`);
    await karmada.apply(
      works('berlin'),
      work(deployment('api', { spec: { template: pods('mirror.berlin/web:1') } }), 'berlin'),
    );
    await karmada.apply(works('paris'), work(deployment('api'), 'paris', 'the quota is used up'));
  });

  test('the template, and what a member was given', async () => {
    const template = await command('workload show Deployment/shop/api');
    expect(template.stdout).toMatch(/^# template\n/);
    const shown: any = load(template.stdout);
    expect(shown.spec.template.spec.containers[0].image).toBe('registry.example/web:1');
    expect(shown.metadata.managedFields).toBeUndefined();
    const given = await command('workload show Deployment/shop/api --cluster berlin');
    expect(given.stdout).toMatch(/^# Work\/karmada-es-berlin\/api-berlin\n/);
    expect((load(given.stdout) as any).spec.template.spec.containers[0].image).toBe('mirror.berlin/web:1');
  });

  test('what Karmada has not rendered yet is what a preview says', async () => {
    const selectors = only('soon');
    await karmada.apply(
      POLICIES,
      policy('soon-deployment', selectors, { placement: { clusterAffinity: { clusterNames: ['paris'] } } }),
    );
    await karmada.apply('/apis/policy.karmada.io/v1alpha1/namespaces/shop/overridepolicies', {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'soon-deployment', namespace: 'shop' },
      spec: {
        resourceSelectors: selectors,
        overrideRules: [
          { overriders: { imageOverrider: [{ component: 'Registry', operator: 'replace', value: 'mirror.paris' }] } },
        ],
      },
    });
    await karmada.apply(DEPLOYMENTS, deployment('soon'));
    const { stdout } = await command('workload show Deployment/shop/soon --cluster paris');
    expect(stdout).toMatch(/^# preview: Karmada has not rendered it for paris yet\n/);
    expect((load(stdout) as any).spec.template.spec.containers[0].image).toBe('mirror.paris/web:1');
    const elsewhere = await command('workload show Deployment/shop/soon --cluster berlin');
    expect([elsewhere.code, elsewhere.stdout]).toEqual([1, '']);
    expect(elsewhere.stderr).toContain('berlin gets nothing of Deployment/shop/soon: ');
    expect((await command('workload show Deployment/shop/soon --cluster rome')).stderr).toBe(
      `error: there is no member cluster "rome"
  at --cluster
  fix: choose one of berlin, paris, tokyo
`,
    );
  });

  test('values of a Secret are never shown', async () => {
    const data = { password: 'czNjcjN0' };
    await karmada.apply('/api/v1/namespaces/shop/secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', namespace: 'shop' },
      data,
    });
    const { stdout } = await command('workload show Secret/shop/login');
    expect(stdout).not.toContain('czNjcjN0');
    expect((load(stdout) as any).data).toEqual({ password: '(not shown)' });
  });

  test('from the template to the member, with what is missing and why', async () => {
    const { code, stdout } = await command('workload trace Deployment/shop/api');
    expect(code).toBe(4);
    expect(stdout.split('\n')).toEqual([
      'Deployment/shop/api',
      '  ✓ template  Deployment/shop/api: generation 1',
      '  ✓ policy    PropagationPolicy/shop/api-deployment: it has the template',
      '  ✓ binding   ResourceBinding/shop/api-deployment: berlin 3, paris 3',
      '  ✓ work      Work/karmada-es-berlin/api-berlin: generation 1, applied',
      expect.stringMatching(/^ {2}. member {4}berlin: /),
      '  ✗ work      Work/karmada-es-paris/api-paris: it cannot be applied: the quota is used up',
      expect.stringMatching(/^ {2}- member {4}tokyo: /),
      '',
    ]);
  });

  test('what no policy has, and what one would take', async () => {
    await karmada.client.request({ method: 'DELETE', path: `${POLICIES}/everything` });
    await karmada.apply(DEPLOYMENTS, deployment('alone'));
    expect((await command('workload trace Deployment/shop/alone')).stdout).toBe(
      `Deployment/shop/alone
  ✓ template  Deployment/shop/alone: generation 1
  ✗ policy    no policy selects it, so it stays on the control plane
  … binding   there is none: nothing decides where it goes
`,
    );
    expect((await command('workload trace Deployment/shop/soon')).stdout).toContain(
      '  … policy    PropagationPolicy/shop/soon-deployment: it selects the template, and has not taken it',
    );
  });

  test('a decision that says no is in its words', async () => {
    const template = await karmada.apply(DEPLOYMENTS, deployment('big', { metadata: claimedBy('api-deployment') }));
    const why = '0/3 clusters are available: 3 clusters do not have enough replicas';
    await karmada.apply(
      BINDINGS,
      binding(template, [], { scheduled: { status: 'False', reason: 'NoClusterFit', message: why } }),
    );
    const { code, stdout } = await command('workload trace Deployment/shop/big -o json');
    expect(code).toBe(4);
    expect(JSON.parse(stdout).steps[2]).toEqual({
      step: 'binding',
      state: 'failed',
      object: 'ResourceBinding/shop/big-deployment',
      detail: `no cluster fits (NoClusterFit): ${why}`,
    });
  });
});

describe('rebalance', () => {
  const REBALANCERS = '/apis/apps.karmada.io/v1alpha1/workloadrebalancers';

  /** As Karmada's controller and scheduler do it. */
  const answer = async (result: any) => {
    for (;;) {
      const { items = [] } = await karmada.get(REBALANCERS);
      const [found] = items.filter(({ status }: any) => !status?.finishTime);
      if (found) {
        if (result.result === 'Successful') {
          const path = `${BINDINGS}/web-deployment`;
          const bound = await karmada.get(path);
          const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
          bound.spec.rescheduleTriggeredAt = at;
          bound.spec.clusters = [{ name: 'paris', replicas: 3 }];
          const body = {
            ...(await karmada.client.request({ method: 'PUT', path, body: bound })).body,
            status: { ...bound.status, lastScheduledTime: at },
          };
          await karmada.client.request({ method: 'PUT', path: `${path}/status`, body });
        }
        const status = {
          observedGeneration: 1,
          finishTime: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
          observedWorkloads: [{ workload: found.spec.workloads[0], ...result }],
        };
        const path = `${REBALANCERS}/${found.metadata.name}/status`;
        await karmada.client.request({ method: 'PUT', path, body: { ...found, status } });
        return found;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  test('a rebalancer of one use, and what it moved', async () => {
    const [shown, made] = await Promise.all([
      command('workload rebalance Deployment/shop/web'),
      answer({ result: 'Successful' }),
    ]);
    expect(shown).toEqual({ code: 0, stdout: 'Deployment/shop/web: berlin 2, paris 1 → paris 3\n', stderr: '' });
    expect(made.spec).toEqual({
      ttlSecondsAfterFinished: 600,
      workloads: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }],
    });
  });

  test('what Karmada cannot place anew, and what takes too long', async () => {
    const [{ code, stdout }] = await Promise.all([
      command('workload rebalance Deployment/shop/alone'),
      answer({ result: 'Failed', reason: 'ReferencedBindingNotFound' }),
    ]);
    expect([code, stdout]).toEqual([4, 'Deployment/shop/alone: failed (ReferencedBindingNotFound)\n']);
    expect(await command('workload rebalance Deployment/shop/api --timeout 100ms')).toEqual({
      code: 5,
      stdout: 'Deployment/shop/api: not decided yet; it is on berlin 3, paris 3\n',
      stderr: '',
    });
  });
});

describe('adopt', () => {
  const adopt = (words: string, surroundings = {}) =>
    cdk8sKarmada(
      `workload adopt ${words} --from ${karmada.server.context} --from-kubeconfig ${karmada.server.kubeconfig} --cluster berlin`,
      surroundings,
    );

  test('the code of what runs, after a dry-run that changes no pod and nothing else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-adopt-'));
    try {
      const before = await karmada.apply(DEPLOYMENTS, deployment('legacy'), 'kubectl');
      const { code, stdout, stderr } = await adopt(`Deployment/shop/legacy -o ${join(folder, 'legacy.ts')}`);
      expect({ code, stdout, stderr }).toEqual({
        code: 0,
        stdout: '',
        stderr: 'Deployment/shop/legacy: its pods go on running, says a dry-run on berlin\n',
      });
      expect(readdirSync(folder)).toEqual(['legacy.ts']);
      const text = readFileSync(join(folder, 'legacy.ts'), 'utf8');
      for (const part of ['managedFields', 'resourceVersion', before.metadata.uid]) expect(text).not.toContain(part);
      expect((await karmada.get(`${DEPLOYMENTS}/legacy`)).metadata).toEqual(before.metadata);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('what had better stay with its cluster', async () => {
    const maps = '/api/v1/namespaces/kube-system/configmaps';
    await karmada.apply(maps, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'dns', namespace: 'kube-system' },
    });
    expect(await adopt('ConfigMap/kube-system/dns')).toEqual({
      code: 3,
      stdout: '',
      stderr: `error: ConfigMap dns is in namespace "kube-system", which belongs to the cluster
  at ConfigMap/kube-system/dns
  fix: leave it to its cluster
`,
    });
  });

  test('a Secret without its values', async () => {
    const { code, stdout } = await adopt('Secret/shop/login');
    expect(code).toBe(0);
    expect(stdout).not.toContain('czNjcjN0');
    expect(stdout).toContain("'password': SecretValue.fromEnvironment('LOGIN_PASSWORD'),");
  });

  test('a context that is not there is said in the words of this command', async () => {
    const wrong = await cdk8sKarmada(
      `workload adopt Deployment/shop/web --from nowhere --from-kubeconfig ${karmada.server.kubeconfig}`,
    );
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('--from');
    expect(wrong.stderr).not.toContain('--host');
  });
});
