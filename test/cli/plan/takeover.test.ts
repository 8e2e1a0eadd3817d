import { conflictsOfOthers, takenOver, takeoverOf, takeoverPatch, withTakeover } from '../../../cli/plan/takeover';
import { create } from '../../../cli/plan/verdict';

const CLIENT = 'kubectl-client-side-apply';
const entry = (manager: string, operation: string, fieldsV1: any, more: object = {}) => ({
  ...{ manager, operation, apiVersion: 'v1', time: '2026-01-01T00:00:00Z', fieldsType: 'FieldsV1', fieldsV1 },
  ...more,
});
const data = (...names: string[]) => ({ 'f:data': Object.fromEntries(names.map((name) => [`f:${name}`, {}])) });
const live = (...managedFields: any[]) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'x', resourceVersion: '7', managedFields },
  data: { a: '1', b: '2', c: '3' },
});
const owners = (managedFields: readonly any[]) =>
  managedFields.map(({ manager, operation, fieldsV1 }) => `${manager} ${operation} ${Object.keys(fieldsV1['f:data'])}`);

test('only what kubectl wrote from a client itself is taken, and only before the first apply of ours', () => {
  const others = [
    entry(CLIENT, 'Apply', data('a')),
    entry(CLIENT, 'Update', data('a'), { subresource: 'status' }),
    entry('kubectl-edit', 'Update', data('a')),
    entry('helm', 'Update', data('a')),
  ];
  expect(takeoverOf(live(...others))).toBeUndefined();
  const theirs = entry(CLIENT, 'Update', data('a', 'b'));
  expect(takeoverOf(live(...others, theirs))).toEqual({ entries: [theirs], shared: [], managers: [CLIENT] });
  expect(takeoverOf(live(theirs, entry('cdk8s-karmada', 'Apply', data('a'))))).toBeUndefined();
  const going = live(theirs);
  const leaving = { ...going, metadata: { ...going.metadata, deletionTimestamp: 'now' } };
  expect(takeoverOf(leaving)).toBeUndefined();
});

test('their fields become what we applied, in one patch of the version that was looked at', () => {
  const seen = live(entry('kubectl-edit', 'Update', data('c')), entry(CLIENT, 'Update', data('a', 'b')));
  const takeover = takeoverOf(seen) as any;
  expect(takeoverPatch(seen, takeover)).toEqual([
    { op: 'test', path: '/metadata/resourceVersion', value: '7' },
    {
      op: 'replace',
      path: '/metadata/managedFields',
      value: [entry('kubectl-edit', 'Update', data('c')), entry('cdk8s-karmada', 'Apply', data('a', 'b'))],
    },
  ]);
  const conflicts = [CLIENT, 'kubectl-edit'].map((manager) => ({ path: 'data.a', manager }));
  expect(conflictsOfOthers(conflicts, takeover)).toEqual([{ path: 'data.a', manager: 'kubectl-edit' }]);
});

test('what was there before anybody was recorded keeps what we do not apply', () => {
  const before = entry('before-first-apply', 'Update', { ...data('a', 'b', 'c'), 'f:metadata': { 'f:labels': {} } });
  const seen = live(before, entry('cdk8s-karmada', 'Apply', data('a', 'b')));
  const takeover = takeoverOf(seen) as any;
  expect(takenOver(seen, takeover)).toEqual([
    { ...before, fieldsV1: { ...data('c'), 'f:metadata': { 'f:labels': {} } } },
    entry('cdk8s-karmada', 'Apply', data('a', 'b')),
  ]);
  // nothing in common: nothing to take; all in common: nothing is left of it
  expect(takeoverOf(live(before, entry('cdk8s-karmada', 'Apply', data('d'))))).toBeUndefined();
  const same = live(entry('before-first-apply', 'Update', data('a')), entry('cdk8s-karmada', 'Apply', data('a')));
  expect(owners(takenOver(same, takeoverOf(same) as any))).toEqual(['cdk8s-karmada Apply f:a']);
});

test('the plan says what goes, and nothing that somebody else owns or that its server would set alike', () => {
  const seen = live(entry('kubectl-edit', 'Update', data('c')), entry(CLIENT, 'Update', data('a', 'b', 'c')));
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { a: '1' } };
  const takeover = takeoverOf(seen) as any;
  const verdict = { ...create(), action: 'update' as const };
  expect(withTakeover(verdict, seen, manifest, { ...manifest, data: { a: '1' } }, takeover)).toEqual({
    ...verdict,
    changes: [{ path: 'data.b', kind: 'remove', from: '2' }],
    notes: [
      '"kubectl-client-side-apply" applied it on 2026-01-01T00:00:00Z from a client: what it set is the chart\'s from now on, and what of it the code does not name goes',
    ],
  });
  expect(withTakeover(verdict, seen, manifest, { data: { a: '1', b: '2' } }, takeover).changes).toEqual([]);
  expect(withTakeover(verdict, seen, manifest, undefined, takeover).notes[1]).toBe(
    'not checked which of these go and which its server sets: data.b',
  );
});
