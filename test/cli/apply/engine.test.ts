import { type ApiRequest, type ApiResponse, type ApiServer, Unreachable } from '../../../cli/apply/api-server';
import { attempt, inWindow } from '../../../cli/apply/attempt';
import { Discovery } from '../../../cli/apply/discovery';
import { inventoryData, membersOf } from '../../../cli/apply/inventory';

type Answers = (request: ApiRequest, n: number) => Partial<ApiResponse>;

/** A server that answers from a script, and what was asked of it. */
function scripted(answers: Answers): ApiServer & { readonly asked: ApiRequest[] } {
  const asked: ApiRequest[] = [];
  return {
    plane: 'host',
    url: 'https://scripted',
    asked,
    request: async (request) => {
      asked.push(request);
      return { status: 200, body: {}, warnings: [], ...answers(request, asked.length) };
    },
    close: async () => undefined,
  };
}

const GET: ApiRequest = { method: 'GET', path: '/x' };

describe('a request is tried again only where that may help', () => {
  const webhook = { message: 'Internal error occurred: failed calling webhook "x"', reason: 'InternalError' };
  const typed = { message: 'failed to create typed patch object (a/b; v1, Kind=ConfigMap): .x: field not declared' };
  test.each<[string, Partial<ApiResponse>, number]>([
    ['busy', { status: 429, body: 'Too many requests' }, 3],
    ['unavailable', { status: 503 }, 3],
    ['a webhook that does not answer', { status: 500, body: webhook }, 3],
    ['a mistake of the user that comes as 500', { status: 500, body: typed }, 1],
    ['too large', { status: 500, body: { message: 'etcdserver: request is too large' } }, 1],
    ['invalid', { status: 422 }, 1],
    ['not allowed', { status: 403 }, 1],
    ['a conflict', { status: 409 }, 1],
    ['not there', { status: 404, body: '404 page not found' }, 1],
  ])('%s', async (_what, answer, times) => {
    const server = scripted(() => answer);
    const { status } = await attempt(server, GET, { attempts: 3, pauseMs: 1 });
    expect([status, server.asked.length]).toEqual([answer.status, times]);
  });

  test('it goes on as soon as the answer is good, and tells of each new attempt', async () => {
    const reasons: string[] = [];
    const server = scripted((_request, n) => ({ status: n < 3 ? 503 : 200, body: { message: 'starting' } }));
    const key = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'a', name: 'b' };
    const retrying = (_server: ApiServer, _key: unknown, reason: string) => reasons.push(reason);
    const { status } = await attempt(server, GET, { pauseMs: 1, retrying }, key);
    expect(status).toBe(200);
    expect(reasons).toEqual(['the server answered 503: starting', 'the server answered 503: starting']);
  });

  test.each([
    [true, 3],
    [false, 1],
  ])('no answer, passing %s', async (passing, times) => {
    const server = scripted(() => {
      throw new Unreachable('connection refused', { passing });
    });
    await expect(attempt(server, GET, { attempts: 3, pauseMs: 1 })).rejects.toThrow('connection refused');
    expect(server.asked).toHaveLength(times);
  });

  test('warnings are told without control characters', async () => {
    const told: string[] = [];
    const server = scripted(() => ({ warnings: ['v1 Endpoints is \u001b[31mdeprecated'] }));
    await attempt(server, GET, { warned: (_server, text) => told.push(text) });
    expect(told).toEqual(['v1 Endpoints is  [31mdeprecated']);
  });
});

test('work is done in order, at most as much at a time as the window', async () => {
  let now = 0;
  let most = 0;
  const begun: number[] = [];
  await inWindow(3, [1, 2, 3, 4, 5, 6, 7], async (n) => {
    begun.push(n);
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 2));
    now--;
  });
  expect([begun, most]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3]);
});

describe('discovery', () => {
  const version = (name: string, kind: string, freshness = 'Current') => ({
    version: name,
    freshness,
    resources: [{ resource: `${kind.toLowerCase()}s`, responseKind: { kind }, scope: 'Namespaced' }],
  });
  const lists: { readonly [path: string]: any[] } = {
    '/api': [{ metadata: {}, versions: [version('v1', 'Pod')] }],
    '/apis': [
      { metadata: { name: 'apps' }, versions: [version('v1', 'Deployment'), version('v1beta1', 'Deployment')] },
      { metadata: { name: 'gone.example' }, versions: [version('v1', 'Thing', 'Stale')] },
    ],
  };

  test('takes two requests, and leaves out what an aggregated API server said before it went away', async () => {
    const server = scripted(({ path }) => ({ body: { kind: 'APIGroupDiscoveryList', items: lists[path] } }));
    const discovery = await Discovery.read(server, {});
    expect(server.asked.map(({ path, accept }) => [path, accept])).toEqual(
      ['/api', '/apis'].map((path) => [
        path,
        'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
      ]),
    );
    expect(discovery.find('v1', 'Pod')).toEqual({ plural: 'pods', namespaced: true });
    expect(discovery.find('gone.example/v1', 'Thing')).toBeUndefined();
    expect(discovery.versionsOf('apps', 'Deployment')).toEqual(['apps/v1', 'apps/v1beta1']);
  });

  test('what is no Kubernetes API server is an error', async () => {
    await expect(
      Discovery.read(
        scripted(() => ({ body: '<html>' })),
        {},
      ),
    ).rejects.toThrow(
      expect.objectContaining({
        exitCode: 1,
        message: [
          'host does not list its kinds in the aggregated form that Kubernetes has since 1.27',
          '  at https://scripted/api',
          '  fix: check that this is a Kubernetes API server, 1.27 or newer',
        ].join('\n'),
      }),
    );
  });
});

test('the inventory is the same for the same members in any order, and read back; what is no inventory is none', () => {
  const member = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'a', name, path: name, wave: 7 });
  const data = inventoryData([member('b'), member('a')]);
  expect(data).toEqual(inventoryData([member('a'), member('b')]));
  expect(membersOf({ data })?.map(({ name }) => name)).toEqual(['a', 'b']);
  expect([membersOf(undefined), membersOf({ data: { inventory: 'not gzip' } })]).toEqual([undefined, undefined]);
});
