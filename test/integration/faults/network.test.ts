import type { ApiServer } from '../../../cli/apply/api-server';
import { planLive } from '../../../cli/apply/engine';
import { inputOf } from '../../cli/apply/engine-input';
import { type FaultProxy, faultProxy, type Seen } from '../fault-proxy';
import { startApiServer, type TestServer } from '../testbed';
import { applied, configMap, hasty, headersOf, namespace, shop, throughProxy } from './through-proxy';

let server: TestServer;
let proxy: FaultProxy;
let karmada: ApiServer;

beforeAll(async () => {
  server = await startApiServer();
  proxy = await faultProxy(server);
});

beforeEach(() => {
  karmada = throughProxy('karmada', proxy, headersOf(server));
  proxy.rule();
});

afterEach(() => karmada.close());

afterAll(async () => {
  await proxy?.close();
  await server?.stop();
});

const OPTIONS = { toolVersion: '1.0.0', now: Date.now };

const isWrite = ({ method, query }: Seen) => method === 'PATCH' && query.get('dryRun') === null;

/** A rule for the write with this number. */
const onWrite = (n: number, fault: object) => {
  let writes = 0;
  return (seen: Seen) => (isWrite(seen) && ++writes === n ? fault : undefined);
};

function names(of: string): string[] {
  const listed = server.kubectl(['get', 'configmaps', '-n', of, '-o', 'jsonpath={.items[*].metadata.name}']);
  return listed.split(' ').sort();
}

const items = (size: number) => Array.from({ length: size }, (_, i) => `item-${i}`).sort();

test('F38 a storm of 429 with a body in plain text slows the run down and fails nothing', async () => {
  const storm = {
    answer: { status: 429, headers: { 'retry-after': '1' }, body: 'Too many requests, please try again later.\n' },
  };
  let began = 0;
  let inStorm = 0;
  proxy.rule(({ n, atMs }) => {
    if (n < 60) return undefined;
    began ||= atMs;
    if (atMs - began > 2000) return undefined;
    inStorm++;
    return storm;
  });
  const { summary, events } = await applied([shop('f38', 60)], karmada);
  expect(summary).toMatchObject({ exitCode: 0, failed: 0, blocked: 0 });
  expect(names('f38')).toEqual(items(60));
  expect(inStorm).toBeGreaterThan(2);
  expect(inStorm).toBeLessThan(40); // 32 at a time before it; then fewer, and once a second
  expect(events.find(({ type }) => type === 'retry')).toMatchObject({
    reason: 'the server answered 429: Too many requests, please try again later.',
  });
});

test('F39 a server that ends the connection after each answer', async () => {
  proxy.rule(() => ({
    lie: ({ status, headers, body }) => ({ status, body, headers: { ...headers, connection: 'close' } }),
  }));
  const { summary } = await applied([shop('f39', 30)], karmada);
  expect(summary).toMatchObject({ created: 31, exitCode: 0 });
});

test('F40 a server that starts anew during the run', async () => {
  let restarted: Promise<void> | undefined;
  proxy.rule((seen) => {
    if (isWrite(seen) && seen.path.endsWith('/item-9')) restarted ??= proxy.restart(2500);
    return undefined;
  });
  const { summary } = await applied([shop('f40', 30)], karmada);
  await restarted;
  expect(summary).toMatchObject({ failed: 0, exitCode: 0 });
  expect(names('f40')).toEqual(items(30));
});

test('F40 another server that answers after a broken connection is written nothing to', async () => {
  let broken = false;
  proxy.rule((seen) => {
    if (isWrite(seen) && seen.path.endsWith('/item-3') && !broken) {
      broken = true;
      return { drop: true };
    }
    if (!broken || !seen.path.endsWith('/kube-system')) return undefined;
    return {
      lie: ({ status, body }) => ({ status, body: { ...body, metadata: { ...body.metadata, uid: 'another' } } }),
    };
  });
  const { summary } = await applied([shop('f40b', 6)], karmada, { window: 1 });
  const at = proxy.seen.findIndex(({ path, status }) => path.endsWith('/item-3') && status === undefined);
  expect(at).toBeGreaterThan(0);
  expect(
    proxy.seen
      .slice(at)
      .filter(isWrite)
      .filter(({ status }) => status),
  ).toEqual([]);
  expect(summary.exitCode).toBe(4);
  expect(summary.problems[0].message).toBe(`another server answers at ${proxy.url} than when the run began`);
});

test('F41 a server that takes a request and never answers', async () => {
  proxy.rule(onWrite(4, { hang: true }));
  const impatient = hasty(karmada, 1500);
  const { summary } = await applied([shop('f41', 6)], impatient);
  expect(summary).toMatchObject({ failed: 0, exitCode: 0 });
  // nothing is asked without an end: 30 s for what is read, 60 s for what is written
  const times = impatient.asked.map(({ method, timeoutMs = 30_000 }) => `${method} ${timeoutMs}`);
  expect([...new Set(times)].sort()).toEqual(expect.arrayContaining(['GET 30000', 'PATCH 60000']));
  expect(impatient.asked.every(({ timeoutMs = 30_000 }) => timeoutMs <= 60_000)).toBe(true);
});

test('F42 a write that happened, and whose answer was lost, is not made twice', async () => {
  proxy.rule(onWrite(5, { cut: true }));
  const { summary } = await applied([shop('f42', 6)], karmada);
  expect(summary).toMatchObject({ created: 7, failed: 0, exitCode: 0 });
  const versions = () =>
    server.kubectl(['get', 'configmaps', '-n', 'f42', '-o', 'jsonpath={.items[*].metadata.resourceVersion}']);
  const before = versions();
  expect(await applied([shop('f42', 6)], karmada)).toMatchObject({ summary: { unchanged: 8, exitCode: 0 } });
  expect(versions()).toBe(before);
});

test('F42 etcd timed out after the write, or has no leader', async () => {
  const status = (message: string) => ({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code: 500 });
  const messages = ['etcdserver: request timed out', 'etcdserver: leader changed'];
  let writes = 0;
  proxy.rule((seen) => {
    const message = isWrite(seen) ? messages[++writes - 4] : undefined;
    return message ? { lie: () => ({ status: 500, body: status(message) }) } : undefined;
  });
  const { summary } = await applied([shop('f42b', 6)], karmada);
  expect(summary).toMatchObject({ created: 7, failed: 0, exitCode: 0 });
});

test('F42 half an answer is no answer', async () => {
  proxy.rule(onWrite(4, { truncate: 40 }));
  const { summary } = await applied([shop('f42c', 6)], karmada);
  expect(summary).toMatchObject({ created: 7, failed: 0, exitCode: 0 });
});

test('F43 an aggregated API that does not answer is in the way of nobody but those who need it', async () => {
  const service = {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1.gone.example' },
    spec: {
      group: 'gone.example',
      version: 'v1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { name: 'none', namespace: 'default' },
    },
  };
  server.kubectl(['create', '-f', '-'], JSON.stringify(service));
  try {
    const { summary } = await applied([shop('f43', 2)], karmada);
    expect(summary).toMatchObject({ exitCode: 0 });
    // the server lists the group as it was, when it has ever answered
    proxy.rule(({ path }) =>
      path === '/apis'
        ? { lie: ({ status, headers, body }) => ({ status, headers, body: withStale(body) }) }
        : undefined,
    );
    const thing = { apiVersion: 'gone.example/v1', kind: 'Thing', metadata: { name: 'x', namespace: 'f43' } };
    const plan = await planLive(inputOf([{ ...shop('f43', 2), objects: [thing] }]), { karmada }, OPTIONS);
    expect(plan.objects.at(-1)?.refusal).toEqual({
      reason: 'unknown-kind',
      message: 'the API server behind gone.example/v1 does not answer karmada now',
    });
  } finally {
    server.kubectl(['delete', 'apiservice', 'v1.gone.example']);
  }
});

function withStale(list: any): any {
  const versions = [{ version: 'v1', freshness: 'Stale', resources: [] }];
  const items = list.items.filter(({ metadata }: any) => metadata.name !== 'gone.example');
  return { ...list, items: [...items, { metadata: { name: 'gone.example' }, versions }] };
}

test('F44 a kind that the first discovery does not have yet is asked for again', async () => {
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'f44' },
    spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
  };
  let asked = 0;
  proxy.rule(({ path }) => {
    if (path !== '/apis' || ++asked > 1) return undefined;
    const without = (body: any) => ({
      ...body,
      items: body.items.filter(({ metadata }: any) => metadata.name !== 'networking.k8s.io'),
    });
    return { lie: ({ status, headers, body }) => ({ status, headers, body: without(body) }) };
  });
  const chart = shop('f44', 1);
  const { summary } = await applied([{ ...chart, objects: [...chart.objects, ingress] }], karmada);
  expect(summary).toMatchObject({ exitCode: 0, failed: 0 });
  expect(proxy.seen.filter(({ path }) => path === '/apis')).toHaveLength(2);
});

test('F45 credentials that expire during the run are renewed once, whatever is in flight', async () => {
  const credentials = (generation: string) => ({
    tls: { rejectUnauthorized: true },
    headers: { ...headersOf(server), 'x-generation': generation },
  });
  let current = credentials('first');
  let renewals = 0;
  const source = {
    get: async () => current,
    renew: async () => {
      renewals++;
      await new Promise((resolve) => setTimeout(resolve, 100));
      current = credentials('second');
      return current;
    },
  };
  const expired = {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: 'Unauthorized',
    reason: 'Unauthorized',
    code: 401,
  };
  proxy.rule(({ n, headers }) =>
    n > 20 && headers['x-generation'] === 'first' ? { answer: { status: 401, body: expired } } : undefined,
  );
  const expiring = throughProxy('karmada', proxy, {}, source);
  const { summary } = await applied([shop('f45', 40)], expiring);
  await expiring.close();
  expect(summary).toMatchObject({ created: 41, exitCode: 0 });
  expect(renewals).toBe(1);
});

test('F66 a list whose place the server has forgotten is begun anew', async () => {
  const chart = shop('f66', 510);
  const list = {
    apiVersion: 'v1',
    kind: 'List',
    items: [namespace('f66'), ...items(510).map((name) => configMap(name, 'f66', {}))],
  };
  server.kubectl(['create', '-f', '-'], JSON.stringify(list));
  for (const [code, reason] of [
    [410, 'Expired'],
    [400, 'BadRequest'],
  ] as const) {
    let pages = 0;
    proxy.rule(({ query }) => {
      if (query.get('continue') === null || ++pages > 1) return undefined;
      return {
        answer: { status: code, body: { kind: 'Status', apiVersion: 'v1', message: 'forgotten', reason, code } },
      };
    });
    const plan = await planLive(inputOf([chart]), { karmada }, OPTIONS);
    expect(plan.totals).toMatchObject({ create: 0, update: 511, refused: 0 });
    expect(pages).toBe(2);
  }
});
