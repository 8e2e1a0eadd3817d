import type { ApiRequest, ApiResponse, ApiServer } from '../../../cli/apply/api-server';
import { Locks } from '../../../cli/apply/locks';
import { holderOf, leaseOf } from '../../../cli/plan/lease';
import { inputOf } from './engine-input';

const MINUTE = 60_000;

/** A server with Leases alone, whose clock is not ours. */
function leases(clock: () => number) {
  const stored = new Map<string, any>();
  const asked: string[] = [];
  let version = 0;
  const refusal = (status: number, message: string) => ({ status, body: { kind: 'Status', message } });
  const store = (path: string, body: any) => {
    const metadata = { ...body.metadata, uid: 'u', resourceVersion: `${++version}` };
    stored.set(path, { ...body, metadata });
    return { status: 200, body: stored.get(path) };
  };
  const answer = ({ method, path, body }: any): { status: number; body: any } => {
    const target = method === 'POST' ? `${path}/${body.metadata.name}` : path;
    const live = stored.get(target);
    if (method === 'GET') return live ? { status: 200, body: live } : refusal(404, 'not found');
    if (method === 'DELETE') return { status: stored.delete(target) ? 200 : 404, body: {} };
    if (method === 'POST' && live) return refusal(409, 'already exists');
    if (method === 'PUT' && live?.metadata.resourceVersion !== body.metadata.resourceVersion) {
      return refusal(409, 'the object has been modified');
    }
    return store(target, body);
  };
  const server: ApiServer = {
    plane: 'karmada',
    url: 'https://scripted',
    request: async (request: ApiRequest): Promise<ApiResponse> => {
      asked.push(request.method);
      return { ...answer(request), warnings: [], date: Math.floor(clock() / 1000) * 1000 };
    },
    close: async () => undefined,
  };
  return { server, stored, asked };
}

const { charts } = inputOf([{ plane: 'karmada', path: 'shop', objects: [] }]);
const PATH = '/apis/coordination.k8s.io/v1/namespaces/cdk8s-karmada/leases/east-shop-karmada';

function locksOf(holder: string, more = {}) {
  const told: string[] = [];
  const tell = (_chart: unknown, text: string) => void told.push(text);
  const locks = new Locks({ holder, patience: {}, now: () => 10 * MINUTE, tell, ...more });
  return { locks, told };
}

test('one has the lock until it lets it go; who it is, and for how long, is told', async () => {
  const { server, stored } = leases(() => 100 * MINUTE);
  const [ada, bob] = [locksOf('ada'), locksOf('bob')];
  await ada.locks.look(server, charts);
  expect(await ada.locks.take()).toBe(true);
  await expect(bob.locks.look(server, charts)).rejects.toThrow(
    expect.objectContaining({
      exitCode: 7,
      message: [
        'another run has the lock of shop: ada, for 0 s, last heard of 0 s ago; nothing was written',
        '  at karmada: Lease/cdk8s-karmada/east-shop-karmada',
        '  fix: wait until it ends; if it is gone the lock is free in 30 s, or now with --steal-lock',
      ].join('\n'),
    }),
  );
  expect(bob.locks.refused).toBe(true);
  await ada.locks.release();
  expect(holderOf(stored.get(PATH))).toBeUndefined();
  await bob.locks.look(server, charts);
  expect(await bob.locks.take()).toBe(true);
  await bob.locks.release();
  expect([...ada.told, ...bob.told]).toEqual([]);
});

test('who looked before another run ended has to look again', async () => {
  const { server } = leases(() => 100 * MINUTE);
  const [ada, bob] = [locksOf('ada'), locksOf('bob')];
  await Promise.all([ada.locks.look(server, charts), bob.locks.look(server, charts)]);
  await ada.locks.take();
  await ada.locks.release();
  expect(await bob.locks.take()).toBe(false);
  await bob.locks.look(server, charts);
  expect(await bob.locks.take()).toBe(true);
  await bob.locks.release();
});

test.each([
  [29, 7],
  [31, undefined],
])('a holder that was heard of %s s ago by the clock of the server: exit code %s', async (seconds, exitCode) => {
  const { server, stored } = leases(() => 100 * MINUTE);
  const heard = 100 * MINUTE - seconds * 1000;
  stored.set(PATH, leaseOf(charts[0], 'eve\u001b[31m', heard, heard, { metadata: { resourceVersion: '1' } }));
  const { locks, told } = locksOf('ada');
  const error = await locks.look(server, charts).catch((thrown) => thrown);
  expect(error?.exitCode).toBe(exitCode);
  if (exitCode) return;
  expect(await locks.take()).toBe(true);
  expect(told).toEqual(['took the lock of shop from eve [31m, which is gone']);
  await locks.release();
});

test('who loses the lock is told to end, and does not let go what is not its own', async () => {
  const { server, stored } = leases(() => 100 * MINUTE);
  const { locks, told } = locksOf('ada', { renewMs: 5 });
  await locks.look(server, charts);
  await locks.take();
  const lease = stored.get(PATH);
  stored.set(PATH, {
    ...leaseOf(charts[0], 'eve', 0, 100 * MINUTE, lease),
    metadata: { ...lease.metadata, resourceVersion: 'x' },
  });
  await new Promise((resolve) => locks.lost.addEventListener('abort', resolve));
  expect(told).toEqual(['eve took the lock of shop; nothing more is begun']);
  await locks.release();
  expect(holderOf(stored.get(PATH))?.name).toBe('eve');
});

test('the lock of a chart that is gone goes too', async () => {
  const { server, stored } = leases(() => 100 * MINUTE);
  const { locks } = locksOf('ada');
  await locks.look(server, charts);
  await locks.take();
  locks.forget('shop');
  await locks.release();
  expect(stored.size).toBe(0);
});

test('a lock that goes with its namespace is renewed no more, and that it is gone ends nothing', async () => {
  const { server, stored } = leases(() => 0);
  const { locks, told } = locksOf('ada', { renewMs: 5 });
  await locks.look(server, charts);
  expect(await locks.take()).toBe(true);
  locks.forget('shop');
  stored.clear();
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect([locks.lost.aborted, told]).toEqual([false, []]);
  await locks.release();
});

test('in a namespace that is on its way out there is no lock to take, and none is needed', async () => {
  const { server } = leases(() => 0);
  const answer = server.request.bind(server);
  server.request = async (request) =>
    request.method === 'POST'
      ? {
          status: 403,
          body: { message: 'terminating', details: { causes: [{ reason: 'NamespaceTerminating' }] } },
          warnings: [],
        }
      : answer(request);
  const { locks } = locksOf('ada');
  await locks.look(server, charts);
  expect(await locks.take()).toBe(true);
  await locks.release();
});
