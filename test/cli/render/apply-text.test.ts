import type { ApplyEvent, ApplySummary, ObjectResult, Unready } from '../../../cli/plan/progress';
import { ProgressText, summaryText } from '../../../cli/render/apply-text';
import { paint } from '../../../cli/render/paint';

const key = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'cart' };
const RESULT: ObjectResult = {
  plane: 'karmada',
  chart: 'shop',
  key,
  wave: 7,
  path: 'shop/Cart/Deployment',
  source: { file: 'dist/shop.k8s.yaml', document: 3 },
  outcome: 'created',
};
const SUMMARY: ApplySummary = {
  created: 0,
  updated: 0,
  replaced: 0,
  unchanged: 139,
  failed: 0,
  blocked: 0,
  issued: 0,
  pruned: 0,
  withdrawn: 0,
  unpruned: 0,
  exitCode: 0,
  problems: [],
  unready: [],
  interrupted: false,
  elapsedMs: 4210,
};

const line = (event: ApplyEvent) => new ProgressText(paint(false)).line(event);
const summary = (differs: Partial<ApplySummary>) => summaryText({ ...SUMMARY, ...differs }, paint(false));

test('a wave is told with the first news of it', () => {
  const progress = new ProgressText(paint(false));
  expect(progress.line({ atMs: 0, type: 'wave', wave: 2, objects: 5 })).toBeUndefined();
  expect(progress.line({ atMs: 0, type: 'wave', wave: 3, objects: 1 })).toBeUndefined();
  expect(progress.line({ atMs: 0, type: 'object', result: { ...RESULT, outcome: 'unchanged' } })).toBeUndefined();
  expect(progress.line({ atMs: 900, type: 'object', result: RESULT })).toBe(
    '00:00  wave 3: 1 object\n00:00  karmada  created    Deployment/shop/cart',
  );
  expect(progress.line({ atMs: 1000, type: 'ready', gate: 'etcd' })).toBe('00:01  etcd ready');
});

test('that deleting begins is told with the first that is gone', () => {
  const progress = new ProgressText(paint(false));
  expect(progress.line({ atMs: 0, type: 'wave', wave: 7, objects: 5 })).toBeUndefined();
  expect(progress.line({ atMs: 0, type: 'pruning', objects: 2 })).toBeUndefined();
  expect(progress.line({ atMs: 0, type: 'object', result: { ...RESULT, outcome: 'pruned' } })).toBe(
    '00:00  pruning: 2 objects no longer in the code\n00:00  karmada  pruned     Deployment/shop/cart',
  );
});

test('each state change is one line with its time', () => {
  expect(line({ atMs: 18_400, type: 'object', result: RESULT })).toBe(
    '00:18  karmada  created    Deployment/shop/cart',
  );
  expect(line({ atMs: 61_000, type: 'object', result: { ...RESULT, outcome: 'failed', message: 'denied' } })).toBe(
    '01:01  karmada  failed     Deployment/shop/cart: denied',
  );
  expect(
    line({ atMs: 1000, type: 'issued', key: { ...key, kind: 'Secret' }, what: 'authority "karmada"; 9 days' }),
  ).toBe('00:01  host     issued     Secret/shop/cart: authority "karmada"');
  expect(line({ atMs: 1000, type: 'opened', plane: 'karmada', url: 'https://k:5443' })).toBe(
    '00:01  karmada  reached at https://k:5443',
  );
  expect(line({ atMs: 1000, type: 'warning', plane: 'host', text: 'deprecated' })).toBe(
    '00:01  host     warning    deprecated',
  );
  expect(line({ atMs: 1000, type: 'retry', plane: 'host', key, reason: 'busy' })).toBe(
    '00:01  host     again      Deployment/shop/cart: busy',
  );
  expect(line({ atMs: 1000, type: 'ready', gate: 'etcd' })).toBe('00:01  etcd ready');
});

test('of what a gate waits for the first three are named', () => {
  const unready = ['a', 'b', 'c', 'd'].map(
    (name) => ({ plane: 'host', key: { ...key, name }, reason: '0 of 1' }) as const,
  );
  expect(line({ atMs: 0, type: 'waiting', gate: 'etcd', of: 4, unready })).toBe(
    '00:00  waiting for etcd: host: Deployment/shop/a, b, c and 1 more (0 of 1)',
  );
});

test('what lacks something else is told apart', () => {
  const of = (kind: string, name: string, reason: string) =>
    ({ plane: 'karmada', key: { ...key, kind, namespace: '', name }, reason }) as const;
  const unready = [of('Crd', 'x', 'new'), of('Crd', 'y', 'old'), of('Crd', 'z', 'new'), of('Api', 'x', 'new')];
  expect(line({ atMs: 0, type: 'waiting', gate: 'CRDs', of: 4, unready })).toBe(
    '00:00  waiting for CRDs: karmada: Crd/x, z (new), karmada: Crd/y (old), karmada: Api/x (new)',
  );
});

test('a request that is tried again and again says why only once', () => {
  const progress = new ProgressText(paint(false));
  const retry = (reason: string, atMs: number) => progress.line({ atMs, type: 'retry', plane: 'host', key, reason });
  expect([retry('busy', 1000), retry('busy', 2000), retry('starting', 3000)]).toEqual([
    '00:01  host     again      Deployment/shop/cart: busy',
    undefined,
    '00:03  host     again      Deployment/shop/cart: starting',
  ]);
});

test('of what one failure is in the way of only the first is told', () => {
  const progress = new ProgressText(paint(false));
  const blocked = (name: string, message: string) =>
    progress.line({
      atMs: 0,
      type: 'object',
      result: { ...RESULT, key: { ...key, name }, outcome: 'blocked', message },
    });
  expect([blocked('a', 'wave 2 failed'), blocked('b', 'wave 2 failed'), blocked('c', 'it needs x')]).toEqual([
    '00:00  karmada  blocked    Deployment/shop/a: wave 2 failed',
    undefined,
    '00:00  karmada  blocked    Deployment/shop/c: it needs x',
  ]);
});

test('what is still awaited as it was is not told again', () => {
  const progress = new ProgressText(paint(false));
  const unready = [{ plane: 'host', key, reason: 'no node can take it' }] as const;
  const again = [{ ...unready[0], failed: true as const }];
  expect(progress.line({ atMs: 0, type: 'waiting', gate: 'etcd', of: 4, unready })).toContain('no node can take it');
  expect(progress.line({ atMs: 60_000, type: 'waiting', gate: 'etcd', of: 4, unready: again })).toBeUndefined();
});

test('what did not change makes no line', () => {
  expect(line({ atMs: 0, type: 'object', result: { ...RESULT, outcome: 'unchanged' } })).toBeUndefined();
});

test('the summary of a run that changed something', () => {
  expect(summary({ created: 2, updated: 1, issued: 3 })).toBe(
    '✓ Applied: 2 created, 1 updated, 3 issued, 139 unchanged, in 4.2 s\n',
  );
});

test('the summary of what left the code, and of what would not go', () => {
  expect(summary({ pruned: 2 })).toBe('✓ Applied: 2 pruned, 139 unchanged, in 4.2 s\n');
  const { source: _, ...gone } = RESULT;
  const problems: ObjectResult[] = [
    { ...gone, outcome: 'failed', message: 'it is still being deleted (finalizers: a/b)' },
  ];
  expect(
    summary({ pruned: 1, unpruned: 1, exitCode: 10, problems }),
  ).toBe(`✗ Apply incomplete: 1 pruned, 1 not pruned, 139 unchanged, in 4.2 s (exit code 10)

  ✗ failed  karmada: Deployment/shop/cart   shop/Cart/Deployment, no longer in the code
    it is still being deleted (finalizers: a/b)

  Next: mend what kept these from going and run apply again; what is done will be recognised.
`);
});

test('the summary of a run that found everything done', () => {
  expect(summary({})).toBe('✓ Nothing changed: 139 unchanged, in 4.2 s\n');
});

test('the summary of a failure says what, where, why and what next', () => {
  const problems: ObjectResult[] = [
    { ...RESULT, outcome: 'failed', message: 'the server answered 422: spec.replicas: must be >= 0' },
    { ...RESULT, outcome: 'blocked', key: { ...key, kind: 'HorizontalPodAutoscaler' } },
    { ...RESULT, outcome: 'blocked', key: { ...key, kind: 'Service' } },
  ];
  expect(
    summary({ failed: 1, blocked: 2, exitCode: 4, problems, elapsedMs: 83_000 }),
  ).toBe(`✗ Apply stopped: 1 failed, 2 blocked, 139 unchanged, in 1 min 23 s (exit code 4)

  ✗ failed  karmada: Deployment/shop/cart   shop/Cart/Deployment (dist/shop.k8s.yaml, document 3)
    the server answered 422: spec.replicas: must be >= 0

  ⊘ blocked  karmada: HorizontalPodAutoscaler/shop/cart, karmada: Service/shop/cart

  Next: mend what failed and run apply again; what is done will be recognised.
`);
});

test('the summary of a wait that was too long names what is not ready', () => {
  const unready = [{ plane: 'host', key, reason: '1 of 3 replicas are ready' }] as const;
  expect(
    summary({ exitCode: 5, unready, created: 3 }),
  ).toBe(`✗ Apply not ready in time: 3 created, 139 unchanged, in 4.2 s (exit code 5)

  … not ready  host: Deployment/shop/cart: 1 of 3 replicas are ready

  Next: see why these are not ready and run apply again; what is done will be recognised.
`);
});

test('of many that are not ready the first are named, those that need a look before all others', () => {
  const many = Array.from({ length: 12 }, (_, i) => ({
    plane: 'host',
    key: { ...key, name: `d${i}` },
    reason: 'late',
  }));
  const lost = { plane: 'host', key, reason: 'gone', failed: true } as const;
  const caused = { plane: 'host', key: { ...key, name: 'db' }, reason: 'no pod', causes: ['no node'] } as const;
  const unready = [...many, caused, lost] as Unready[];
  expect(
    summary({ exitCode: 4, unready, created: 3 }),
  ).toBe(`✗ Apply stopped: 3 created, 139 unchanged, in 4.2 s (exit code 4)

  ✗ failed  host: Deployment/shop/cart: gone
  … not ready  host: Deployment/shop/db: no pod
    no node
${[0, 1, 2, 3, 4, 5, 6, 7].map((i) => `  … not ready  host: Deployment/shop/d${i}: late\n`).join('')}  and 4 more; -o json lists them

  Next: see why these are not ready and run apply again; what is done will be recognised.
`);
});

test('what failed while it was waited for comes with its causes and how far it is on each member', () => {
  const clusters = [
    { cluster: 'eu', seen: 9, applied: true, health: 'Healthy', state: 'done', detail: '3/3' },
    { cluster: 'paris', state: 'rendering', detail: 'Karmada has not rendered it yet' },
  ] as const;
  const unready = [
    { plane: 'karmada', key, reason: 'paris: late', failed: true, causes: ['Odd: why'], clusters },
  ] as const;
  expect(
    summary({ exitCode: 4, unready, created: 3 }),
  ).toBe(`✗ Apply stopped: 3 created, 139 unchanged, in 4.2 s (exit code 4)

  ✗ failed  karmada: Deployment/shop/cart: paris: late
    Odd: why
    CLUSTER  SEEN   APPLIED  HEALTH   DETAIL
    eu       gen 9  yes      healthy  3/3
    paris    -      -        -        Karmada has not rendered it yet

  Next: see why these are not ready and run apply again; what is done will be recognised.
`);
});

test('the summary of an interrupted run', () => {
  expect(
    summary({ exitCode: 130, interrupted: true, created: 3 }),
  ).toBe(`✗ Apply interrupted: 3 created, 139 unchanged, in 4.2 s (exit code 130)

  Next: run apply again to go on; what is done will be recognised.
`);
});
