import { type ApiRequest, type ApiResponse, type ApiServer, Unreachable } from '../../../cli/apply/api-server';
import { type Awaited, waitUntilReady } from '../../../cli/apply/gate';
import type { ApplyNews } from '../../../cli/plan/progress';

const resource = { plural: 'deployments', namespaced: true };
const DONE = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };

function deployment(name: string, namespace: string, status?: object) {
  return { metadata: { name, namespace, uid: `${namespace}-${name}`, generation: 1 }, spec: { replicas: 1 }, status };
}

/** A server that answers from a script and has no watches; what was asked of it. */
function scripted(
  answer: (request: ApiRequest, n: number) => Partial<ApiResponse>,
): ApiServer & { readonly asked: string[] } {
  const asked: string[] = [];
  const request = async (wanted: ApiRequest) => {
    asked.push(wanted.path);
    return { status: 200, body: { items: [] }, warnings: [], ...answer(wanted, asked.length) };
  };
  return { plane: 'host', url: 'https://scripted', asked, request, close: async () => undefined };
}

const awaited = (server: ApiServer, namespace = 'a'): Awaited => ({
  server,
  key: { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web' },
  resource,
  live: deployment('web', namespace),
});

function wait(all: readonly Awaited[], timeoutMs: number, signal?: AbortSignal) {
  const news: ApplyNews[] = [];
  const patience = { attempts: 1, signal };
  const options = { timeoutMs, window: 8, patience, now: Date.now, tell: (each: ApplyNews) => void news.push(each) };
  return waitUntilReady('wave 3', all, options).then((unready) => ({ unready, news: news.map(({ type }) => type) }));
}

const items = (...all: any[]) => ({ body: { items: all, metadata: { resourceVersion: '1' } } });

test('what is ready already is not asked for', async () => {
  const server = scripted(() => ({}));
  const ready = { ...awaited(server), live: deployment('web', 'a', DONE) };
  expect(await wait([ready], 1_000)).toEqual({ unready: [], news: [] });
  expect(server.asked).toEqual([]);
});

test('a server that does not answer at first is asked again', async () => {
  const server = scripted((_request, n) => {
    if (n === 1) throw new Unreachable('connection refused', { passing: true });
    return items(deployment('web', 'a', DONE));
  });
  expect(await wait([awaited(server)], 5_000)).toEqual({ unready: [], news: [] });
  expect(server.asked).toEqual(Array(2).fill('/apis/apps/v1/namespaces/a/deployments'));
});

test('one that never does is a wait that ends in time; one that nobody could ever reach is an error', async () => {
  const never = (passing: boolean) =>
    scripted(() => {
      throw new Unreachable('no', { passing });
    });
  const { unready } = await wait([awaited(never(true))], 500);
  expect(unready.map(({ reason }) => reason)).toEqual(['its controller has not looked at it yet']);
  await expect(wait([awaited(never(false))], 500)).rejects.toThrow('no');
});

test('who may not list all namespaces is asked for each; who may not list at all says so at once', async () => {
  const server = scripted(({ path }) => {
    if (path === '/apis/apps/v1/deployments') return { status: 403, body: { message: 'no' } };
    const [, namespace] = /namespaces\/([^/]+)/.exec(path) as RegExpExecArray;
    return items(deployment('web', namespace, DONE));
  });
  expect((await wait([awaited(server, 'a'), awaited(server, 'b')], 5_000)).unready).toEqual([]);
  expect(server.asked.sort()).toEqual([
    '/apis/apps/v1/deployments',
    '/apis/apps/v1/namespaces/a/deployments',
    '/apis/apps/v1/namespaces/b/deployments',
  ]);
  const none = scripted(() => ({ status: 403, body: { message: 'cannot list' } }));
  const { unready } = await wait([awaited(none)], 5_000);
  const reason = 'it cannot be watched: the server answered 403: cannot list';
  expect(unready.map((each) => [each.reason, each.failed])).toEqual([[reason, true]]);
});

test('an interrupt ends the wait with what is not ready', async () => {
  const interrupt = new AbortController();
  setTimeout(() => interrupt.abort(), 200);
  const { unready, news } = await wait(
    [awaited(scripted(() => items(deployment('web', 'a'))))],
    60_000,
    interrupt.signal,
  );
  expect([unready.length, news]).toEqual([1, ['waiting']]);
});
