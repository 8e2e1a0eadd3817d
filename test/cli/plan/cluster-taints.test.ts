import { mergedTaints, splitTaints, taintChanges } from '../../../cli/plan/cluster-taints';

const notReady = { key: 'cluster.karmada.io/not-ready', effect: 'NoSchedule', timeAdded: '2026-01-01T00:00:00Z' };
const drain = { key: 'drain', value: 'soon', effect: 'NoExecute' };
const of = (...taints: any[]) => ({ spec: { taints } });

test.each<[string, any[], any, string[], any[] | undefined]>([
  ['the first taint', [drain], {}, [], [drain]],
  ["Karmada's own stay", [drain], of(notReady), [], [notReady, drain]],
  ['one that is there keeps its time', [drain], of({ ...drain, timeAdded: 'x' }, notReady), [], undefined],
  [
    'another value',
    [{ ...drain, value: 'now' }],
    of({ ...drain, timeAdded: 'x' }),
    [],
    [{ ...drain, value: 'now', timeAdded: 'x' }],
  ],
  ['what left the code goes away', [], of(drain, notReady), ['drain:NoExecute'], [notReady]],
  ['what others put there is not ours to take', [], of(drain), [], undefined],
  [
    'the same key with another effect is another taint',
    [drain],
    of({ ...drain, effect: 'NoSchedule' }),
    [],
    [{ ...drain, effect: 'NoSchedule' }, drain],
  ],
])('%s', (_what, wanted, live, recorded, expected) => {
  expect(mergedTaints(wanted, live, recorded)).toEqual(expected);
});

test('only the taints of a Cluster are taken apart', () => {
  const cluster = { apiVersion: 'cluster.karmada.io/v1alpha1', kind: 'Cluster', spec: { id: 'x', taints: [drain] } };
  expect(splitTaints(cluster)).toEqual({ manifest: { ...cluster, spec: { id: 'x' } }, taints: [drain] });
  const other = { ...cluster, apiVersion: 'example.io/v1' };
  expect(splitTaints(other)).toEqual({ manifest: other });
});

test('changes are told taint by taint, whatever the order and the time', () => {
  const before = [notReady, drain, { key: 'old', effect: 'NoSchedule' }];
  const after = [{ ...drain, value: 'now', timeAdded: 'x' }, notReady, { key: 'new', effect: 'NoSchedule' }];

  expect(taintChanges(before, before)).toEqual([]);
  expect(taintChanges(before, after)).toEqual([
    { path: 'spec.taints[drain:NoExecute]', kind: 'change', from: 'soon', to: 'now' },
    { path: 'spec.taints[new:NoSchedule]', kind: 'add', to: '' },
    { path: 'spec.taints[old:NoSchedule]', kind: 'remove', from: '' },
  ]);
});
