import { type ApplyOptions, applyInput, planLive } from '../../../cli/apply/engine';
import type { ApplyEvent, Unready } from '../../../cli/plan/progress';
import { type ChartOfTest, inputOf, synthesized } from '../../cli/apply/engine-input';
import { cdk8sKarmada } from '../../cli/commands/terminal';
import { type Carried, KarmadaDouble, type OnMember } from '../karmada-double';
import { fastClock, type LiveServer, liveServer } from '../live-server';
import { startApiServer, type TestServer } from '../testbed';

let testbed: TestServer;
let karmada: LiveServer;
let double: KarmadaDouble;

// client-node is an ES module, which jest cannot load: the same server with credentials of the test
jest.mock('../../../cli/apply/http-api-server', () => ({
  ...jest.requireActual('../../../cli/apply/http-api-server'),
  connect: (plane: 'host' | 'karmada') => liveServer(plane, testbed),
}));

const READY = { status: 'True', reason: 'ClusterReady', message: 'cluster is healthy and ready to accept workloads' };
const AWAY = { status: 'False', reason: 'ClusterNotReachable', message: 'cluster is not reachable' };
/** What a member says of a Deployment that runs there. */
const runs = (readyReplicas = 1) => ({ replicas: 1, readyReplicas });

beforeAll(async () => {
  testbed = await startApiServer();
  karmada = liveServer('karmada', testbed);
  double = await KarmadaDouble.on(karmada, testbed);
  testbed.kubectl(['create', 'namespace', 'shop']);
  await double.member('paris', READY);
  await double.member('tokyo', READY);
  await double.member('lima', AWAY);
});

afterAll(async () => {
  await karmada?.close();
  await testbed?.stop();
});

function deployment(name: string, image = 'nginx:1') {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } },
    },
  };
}

const configMap = (name: string, level: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
  data: { level },
});

const policyFor = ({ apiVersion, kind, metadata }: any) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name: `${metadata.name}-policy`, namespace: 'shop' },
  spec: {
    resourceSelectors: [{ apiVersion, kind, name: metadata.name }],
    placement: { clusterAffinity: { clusterNames: ['paris', 'tokyo'] } },
  },
});

/** A template and its policy in a chart of their own. */
const chart = (template: any): ChartOfTest => ({
  plane: 'karmada',
  path: template.metadata.name,
  objects: [policyFor(template), template],
});

/** Applies, while Karmada carries the template so far as soon as it is written. */
async function applied(template: any, carried: Carried | undefined, more: Partial<ApplyOptions> = {}) {
  const events: ApplyEvent[] = [];
  const { kind, metadata } = template;
  let carrying: Promise<void> | undefined;
  const carry = () => carried && double.carry(kind, 'shop', metadata.name, carried);
  const tell = (event: ApplyEvent) => {
    events.push(event);
    if (event.type === 'object' && event.result.key.kind === kind) carrying = carry();
  };
  const options = { toolVersion: '1.0.0', now: Date.now, wait: 'healthy', timeoutMs: 8_000, ...more } as const;
  karmada.asked.length = 0;
  const summary = await applyInput(inputOf([chart(template)]), { karmada }, { ...options, tell });
  await carrying;
  return { summary, events };
}

const reasons = (unready: readonly Unready[]) => unready.map(({ key, reason, failed }) => [key.name, reason, failed]);
const on = (paris: OnMember, tokyo: OnMember): Carried => ({ members: { paris, tokyo } });
const well: OnMember = { status: runs() };

test('a template that is healthy on all of its members ends the wait, which is one list and one watch for each kind', async () => {
  const { summary } = await applied(deployment('well'), on(well, well));
  expect([summary.exitCode, summary.unready]).toEqual([0, []]);
  const asked = karmada.asked.filter(
    ({ method, path }) => method === 'GET' && /works|resourcebindings|clusters|deployments$/.test(path),
  );
  const lists = asked.map(({ path, query }) => `${query?.watch ? 'WATCH' : 'LIST'} ${path}`).sort();
  expect(lists).toEqual([
    'LIST /apis/apps/v1/namespaces/shop/deployments',
    'LIST /apis/cluster.karmada.io/v1alpha1/clusters',
    'LIST /apis/work.karmada.io/v1alpha1/works',
    'LIST /apis/work.karmada.io/v1alpha2/namespaces/shop/resourcebindings',
    'WATCH /apis/apps/v1/namespaces/shop/deployments',
    'WATCH /apis/cluster.karmada.io/v1alpha1/clusters',
    'WATCH /apis/work.karmada.io/v1alpha1/works',
    'WATCH /apis/work.karmada.io/v1alpha2/namespaces/shop/resourcebindings',
  ]);
});

test('a template that nothing changed is not waited for again', async () => {
  const { summary } = await applied(deployment('well'), undefined, { timeoutMs: 2_000 });
  expect([summary.exitCode, summary.unchanged, summary.unready]).toEqual([0, 3, []]);
});

test('a change is waited for until the members have it, whatever they were before', async () => {
  const { summary } = await applied(deployment('well', 'nginx:2'), undefined, { timeoutMs: 1_500 });
  expect(summary.exitCode).toBe(5);
  expect(reasons(summary.unready)).toEqual([['well', 'its binding is about an earlier state of it', undefined]]);
  const later = await applied(deployment('well', 'nginx:2'), on({ ...well, generation: 2 }, well), {
    timeoutMs: 1_500,
  });
  expect(reasons(later.summary.unready)).toEqual([
    ['well', 'paris: Karmada has rendered generation 2 of 3', undefined],
  ]);
  expect((await applied(deployment('well', 'nginx:2'), on(well, well))).summary.exitCode).toBe(0);
});

test('objects without a generation are known by what they hold', async () => {
  const carried = on({ health: 'Unknown' }, { health: 'Unknown' });
  expect((await applied(configMap('flags', '1'), carried)).summary.exitCode).toBe(0);
  const { summary } = await applied(configMap('flags', '2'), undefined, { timeoutMs: 1_500 });
  expect(reasons(summary.unready)).toEqual([['flags', 'its binding is about an earlier state of it', undefined]]);
});

test('scheduled and applied stop earlier', async () => {
  const unapplied = on({ unapplied: true }, { unapplied: true });
  expect((await applied(deployment('soon'), unapplied, { wait: 'scheduled' })).summary.exitCode).toBe(0);
  const applying = await applied(deployment('soon'), unapplied, { wait: 'applied', timeoutMs: 1_500 });
  expect(reasons(applying.summary.unready)).toEqual([['soon', 'paris: it is not applied yet (and 1 more)', undefined]]);
  const sick = on({ health: 'Unhealthy' }, { health: 'Unhealthy' });
  expect((await applied(deployment('soon'), sick, { wait: 'applied' })).summary.exitCode).toBe(0);
});

test('F71 no policy matches a template: NotPropagated, after a grace', async () => {
  const now = fastClock(20);
  const { summary } = await applied(deployment('lonely'), undefined, { now, timeoutMs: 120_000 });
  expect(summary.exitCode).toBe(4);
  expect(reasons(summary.unready)).toEqual([['lonely', 'no policy matches it (NotPropagated)', true]]);
});

test('F72 no cluster fits: failed, with what kept each cluster out', async () => {
  const message =
    '0/3 clusters are available: 2 cluster(s) had untolerated taint {dedicated: gpu}, 1 cluster(s) did not match the placement cluster affinity constraint.';
  const unscheduled = { reason: 'NoClusterFit', message };
  const now = fastClock(20);
  const { summary } = await applied(deployment('nowhere'), { unscheduled, members: {} }, { now, timeoutMs: 120_000 });
  expect(summary.exitCode).toBe(4);
  expect(reasons(summary.unready)).toEqual([['nowhere', `no cluster fits (NoClusterFit): ${message}`, true]]);
});

test('F73 a member is down: its last generation and since when, not that it was applied once', async () => {
  const members = { paris: well, lima: well };
  const { summary } = await applied(deployment('afar'), { members }, { timeoutMs: 2_000 });
  expect(summary.exitCode).toBe(5);
  const [{ reason, clusters }] = summary.unready;
  const words = 'the member is not ready since 2026-01-01T00:00:00Z: cluster is not reachable, last given generation 2';
  expect(reason).toBe(`lima: ${words}`);
  expect(clusters).toEqual([
    { cluster: 'lima', seen: 2, applied: true, health: 'Healthy', down: true, state: 'applying', detail: words },
    { cluster: 'paris', seen: 2, applied: true, health: 'Healthy', state: 'done', detail: '1/1' },
  ]);
  const without = await applied(deployment('afar'), { members }, { clusters: 'ready' });
  expect(without.summary.exitCode).toBe(0);
  const most = await applied(deployment('afar'), { members }, { clusters: { percent: 50 } });
  expect(most.summary.exitCode).toBe(0);
});

test('F74 the name is taken on a member: which one, and what would take it over', async () => {
  const refused =
    'resource(kind=Deployment, shop/taken) already exists in the cluster paris and the work.karmada.io/conflict-resolution strategy value is empty, Karmada will not manage this resource';
  const now = fastClock(40);
  const { summary } = await applied(deployment('taken'), on({ refused }, well), { now, timeoutMs: 240_000 });
  expect(summary.exitCode).toBe(4);
  expect(reasons(summary.unready)).toEqual([
    [
      'taken',
      `paris: something that Karmada did not make has its name on paris; set conflictResolution: Overwrite in its policy, or annotate it with work.karmada.io/conflict-resolution: overwrite, to take it over (${refused})`,
      true,
    ],
  ]);
});

test('F75 fully applied, and its pods crash: not healthy', async () => {
  const sick = { health: 'Unhealthy', status: runs(0) } as const;
  const { summary } = await applied(deployment('sick'), on(sick, well), { timeoutMs: 2_000 });
  expect(summary.exitCode).toBe(5);
  expect(reasons(summary.unready)).toEqual([['sick', 'paris: unhealthy 0/1', undefined]]);
});

/** Deletes what a chart has applied, with the command. */
function destroyed(chartOfTest: ChartOfTest) {
  const { path } = chartOfTest;
  const files = { 'app.k8s.yaml': synthesized(chartOfTest) };
  const options = `--only ${path} --yes --allow-prune 9 --karmada-kubeconfig ${testbed.kubeconfig}`;
  return cdk8sKarmada(`destroy -f app.k8s.yaml ${options}`, { files, columns: 200 });
}

describe('a webhook that is asked about policies and does not answer', () => {
  const hook = (name: string, apiGroups: string[], resources: string[]) => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name },
    webhooks: [
      {
        name: `${resources[0]}.karmada.io`,
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        clientConfig: { service: { namespace: 'karmada-system', name: 'karmada-webhook' } },
        rules: [{ apiGroups, apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], resources }],
      },
    ],
  });
  const OPTIONS = { toolVersion: '1.0.0', now: Date.now } as const;
  const WORDS =
    'the server answered 500: Internal error occurred: failed calling webhook "propagationpolicies.karmada.io": failed to call webhook: Post "https://karmada-webhook.karmada-system.svc:443/?timeout=10s": service "karmada-webhook" not found';
  const NOTE = `karmada: apply waits for a webhook that policies need and that does not answer: ${WORDS}`;
  const plan = (...objects: any[]) =>
    planLive(inputOf([{ plane: 'karmada', path: 'unasked', objects }]), { karmada }, OPTIONS);

  beforeAll(async () => {
    const made = hook('policies', ['policy.karmada.io'], ['propagationpolicies']);
    testbed.kubectl(['create', '-f', '-'], JSON.stringify(made));
    const asked = async () => (await plan(policyFor(deployment('unasked')))).notes;
    for (let n = 0; n < 50 && !(await asked()).length; n++) await new Promise((resolve) => setTimeout(resolve, 200));
  });

  afterAll(() => {
    testbed.kubectl(['delete', 'validatingwebhookconfigurations', 'policies', '--ignore-not-found']);
  });

  test('the plan says so once; where no policy is written nobody is asked', async () => {
    const unasked = deployment('unasked');
    expect((await plan(policyFor(unasked), policyFor(deployment('other')), unasked)).notes).toEqual([NOTE]);
    karmada.asked.length = 0;
    expect((await plan(unasked)).notes).toEqual([]);
    expect(karmada.asked.filter(({ method, path }) => method === 'POST' && path.endsWith('policies'))).toEqual([]);
  });

  test('apply waits, and writes nothing when it does not come', async () => {
    const given = applied(deployment('unasked'), undefined, { wait: 'none', webhookMs: 1_000 });
    await expect(given).rejects.toMatchObject({
      exitCode: 5,
      message: `a webhook that Karmada asks about policies does not answer: ${WORDS}
  at karmada: the testbed, ${testbed.url}
  fix: see what ails it, \`cdk8s-karmada instance doctor east\`, and run apply again; nothing was written`,
    });
    expect(isThere('unasked')).toBe(false);
    expect(karmada.asked.filter(({ method, query }) => method === 'PATCH' && !query?.dryRun)).toEqual([]);
  });

  test('apply goes on when it answers', async () => {
    setTimeout(() => testbed.kubectl(['delete', 'validatingwebhookconfigurations', 'policies']), 3_000);
    const { summary, events } = await applied(deployment('unasked'), undefined, { wait: 'none' });
    expect(summary).toMatchObject({ exitCode: 0, failed: 0 });
    expect(events.find(({ type }) => type === 'retry')).toMatchObject({ plane: 'karmada', reason: WORDS });
    expect(isThere('unasked')).toBe(true);
  });
});

const isThere = (name: string) =>
  testbed.kubectl(['get', 'deployments', '-n', 'shop', '-o', 'name']).includes(`/${name}\n`);

test('F76 a template whose policy keeps the copies on the members: they are told to stay', async () => {
  const template = deployment('kept');
  const policy = policyFor(template);
  const preserving = { ...policy, spec: { ...policy.spec, preserveResourcesOnDeletion: true } };
  const whole = { ...chart(template), objects: [preserving, template] };
  const options = { toolVersion: '1.0.0', now: Date.now, wait: 'none' } as const;
  await applyInput(inputOf([whole]), { karmada }, options);
  await double.carry('Deployment', 'shop', 'kept', on(well, well));
  const { code, stderr } = await destroyed(whole);
  expect(stderr).toContain(
    'its copies on paris, tokyo stay: PropagationPolicy/shop/kept-policy has preserveResourcesOnDeletion',
  );
  expect([code, isThere('kept')]).toEqual([0, false]);
});

test('F77 a webhook that denies deletion: what it protects is named, and never forced', async () => {
  const labels = { 'resourcetemplate.karmada.io/deletion-protected': 'Always' };
  const template = deployment('guarded');
  const guarded = chart({ ...template, metadata: { ...template.metadata, labels } });
  const denied = chart(deployment('denied'));
  const options = { toolVersion: '1.0.0', now: Date.now, wait: 'none' } as const;
  await applyInput(inputOf([guarded, denied]), { karmada }, options);
  const known = await destroyed(guarded);
  expect(known.stderr).toContain('it is protected: take the label resourcetemplate.karmada.io/deletion-protected away');
  expect(isThere('guarded')).toBe(true);

  const api = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name: 'stay' } };
  const rule = { apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'], operations: ['DELETE'] };
  const spec = {
    matchConstraints: { resourceRules: [rule] },
    validations: [{ expression: "oldObject.metadata.name != 'denied'", message: 'this workload is protected' }],
  };
  const binding = { policyName: 'stay', validationActions: ['Deny'] };
  const both = [
    { ...api, kind: 'ValidatingAdmissionPolicy', spec },
    { ...api, kind: 'ValidatingAdmissionPolicyBinding', spec: binding },
  ];
  testbed.kubectl(['create', '-f', '-'], both.map((each) => JSON.stringify(each)).join('\n---\n'));
  for (let n = 0; n < 50 && !refusesDeletion('denied'); n++) await new Promise((resolve) => setTimeout(resolve, 200));
  const { code, stdout } = await destroyed(denied);
  expect(stdout).toContain('this workload is protected');
  expect([code, isThere('denied')]).toEqual([10, true]);
});

function refusesDeletion(name: string): boolean {
  try {
    testbed.kubectl(['delete', 'deployment', name, '-n', 'shop', '--dry-run=server']);
    return false;
  } catch {
    return true;
  }
}

test('F78 the controller manager is down: who, and for how long', async () => {
  await double.lease(
    'karmada-controller-manager',
    new Date(Date.now() - 5 * 60_000).toISOString().replace('Z', '000Z'),
  );
  const now = fastClock(10);
  const { summary } = await applied(deployment('still'), undefined, { now, timeoutMs: 120_000 });
  expect(summary.exitCode).toBe(4);
  const words = 'karmada-controller-manager does not run: it renewed its lease 5 min ago';
  expect(reasons(summary.unready)).toEqual([['still', words, true]]);

  const plan = (object: any) =>
    planLive(inputOf([chart(object)]), { karmada }, { toolVersion: '1.0.0', now: Date.now });
  const { notes } = await plan(deployment('still-more'));
  expect(notes).toEqual([`karmada: ${words}; what is applied reaches no member until it does`]);
  expect((await plan(deployment('still'))).notes).toEqual([]); // nothing is written, so nobody has to carry it
});

test('F79 a Karmada that does not say which state it scheduled: waited for all the same', async () => {
  const { summary } = await applied(deployment('old'), { ...on(well, well), old: true });
  expect([summary.exitCode, summary.unready]).toEqual([0, []]);
});
