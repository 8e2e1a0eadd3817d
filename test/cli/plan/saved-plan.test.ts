import { type Current, type CurrentObject, readSavedPlan, savedPlan, staleness } from '../../../cli/plan/saved-plan';

const AGAIN = 'make the plan again, have it approved, and apply that; nothing was written';
const key = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name });
const object = (name: string, action: CurrentObject['action'], more: Partial<CurrentObject> = {}): CurrentObject => ({
  ...{ plane: 'karmada', key: key(name), action, desired: `code of ${name}`, writers: [] },
  ...(action === 'create' ? {} : { live: `live ${name}` }),
  ...more,
});
const planes = [{ plane: 'karmada' as const, uid: 'u1', url: 'https://k' }];
const objects = [
  object('new', 'create'),
  object('old', 'update'),
  object('same', 'unchanged'),
  object('gone', 'prune'),
];
const saved = savedPlan({
  toolVersion: '1.0.0',
  instance: 'east',
  time: '2026-11-21T10:00:00.000Z',
  planes,
  salt: 's',
  objects,
  others: ['update karmada ConfigMap/cdk8s-karmada/east'],
  leave: { allowed: [], prune: true, count: 1 },
  replace: [],
});

const now = (more: Partial<Current> = {}): Current => ({
  toolVersion: '1.0.0',
  instance: 'east',
  planes,
  objects,
  others: saved.others,
  nowMs: Date.parse('2026-11-21T11:00:00Z'),
  ...more,
});

const whats = (more: Partial<Current>) => staleness(saved, now(more)).map(({ what }) => what);
const one = (changed: CurrentObject) =>
  whats({ objects: objects.map((each) => (each.key.name === changed.key.name ? changed : each)) });

test('what is as it was may be applied', () => {
  expect(staleness(saved, now())).toEqual([]);
});

test('what was done already, or is not needed any more, does not matter; neither does drift elsewhere', () => {
  expect(one(object('new', 'unchanged', { live: 'made' }))).toEqual([]);
  expect(whats({ objects: objects.slice(0, 3), others: [] })).toEqual([]);
  expect(one(object('same', 'unchanged', { live: 'status of it moved' }))).toEqual([]);
});

test('F81 what moved is named, with who moved it and when', () => {
  const writers = ['"kubectl-edit" (2026-11-21T10:30:00Z)'];
  expect(staleness(saved, now({ objects: [object('old', 'update', { live: 'else', writers })] }))).toEqual([
    {
      what: 'karmada: ConfigMap/shop/old was changed by "kubectl-edit" (2026-11-21T10:30:00Z) since the plan was made',
      fix: AGAIN,
    },
  ]);
  expect(one(object('new', 'update', { live: 'made', writers }))).toEqual([
    'karmada: ConfigMap/shop/new was made by "kubectl-edit" (2026-11-21T10:30:00Z) since the plan was made',
  ]);
  expect(one(object('old', 'create', { live: undefined }))).toEqual([
    'karmada: ConfigMap/shop/old was deleted since the plan was made',
  ]);
});

test('what the plan does not say is not done', () => {
  expect(whats({ objects: [object('more', 'create'), object('lost', 'prune')] })).toEqual([
    'karmada: ConfigMap/shop/more is not in the plan, and would be created',
    'karmada: ConfigMap/shop/lost is not in the plan, and would be deleted',
  ]);
  expect(one(object('old', 'update', { desired: 'else' }))).toEqual([
    'karmada: ConfigMap/shop/old is not what the plan was made of: the code says something else now',
  ]);
  expect(one(object('old', 'conflict'))).toEqual([
    'karmada: ConfigMap/shop/old would be a conflict now, and the plan says update',
  ]);
  expect(whats({ others: ['issue host Secret/karmada-system/ca'] })).toEqual([
    'the plan does not say: issue host Secret/karmada-system/ca',
  ]);
});

test('values that are read only when it is applied are not compared', () => {
  expect(one(object('old', 'update', { desired: undefined }))).toEqual([]);
});

test('F48 another cluster than that of the plan is told before anything else', () => {
  const others = [{ plane: 'karmada' as const, uid: 'u2', url: 'https://x' }];
  expect(staleness(saved, now({ planes: others, objects: [object('more', 'create')] }))).toEqual([
    {
      what: 'karmada is another cluster than the one of the plan, which was https://k (UID u1)',
      at: 'https://x (UID u2)',
      fix: 'choose the context that the plan was made with; nothing was written',
    },
  ]);
});

test('a plan is good for a day, for its instance and chart, and for the version that made it', () => {
  expect(whats({ nowMs: Date.parse('2026-11-22T10:00:00Z') })).toEqual([
    'the plan was made 2026-11-21T10:00:00.000Z, and is good for 24 hours',
  ]);
  expect(whats({ toolVersion: '2.0.0', only: 'app/shop' })).toEqual([
    'the plan was made by version 1.0.0 of the command, and this is 2.0.0',
    'the plan is for instance "east", and this run for "east", chart app/shop',
  ]);
});

test('only what this command wrote is read', () => {
  expect(readSavedPlan(JSON.stringify(saved))).toEqual(saved);
  expect(readSavedPlan('{}')).toBe(undefined);
  expect(readSavedPlan('not json')).toBe(undefined);
  expect(readSavedPlan(JSON.stringify({ ...saved, schema: '2' }))).toBe(undefined);
});

test('a replacement that ended between its two halves goes on; one that has not begun has to be as it was', () => {
  const was = savedPlan({ ...saved, objects: [object('fixed', 'replace')] });
  const stale = (changed: CurrentObject) => staleness(was, now({ objects: [changed] })).map(({ what }) => what);
  expect(stale(object('fixed', 'replace'))).toEqual([]);
  expect(stale(object('fixed', 'create'))).toEqual([]);
  expect(stale(object('fixed', 'replace', { live: 'other', writers: ['"ada" (now)'] }))).toEqual([
    'karmada: ConfigMap/shop/fixed was changed by "ada" (now) since the plan was made',
  ]);
});
