import { CommandError } from '../../../cli/plan/command-error';
import { type FaultProxy, faultProxy } from '../fault-proxy';
import { startApiServer, type TestServer } from '../testbed';
import { applied, headersOf, shop, throughProxy } from './through-proxy';

/** In full with `npm run test:soak`; a few otherwise. */
const PAIRS = process.env.SOAK ? 50 : 4;

let server: TestServer;
let proxy: FaultProxy;

beforeAll(async () => {
  server = await startApiServer();
  proxy = await faultProxy(server);
});

beforeEach(() => proxy.rule());

afterAll(async () => {
  await proxy?.close();
  await server?.stop();
});

/** Applies as somebody; gives the exit code and what was said of the lock. */
async function appliedBy(holder: string, name: string, size: number, more = {}) {
  const karmada = throughProxy('karmada', proxy, headersOf(server));
  try {
    const { summary, events } = await applied([shop(name, size, { by: holder })], karmada, { holder, ...more });
    const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.text] : []));
    return {
      code: summary.exitCode,
      said: [...warnings, ...summary.problems.map(({ message }) => message)].join('\n'),
    };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { code: error.exitCode, said: error.message };
  } finally {
    await karmada.close();
  }
}

/**
 * Two runs at once. Whoever has the lock writes no object until the other has ended: on a busy machine one would else be
 * through before the other has looked, and both would rightly succeed, one after the other.
 */
async function bothAt(name: string, holders: readonly [string, string]) {
  let anotherEnded = () => {};
  const oneEnded = new Promise<void>((resolve) => {
    anotherEnded = resolve;
  });
  proxy.rule(async ({ method, path, query }) => {
    const writes = method === 'PATCH' && !query.get('dryRun') && path.includes(`/namespaces/${name}/configmaps/`);
    if (writes) await oneEnded;
    return undefined;
  });
  return Promise.all(holders.map((holder) => appliedBy(holder, name, 12).finally(() => anotherEnded())));
}

function lease(name: string): any {
  return JSON.parse(server.kubectl(['get', 'lease', '-n', 'cdk8s-karmada', `east-${name}-karmada`, '-o', 'json']));
}

/** Gives the lock to somebody who was heard of so many seconds ago, by the clock of `now`. */
function heldBy(holder: string, name: string, secondsAgo: number, now = Date.now()): void {
  const time = new Date(now - secondsAgo * 1000).toISOString().replace('Z', '000Z');
  const spec = { holderIdentity: holder, leaseDurationSeconds: 30, acquireTime: time, renewTime: time };
  server.kubectl([
    'patch',
    'lease',
    '-n',
    'cdk8s-karmada',
    `east-${name}-karmada`,
    '--type=merge',
    '-p',
    JSON.stringify({ spec }),
  ]);
}

test('F49 of two runs at once one works, and the other says who has the lock', async () => {
  await appliedBy('setup', 'f49', 1);
  for (let n = 0; n < PAIRS; n++) {
    const names = [`ada ${n}`, `bob ${n}`] as const;
    const ended = await bothAt('f49', names);
    const winner = ended.findIndex(({ code }) => code === 0);
    expect([n, ...ended.map(({ code }) => code).sort()]).toEqual([n, 0, 7]);
    expect(ended[1 - winner].said).toMatch(
      new RegExp(
        [
          `^another run has the lock of f49: ${names[winner]}, for \\d+ s, last heard of \\d+ s ago; nothing was written`,
          '  at karmada: Lease/cdk8s-karmada/east-f49-karmada',
          '  fix: wait until it ends; if it is gone the lock is free in \\d+ s, or now with --steal-lock$',
        ].join('\n'),
      ),
    );
    const data = server.kubectl(['get', 'configmaps', '-n', 'f49', '-o', 'jsonpath={.items[*].data.by}']);
    expect(new Set(data.match(/\w+ \d+/g))).toEqual(new Set([names[winner]]));
    expect(lease('f49').spec.holderIdentity).toBe('');
  }
});

test('F49 of two runs on an empty server one works too: the lock comes with its namespace', async () => {
  const [ownServer, ownProxy] = [server, proxy];
  server = await startApiServer();
  proxy = await faultProxy(server);
  try {
    const ended = await bothAt('first', ['ada', 'bob']);
    expect(ended.map(({ code }) => code).sort()).toEqual([0, 7]);
  } finally {
    await proxy.close();
    await server.stop();
    [server, proxy] = [ownServer, ownProxy];
  }
});

test('F49 a run that finds nothing to do takes no lock', async () => {
  await appliedBy('ada', 'idle', 2);
  proxy.rule();
  expect(await appliedBy('ada', 'idle', 2)).toEqual({ code: 0, said: '' });
  expect(proxy.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('F49 the lock of a run that is gone is free when its time is over, or taken with --steal-lock', async () => {
  await appliedBy('ada', 'gone', 1);
  heldBy('eve', 'gone', 10);
  expect(await appliedBy('ada', 'gone', 3)).toMatchObject({ code: 7, said: expect.stringMatching(/: eve, for 1\d s/) });
  expect(await appliedBy('ada', 'gone', 3, { stealLock: true })).toEqual({
    code: 0,
    said: 'took the lock of gone from eve',
  });
  heldBy('eve', 'gone', 60);
  expect(await appliedBy('bob', 'gone', 4)).toEqual({
    code: 0,
    said: 'took the lock of gone from eve, which is gone',
  });
  expect(lease('gone').spec.leaseTransitions).toBe(3);
});

test('F49 who loses the lock begins nothing more', async () => {
  await appliedBy('ada', 'lost', 1);
  let stolen = false;
  proxy.rule(({ method, path, query }) => {
    if (method !== 'PATCH' || query.get('dryRun') || !path.includes('/lost/')) return undefined;
    if (!stolen) heldBy('eve', 'lost', 0);
    stolen = true;
    return { delayMs: 1500 };
  });
  const ended = await appliedBy('ada', 'lost', 200, { renewMs: 300 });
  expect(ended).toMatchObject({
    code: 7,
    said: expect.stringMatching(/^eve took the lock of lost; nothing more is begun\n/),
  });
  expect(lease('lost').spec.holderIdentity).toBe('eve');
});

test('F67 the clock of the lock is that of the server, whatever ours says', async () => {
  await appliedBy('ada', 'clock', 1);
  const ahead = 2 * 3600 * 1000;
  const date = () => new Date(Date.now() + ahead).toUTCString();
  proxy.rule(() => ({ lie: ({ status, body, headers }) => ({ status, body, headers: { ...headers, date: date() } }) }));
  heldBy('eve', 'clock', 10, Date.now() + ahead);
  expect(await appliedBy('ada', 'clock', 3)).toMatchObject({
    code: 7,
    said: expect.stringMatching(/: eve, for (9|1\d) s/),
  });
  heldBy('eve', 'clock', 60, Date.now() + ahead);
  expect(await appliedBy('ada', 'clock', 3)).toMatchObject({ code: 0 });
  expect(Date.parse(lease('clock').spec.renewTime)).toBeGreaterThan(Date.now() + ahead - 60_000);
});
