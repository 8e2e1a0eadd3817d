import stringWidth from 'string-width';
import type { Plan, Plane } from '../../../../cli/plan/plan';
import type { ApplyNews, ObjectResult, Outcome, Unready } from '../../../../cli/plan/progress';
import type { ClusterProgress } from '../../../../cli/plan/readiness/member-progress';
import { type FrameTitle, frame } from '../../../../cli/render/live/frame';
import { RunState } from '../../../../cli/render/live/run-state';
import { paint } from '../../../../cli/render/paint';

const keyOf = (kind: string, name: string) => ({ apiVersion: 'v1', kind, namespace: 'shop', name });

/** A plan of so many objects on each server. */
function planOf(host: number, karmada: number, unopened?: string): Plan {
  const objects = (plane: Plane, many: number) =>
    Array.from({ length: many }, (_, i) => ({ plane, key: keyOf('ConfigMap', `o${i}`), action: 'create' }));
  const planes = [
    ...(host ? [{ plane: 'host' as const, url: 'https://host' }] : []),
    ...(karmada ? [{ plane: 'karmada' as const, ...(unopened ? { unopened } : { url: 'https://karmada' }) }] : []),
  ];
  const zero = { update: 0, replace: 0, unchanged: 0, conflict: 0, refused: 0, records: 0, issue: 0 };
  const totals = { ...zero, create: host + karmada, prune: 0, withdraw: 0, keep: 0 };
  const all = [...objects('host', host), ...objects('karmada', karmada)] as unknown as Plan['objects'];
  return { planes, sets: [], objects: all, prunes: [], issues: [], totals, notes: [] };
}

const result = (plane: Plane, i: number, outcome: Outcome = 'created', message?: string): ObjectResult => ({
  ...{ plane, chart: 'shop', key: keyOf('ConfigMap', `o${i}`), wave: 7, path: `shop/o${i}`, outcome },
  ...(message ? { message } : {}),
});

/** A run that has told these, each at its time. */
function runOf(...events: readonly (readonly [atMs: number, news: ApplyNews])[]): RunState {
  const state = new RunState();
  for (const [atMs, news] of events) state.hear({ ...news, atMs } as never);
  return state;
}

/** The first objects of a server, written in the second before `atMs`. */
const done = (plane: Plane, many: number, atMs: number) =>
  Array.from({ length: many }, (_, i) => [atMs, { type: 'object', result: result(plane, i) }] as const);
const sending = (plane: Plane, from: number, many: number, atMs: number) =>
  Array.from(
    { length: many },
    (_, i) => [atMs, { type: 'sending', plane, key: keyOf('ConfigMap', `o${from + i}`) }] as const,
  );

const member = (cluster: string, differs: Partial<ClusterProgress> = {}): ClusterProgress => ({
  ...{ cluster, state: 'done', seen: 9, applied: true, health: 'Healthy', detail: '3/3' },
  ...differs,
});
const PARIS = member('member-paris', {
  ...{ state: 'health', health: 'Unhealthy', detail: 'unhealthy 1/2 · ImagePullBackOff ghcr.io/shop/cart:9 (401)' },
});
const unready = (kind: string, name: string, reason: string, differs: Partial<Unready> = {}): Unready => ({
  ...{ plane: 'karmada', key: keyOf(kind, name), reason },
  ...differs,
});
const CART = unready('Deployment', 'cart', `member-paris: ${PARIS.detail}`, {
  clusters: [member('member-eu'), member('member-us', { detail: '2/2' }), PARIS],
});
const DB = unready('StatefulSet', 'db', 'PersistentVolumeClaim/shop/data-db-0 is pending: no default StorageClass');

const TITLE: FrameTitle = { name: 'Apply shop', plan: '7c1f2ab', stopping: false };
const shown = (
  state: RunState,
  width: number,
  atMs: number,
  differs: Partial<FrameTitle & { height: number }> = {},
) => {
  const { height = 40, ...title } = differs;
  const lines = frame(state, { ...TITLE, ...title }, { width, height, atMs, paint: paint(false) });
  return `\n${lines.join('\n')}\n`;
};

/** As in a run that is well on its way. */
const underWay = () =>
  runOf(
    [0, { type: 'locked', plane: 'karmada', chart: 'shop', holder: 'ci@runner-12 (process 7)' }],
    [0, { type: 'plan', plan: planOf(62, 81) }],
    ...done('host', 62, 10_000),
    ...done('karmada', 54, 40_000),
    ...sending('karmada', 54, 4, 40_500),
    [23_000, { type: 'waiting', gate: 'wave 7', of: 30, unready: [CART, DB] }],
    [
      39_000,
      {
        type: 'waiting',
        gate: 'wave 7',
        of: 30,
        unready: [CART, DB, ...Array.from({ length: 23 }, (_, i) => unready('Deployment', `d${i}`, '0 of 1'))],
      },
    ],
  );

test('a run as it is now, on a wide terminal', () => {
  expect(shown(underWay(), 119, 41_000)).toBe(`
Apply shop · plan 7c1f2ab · lock held as ci@runner-12                                            00:41  ^C stops safely

  host     ████████████████████  62/62   done
  karmada  █████████████·······  54/81   4 in flight · 54 objects/s · 0 throttled
  gate     ███·················   5/30   wave 7: 25 of 30 not ready

  karmada: Deployment/shop/cart  waiting 18 s   2 of 3 members done
       CLUSTER       SEEN   APPLIED  HEALTH     DETAIL
       member-eu     gen 9  yes      healthy    3/3
       member-us     gen 9  yes      healthy    2/2
       member-paris  gen 9  yes      unhealthy  1/2 · ImagePullBackOff ghcr.io/shop/cart:9 (401)
  karmada: StatefulSet/shop/db   waiting 18 s
       PersistentVolumeClaim/shop/data-db-0 is pending: no default StorageClass
  + 23 more waiting, all < 5 s
`);
});

test('on 80 columns what does not fit is cut, and nothing wraps', () => {
  expect(shown(underWay(), 79, 41_000)).toBe(`
Apply shop · plan 7c1f2ab · lock held as ci@runner-12    00:41  ^C stops safely

  host     ██████████████  62/62   done
  karmada  █████████·····  54/81   4 in flight · 54 objects/s · 0 throttled
  gate     ██············   5/30   wave 7: 25 of 30 not ready

  karmada: Deployment/shop/cart  waiting 18 s   2 of 3 members done
       CLUSTER       SEEN   APPLIED  HEALTH     DETAIL
       member-eu     gen 9  yes      healthy    3/3
       member-us     gen 9  yes      healthy    2/2
       member-paris  gen 9  yes      unhealthy  1/2 · ImagePullBackOff ghcr.io…
  karmada: StatefulSet/shop/db   waiting 18 s
       PersistentVolumeClaim/shop/data-db-0 is pending: no default StorageClass
  + 23 more waiting, all < 5 s
`);
});

test('on 40 columns there are counts without bars, and two columns of members', () => {
  expect(shown(underWay(), 39, 41_000)).toBe(`
Apply shop       00:41  ^C stops safely

  host     62/62   done
  karmada  54/81   4 in flight · 54 ob…
  gate      5/30   wave 7: 25 of 30 no…

  karmada: Deployment/sh…  waiting 18 s
       2 of 3 members done
       CLUSTER       DETAIL
       member-eu     3/3
       member-us     2/2
       member-paris  unhealthy 1/2 · I…
  karmada: StatefulSet/s…  waiting 18 s
       PersistentVolumeClaim/shop/data…
  + 23 more waiting, all < 5 s
`);
});

test('no frame is wider or higher than the terminal, whatever that is', () => {
  for (let width = 1; width < 140; width++) {
    for (const height of [1, 2, 3, 5, 6, 8, 11, 30]) {
      const lines = frame(underWay(), TITLE, { width, height, atMs: 41_000, paint: paint(true) });
      expect(lines.length).toBeLessThanOrEqual(height);
      expect(Math.max(...lines.map(stringWidth))).toBeLessThanOrEqual(width);
    }
  }
});

test('on a low terminal the members that are done are left out first, then objects', () => {
  expect(shown(underWay(), 79, 41_000, { height: 11 })).toBe(`
Apply shop · plan 7c1f2ab · lock held as ci@runner-12    00:41  ^C stops safely

  host     ██████████████  62/62   done
  karmada  █████████·····  54/81   4 in flight · 54 objects/s · 0 throttled
  gate     ██············   5/30   wave 7: 25 of 30 not ready

  karmada: Deployment/shop/cart  waiting 18 s   2 of 3 members done
       CLUSTER       SEEN   APPLIED  HEALTH     DETAIL
       member-paris  gen 9  yes      unhealthy  1/2 · ImagePullBackOff ghcr.io…
       + 2 more members
  + 24 more waiting, all ≤ 18 s
`);
  expect(shown(underWay(), 79, 41_000, { height: 8 })).toBe(`
Apply shop · plan 7c1f2ab · lock held as ci@runner-12    00:41  ^C stops safely

  host     ██████████████  62/62   done
  karmada  █████████·····  54/81   4 in flight · 54 objects/s · 0 throttled
  gate     ██············   5/30   wave 7: 25 of 30 not ready

  karmada: Deployment/shop/cart  waiting 18 s   2 of 3 members done
  + 24 more waiting, all ≤ 18 s
`);
});

test('colours are in addition to words, and never anything else', () => {
  const options = { width: 79, height: 40, atMs: 41_000 };
  const coloured = frame(underWay(), TITLE, { ...options, paint: paint(true) });
  expect(`\n${coloured.slice(0, 7).join('\n').replaceAll('\u001b', '^')}\n`).toBe(`
^[1mApply shop^[22m · plan 7c1f2ab · lock held as ci@runner-12    00:41  ^[2m^C stops safely^[22m

  host     ^[32m██████████████^[39m  62/62   ^[32mdone^[39m
  karmada  ^[32m█████████^[39m^[2m·····^[22m  54/81   4 in flight · 54 objects/s · 0 throttled
  gate     ^[32m██^[39m^[2m············^[22m   5/30   ^[33mwave 7: 25 of 30 not ready^[39m

  karmada: Deployment/shop/cart  ^[33mwaiting 18 s^[39m   2 of 3 members done
`);
  const plain = frame(underWay(), TITLE, { ...options, paint: paint(false) });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken away
  expect(coloured.map((each) => each.replace(/\u001b\[\d+m/g, ''))).toEqual(plain);
});

test('before there is a plan the servers are read', () => {
  expect(shown(runOf(), 79, 1000, { plan: undefined })).toBe(`
Apply shop · reading the servers                         00:01  ^C stops safely
`);
});

test('a server that is not open yet says why, until it is', () => {
  const state = runOf([0, { type: 'plan', plan: planOf(3, 2, 'it is made in this plan') }], ...done('host', 3, 900));
  expect(shown(state, 79, 1000)).toBe(`
Apply shop · plan 7c1f2ab                                00:01  ^C stops safely

  host     ██████████████  3/3   done
  karmada  ··············  0/2   not open yet: it is made in this plan
`);
  state.hear({ type: 'opened', plane: 'karmada', url: 'https://k', atMs: 1000 });
  state.hear({ type: 'ready', gate: 'Karmada API server', atMs: 1000 });
  expect(shown(state, 79, 1000)).toBe(`
Apply shop · plan 7c1f2ab                                00:01  ^C stops safely

  host     ██████████████  3/3   done
  karmada  ··············  0/2
`);
});

test('what failed and what that blocks is counted, with what blocks it', () => {
  const state = runOf(
    [0, { type: 'plan', plan: planOf(0, 6) }],
    [900, { type: 'object', result: result('karmada', 0, 'failed', 'the server answered 422') }],
    ...[1, 2].map((i) => [950, { type: 'object', result: result('karmada', i, 'blocked', 'it needs x') }] as const),
    [960, { type: 'object', result: result('karmada', 3, 'blocked', 'it needs y') }],
    ...sending('karmada', 4, 1, 970),
  );
  expect(shown(state, 79, 1000)).toBe(`
Apply shop · plan 7c1f2ab                                00:01  ^C stops safely

  karmada  █████████·····  4/6   1 failed · 3 blocked · 1 in flight · 1 object…

  ⊘ 2 blocked   it needs x
  ⊘ 1 blocked   it needs y
`);
  for (const why of ['1', '2', '3'])
    state.hear({ type: 'object', result: result('karmada', 5, 'blocked', why), atMs: 1000 });
  expect(shown(state, 79, 1000)).toBe(`
Apply shop · plan 7c1f2ab                                00:01  ^C stops safely

  karmada  ███████████▌··  5/6   1 failed · 4 blocked · 1 in flight · 1 object…

  ⊘ 2 blocked   it needs x
  ⊘ 1 blocked   it needs y
  ⊘ 1 blocked   1
  + 2 more reasons why objects are blocked
`);
});

test('what is tried again says why until it has ended, and a busy server counts as throttling', () => {
  const key = keyOf('ConfigMap', 'o0');
  const state = runOf(
    [0, { type: 'plan', plan: planOf(0, 2) }],
    ...sending('karmada', 0, 2, 100),
    [200, { type: 'retry', plane: 'karmada', key, reason: 'failed calling webhook "w"', hurdle: 'webhook' }],
    [300, { type: 'retry', plane: 'karmada', reason: 'the server answered 429', hurdle: 'busy' }],
  );
  expect(shown(state, 79, 8_200)).toBe(`
Apply shop · plan 7c1f2ab                                00:08  ^C stops safely

  karmada  ··············  0/2   2 in flight · 0 objects/s · 1 throttled

  ConfigMap/shop/o0  tried again 8 s   failed calling webhook "w"
  karmada            tried again 7 s   the server answered 429
`);
  state.hear({ type: 'object', result: result('karmada', 0), atMs: 9_000 });
  expect(shown(state, 79, 20_000)).toBe(`
Apply shop · plan 7c1f2ab                                00:20  ^C stops safely

  karmada  ███████·······  1/2   1 in flight · 0 objects/s · 1 throttled
`);
});

test('who stops it is told that what has begun is ended', () => {
  expect(shown(runOf([0, { type: 'plan', plan: planOf(1, 0) }]), 79, 3_725_000, { stopping: true })).toBe(`
Apply shop          62:05  stopping: what has begun is ended; ^C again: at once

  host     ··············  0/1
`);
});

test('what has failed for good goes before what only waits, and more members than fit are counted', () => {
  const clusters = Array.from({ length: 9 }, (_, i) =>
    member(`m${i}`, i === 8 ? { state: 'applying', applied: false, detail: 'it cannot be applied: denied' } : {}),
  );
  const lost = unready('Deployment', 'web', 'm8: it cannot be applied: denied', { failed: true, clusters });
  const state = runOf([0, { type: 'plan', plan: planOf(0, 2) }], ...done('karmada', 2, 100), [
    1000,
    { type: 'waiting', gate: 'wave 7', of: 2, unready: [DB, lost] },
  ]);
  expect(shown(state, 79, 2000)).toBe(`
Apply shop · plan 7c1f2ab                                00:02  ^C stops safely

  karmada  ██████████████  2/2   done
  gate     ··············  0/2   wave 7: 2 of 2 not ready

  Deployment/shop/web  failed        8 of 9 members done
       CLUSTER  SEEN   APPLIED  HEALTH   DETAIL
       m8       gen 9  no       healthy  it cannot be applied: denied
       m0       gen 9  yes      healthy  3/3
       m1       gen 9  yes      healthy  3/3
       m2       gen 9  yes      healthy  3/3
       m3       gen 9  yes      healthy  3/3
       + 4 more members
  StatefulSet/shop/db  waiting 1 s
       PersistentVolumeClaim/shop/data-db-0 is pending: no default StorageClass
`);
  state.hear({ type: 'ready', gate: 'wave 7', atMs: 3000 });
  expect(shown(state, 79, 3000)).toBe(`
Apply shop · plan 7c1f2ab                                00:03  ^C stops safely

  karmada  ██████████████  2/2   done
  gate     ██████████████  2/2   wave 7 ready
`);
});

test('characters that take two columns count as two, and nothing steers the terminal', () => {
  const state = runOf(
    [0, { type: 'plan', plan: planOf(0, 1) }],
    [0, { type: 'waiting', gate: 'wave 7', of: 1, unready: [unready('Pod', 'p', `日本語の説明${'。'.repeat(30)}`)] }],
  );
  expect(shown(state, 49, 0, { name: 'Apply \u001b[2J\u001b[31mx' })).toBe(`
Apply \\u001b[2J\\u001b[31mx                  00:00

  karmada  0/1
  gate     0/1   wave 7: 1 of 1 not ready

  Pod/shop/p  waiting 0 s
       日本語の説明。。。。。。。。。。。。。。…
`);
});
