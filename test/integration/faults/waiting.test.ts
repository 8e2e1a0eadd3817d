import type { ApiServer } from '../../../cli/apply/api-server';
import { type ApplyOptions, applyInput } from '../../../cli/apply/engine';
import type { ApplyEvent, Unready } from '../../../cli/plan/progress';
import { inputOf } from '../../cli/apply/engine-input';
import { fastClock, type LiveServer, liveServer } from '../live-server';
import { startApiServer, type TestServer } from '../testbed';

let testbed: TestServer;
let host: LiveServer;

beforeAll(async () => {
  testbed = await startApiServer();
  host = liveServer('host', testbed);
  testbed.kubectl(['create', 'namespace', NAMESPACE]);
});

afterAll(async () => {
  await host?.close();
  await testbed?.stop();
});

const NAMESPACE = 'karmada-system';
const KINDS: { readonly [kind: string]: string } = {
  Deployment: 'apis/apps/v1',
  Job: 'apis/batch/v1',
  Pod: 'api/v1',
  PersistentVolumeClaim: 'api/v1',
  Service: 'api/v1',
  Widget: 'apis/example.io/v1',
};
const pathOf = (kind: string, name = '') =>
  `/${KINDS[kind]}/namespaces/${NAMESPACE}/${kind.toLowerCase()}s${name ? `/${name}` : ''}`;

async function status(kind: string, name: string, value: any): Promise<void> {
  const path = `${pathOf(kind, name)}/status`;
  const body = { status: value };
  const answer = await host.request({ method: 'PATCH', path, contentType: 'application/merge-patch+json', body });
  expect([answer.status, answer.body?.message]).toEqual([200, undefined]);
}

const labels = { app: 'web' };
const pods = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'shop/web:9' }] } };
const metadata = (name: string) => ({ name, namespace: NAMESPACE });
const deployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata(name),
  spec: { replicas: 1, selector: { matchLabels: labels }, template: pods },
});
const rolledOut = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };

/** Applies objects to the host; `then` runs as soon as the last is written. */
async function applied(
  objects: readonly any[],
  more: Partial<ApplyOptions> = {},
  then?: () => Promise<void>,
  server: ApiServer = host,
) {
  const events: ApplyEvent[] = [];
  const last = objects[objects.length - 1];
  let done: Promise<void> | undefined;
  const tell = (event: ApplyEvent) => {
    events.push(event);
    if (event.type === 'object' && event.result.key.name === last.metadata.name) done = then?.();
  };
  const path = objects[0].metadata.name;
  const whole = inputOf([{ plane: 'host', path, objects: objects.map((each) => ({ ...each, $wave: 3 })) }]);
  // the namespace of the records is in no chart of these: each test has a chart of its own
  const charts = whole.charts.map((chart) => ({
    ...chart,
    objects: chart.objects.filter(({ key }) => key.kind !== 'Namespace'),
  }));
  const input = { ...whole, charts, all: charts };
  const options = { toolVersion: '1.0.0', now: Date.now, wait: 'ready', timeoutMs: 8_000, ...more } as const;
  const summary = await applyInput(input, { host: server }, { ...options, tell });
  await done;
  return { summary, events };
}

const reasons = (unready: readonly Unready[]) => unready.map(({ key, reason, failed }) => [key.name, reason, failed]);

test('a rollout ends the wait as soon as the server says so', async () => {
  const { summary } = await applied([deployment('web')], {}, () => status('Deployment', 'web', rolledOut));
  expect([summary.exitCode, summary.unready]).toEqual([0, []]);
  expect(summary.elapsedMs).toBeLessThan(6_000);
});

test('F28 an object that vanishes while it is waited for, and one that somebody puts in its place', async () => {
  const removed = (name: string) => host.request({ method: 'DELETE', path: pathOf('Deployment', name), body: {} });
  const now = fastClock(40);
  const gone = await applied(
    [deployment('gone')],
    { now, timeoutMs: 400_000 },
    async () => void (await removed('gone')),
  );
  expect(gone.summary.exitCode).toBe(4);
  expect(reasons(gone.summary.unready)).toEqual([['gone', 'it is not there any more', true]]);
  const { summary } = await applied([deployment('swapped')], {}, async () => {
    await removed('swapped');
    testbed.kubectl(['create', '--field-manager=somebody', '-f', '-'], JSON.stringify(deployment('swapped')));
  });
  expect(summary.exitCode).toBe(4);
  expect(reasons(summary.unready)).toEqual([['swapped', 'somebody has put another one in its place: somebody', true]]);
});

test('F60 a Job that is done and removed by its own time is done', async () => {
  const spec = { ttlSecondsAfterFinished: 1, template: { spec: { ...pods.spec, restartPolicy: 'Never' } } };
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: metadata('migrate'), spec };
  const { summary } = await applied([job], { timeoutMs: 20_000 }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const removed = await host.request({
      method: 'DELETE',
      path: pathOf('Job', 'migrate'),
      body: { propagationPolicy: 'Background' },
    });
    expect(removed.status).toBe(200);
  });
  expect([summary.exitCode, summary.unready]).toEqual([0, []]);
  // the next run does not make it run again, unless it is another one
  const again = await applied([job]);
  expect([again.summary.exitCode, again.summary.unchanged, again.summary.created]).toEqual([0, 1, 0]);
  const plans = again.events.flatMap((event) => (event.type === 'plan' ? event.plan.objects : []));
  expect(plans.map(({ notes }) => notes)).toEqual([['it ran, and is removed: it runs again when its spec changes']]);
  const other = { ...job, spec: { ...spec, backoffLimit: 3 } };
  expect((await applied([other], { wait: 'none' })).summary.created).toBe(1);
});

test('F61 a rollout that cannot end fails after its grace: quota, and images with the pods that want them', async () => {
  const now = fastClock(40);
  const message = 'pods "web-1" is forbidden: exceeded quota: small \u001b[31mred';
  const quota = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message };
  const full = await applied([deployment('full')], { now, timeoutMs: 400_000 }, () =>
    status('Deployment', 'full', { observedGeneration: 1, conditions: [quota] }),
  );
  expect(full.summary.exitCode).toBe(4);
  const words = 'no pod can be made: pods "web-1" is forbidden: exceeded quota: small  [31mred';
  expect(reasons(full.summary.unready)).toEqual([['full', words, true]]);

  for (const name of ['web-a', 'web-b']) {
    const made = await host.request({
      method: 'POST',
      path: pathOf('Pod'),
      body: { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata(name), labels }, spec: pods.spec },
    });
    expect([made.status, made.body?.message]).toEqual([201, undefined]);
    const waiting = { reason: 'ImagePullBackOff', message: '401 unauthorized' };
    const main = { name: 'main', image: 'shop/web:9', imageID: '', ready: false, restartCount: 0, state: { waiting } };
    await status('Pod', name, { phase: 'Pending', containerStatuses: [main] });
  }
  const pulled = await applied([deployment('pulled')], { now: fastClock(40), timeoutMs: 400_000 }, () =>
    status('Deployment', 'pulled', { observedGeneration: 1, replicas: 1, updatedReplicas: 1 }),
  );
  expect(pulled.summary.exitCode).toBe(4);
  const cause = 'container main is in ImagePullBackOff image shop/web:9: 401 unauthorized (pod web-a and 1 more)';
  expect(reasons(pulled.summary.unready)).toEqual([['pulled', `0 of 1 replicas are ready: ${cause}`, true]]);
});

test('events are told when the wait ends, those of a Secret never', async () => {
  const path = `/api/v1/namespaces/${NAMESPACE}/events`;
  const event = (involvedObject: any, name: string) => ({
    method: 'POST' as const,
    path,
    body: {
      metadata: metadata(name),
      involvedObject,
      type: 'Warning',
      reason: 'Odd',
      message: 'something is odd',
      lastTimestamp: new Date().toISOString(),
    },
  });
  const { summary } = await applied([deployment('odd')], { timeoutMs: 1_500 }, async () => {
    const { body } = await host.request({ method: 'GET', path: pathOf('Deployment', 'odd') });
    const about = { ...metadata('odd'), kind: 'Deployment', uid: body.metadata.uid };
    expect((await host.request(event(about, 'odd.1'))).status).toBe(201);
  });
  expect(summary.unready[0].causes).toContain('Odd: something is odd');
});

test('F62 a load balancer that never gets an address: a finite wait, and a hint', async () => {
  const spec = { type: 'LoadBalancer', selector: labels, ports: [{ port: 80 }] };
  const service = { apiVersion: 'v1', kind: 'Service', metadata: metadata('front'), spec };
  const { summary } = await applied([service], { timeoutMs: 1_000 });
  expect(summary.exitCode).toBe(5);
  const hint = 'it has no address yet; is there anything that makes load balancers here?';
  expect(reasons(summary.unready)).toEqual([['front', hint, undefined]]);
  const annotations = { 'cdk8s-karmada.io/ready': 'skip' };
  const skipped = await applied([{ ...service, metadata: { ...service.metadata, annotations } }]);
  expect(skipped.summary.exitCode).toBe(0);
});

test('F63 a claim whose volume waits for the first pod is no reason to wait; one without a class fails', async () => {
  testbed.kubectl(
    ['create', '-f', '-'],
    JSON.stringify({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'local' },
      provisioner: 'kubernetes.io/no-provisioner',
      volumeBindingMode: 'WaitForFirstConsumer',
    }),
  );
  const claim = (name: string, storageClassName: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata(name),
    spec: { storageClassName, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });
  expect((await applied([claim('data', 'local')])).summary.exitCode).toBe(0);
  const { summary } = await applied([claim('lost', 'fast')], { failFast: true });
  expect(summary.exitCode).toBe(4);
  expect(reasons(summary.unready)).toEqual([['lost', 'there is no storage class fast', true]]);
});

test('F64 an object whose controller never says anything is given a moment, and then is done', async () => {
  const openAPIV3Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const version = {
    name: 'v1',
    served: true,
    storage: true,
    schema: { openAPIV3Schema },
    subresources: { status: {} },
  };
  const names = { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' };
  const spec = { group: 'example.io', scope: 'Namespaced', names, versions: [version] };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.io' },
    spec,
  };
  const widget = { apiVersion: 'example.io/v1', kind: 'Widget', metadata: metadata('gear'), spec: {} };
  const { summary, events } = await applied([definition, widget], { timeoutMs: 20_000 });
  expect([summary.exitCode, summary.unready]).toEqual([0, []]);
  const waits = events.flatMap((event) => (event.type === 'waiting' ? event.unready : []));
  expect(waits.map(({ reason }) => reason)).toContain('it publishes no status yet');
  const rule = [{ path: 'status.phase', op: 'equals', value: 'Turning', result: 'current' }];
  const annotations = { 'cdk8s-karmada.io/ready': JSON.stringify(rule), 'cdk8s-karmada.io/ready-timeout': '1' };
  const slow = await applied([{ ...widget, metadata: { ...widget.metadata, name: 'slow', annotations } }]);
  expect(reasons(slow.summary.unready)).toEqual([
    ['slow', 'no test of its rule holds: status.phase; its own time, 1 s, is over', true],
  ]);
  const turning = { ...widget, metadata: { ...widget.metadata, name: 'turning', annotations } };
  const turned = await applied([turning], {}, () => status('Widget', 'turning', { phase: 'Turning' }));
  expect(turned.summary.exitCode).toBe(0);
});

/** The server, with other watches. */
function watched(watch: NonNullable<ApiServer['watch']>): LiveServer {
  return { ...host, request: (request) => host.request(request), watch };
}

test('F65 a watch that silently dies: it is noticed, and all is listed anew', async () => {
  let dead = 0;
  const server = watched((request, _line, signal) => {
    dead++;
    return host.watch(request, () => undefined, signal); // events come, and nobody hears of them
  });
  const { summary } = await applied(
    [deployment('silent')],
    { silenceMs: 300 },
    () => status('Deployment', 'silent', rolledOut),
    server,
  );
  expect([summary.exitCode, summary.unready]).toEqual([0, []]);
  expect(dead).toBeGreaterThan(0);
});

test('F66 the server has forgotten where a watch was, or does not know its own token: all is listed anew', async () => {
  const gone = { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } };
  let watches = 0;
  const server = watched(async (request, line, signal) => {
    watches++;
    if (watches === 1) return { status: 410, body: gone.object, warnings: [] };
    if (watches === 2) line(gone);
    return watches === 2 ? { status: 200, body: undefined, warnings: [] } : host.watch(request, line, signal);
  });
  let lists = 0;
  const split: ApiServer = {
    ...server,
    request: async (request) => {
      if (request.path !== pathOf('Deployment') || request.query?.labelSelector === undefined)
        return host.request(request);
      lists++;
      if (request.query.continue) return { status: 400, body: { message: 'continue key is not valid' }, warnings: [] };
      const answer = await host.request(request);
      const metadata = { ...answer.body.metadata, continue: lists === 1 ? 'forgotten' : undefined };
      return { ...answer, body: { ...answer.body, metadata } };
    },
  };
  const late = () =>
    new Promise<void>((resolve) => setTimeout(resolve, 1_000)).then(() => status('Deployment', 'lost', rolledOut));
  const { summary } = await applied([deployment('lost')], {}, late, split);
  expect([summary.exitCode, summary.unready]).toEqual([0, []]);
  expect([watches >= 3, lists >= 4]).toEqual([true, true]);
});
