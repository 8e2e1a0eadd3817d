import { type ApiResponse, type ApiServer, Unreachable } from '../../../cli/apply/api-server';
import { PacedServer } from '../../../cli/apply/paced-server';
import { Window } from '../../../cli/apply/window';

/** A server that takes so long, and its most requests at a time. */
function serving(answer: (n: number) => Partial<ApiResponse>, tookMs = 1) {
  let n = 0;
  let now = 0;
  const counts = { most: 0 };
  const server: ApiServer = {
    plane: 'host',
    url: 'https://scripted',
    request: async () => {
      const mine = ++n;
      counts.most = Math.max(counts.most, ++now);
      await new Promise((resolve) => setTimeout(resolve, tookMs));
      now--;
      return { status: 200, body: {}, warnings: [], ...answer(mine) };
    },
    close: async () => undefined,
  };
  return { server, counts };
}

const ask = (server: ApiServer, times: number) =>
  Promise.all(Array.from({ length: times }, () => server.request({ method: 'GET', path: '/' })));

test('a window begins with 8, and grows while answers come as quickly as ever', async () => {
  const { server, counts } = serving(() => ({}), 5);
  const paced = PacedServer.of(server);
  await ask(paced, 16);
  expect(counts.most).toBe(8);
  await ask(paced, 400);
  expect(paced.reads.limit).toBeGreaterThan(8);
  expect(paced.reads.limit).toBeLessThanOrEqual(32);
  expect(paced.writes.limit).toBe(8);
});

test('it is halved once for all that was sent before, and never closed', async () => {
  const { server } = serving((n) => ({ status: n <= 8 ? 429 : 200 }));
  const paced = PacedServer.of(server);
  await ask(paced, 8);
  expect(paced.reads.limit).toBe(4);
  const refused = new Window(32);
  for (let n = 0; n < 6; n++)
    await refused.run(
      async () => undefined,
      () => 'not',
    );
  expect(refused.limit).toBe(1);
});

test('while the server wants to be left alone nothing is sent', async () => {
  const { server } = serving((n) => (n === 1 ? { status: 429, retryAfter: 0.2 } : {}));
  const paced = PacedServer.of(server);
  await ask(paced, 1);
  const start = performance.now();
  await ask(paced, 1);
  expect(performance.now() - start).toBeGreaterThan(150);
});

test('no answer halves it too, and its place is free again', async () => {
  const window = new Window(2);
  const broken = () =>
    window.run(
      async () => Promise.reject(new Unreachable('reset', { passing: true })),
      () => 'not',
    );
  await expect(broken()).rejects.toThrow('reset');
  expect(window.limit).toBe(1);
  await expect(
    window.run(
      async () => 'done',
      () => 'well',
    ),
  ).resolves.toBe('done');
});
