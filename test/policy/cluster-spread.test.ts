import { ClusterSpread } from '../../src/policy/cluster-spread';
import { messageOf } from '../core/fake-instance';

test('always says how many at most: Karmada would choose none', () => {
  expect(ClusterSpread.clusters({ max: 2 })._toKarmada()).toStrictEqual([
    { spreadByField: 'cluster', minGroups: 1, maxGroups: 2 },
  ]);
});

test('regions come with clusters', () => {
  expect(ClusterSpread.regions({ min: 2, max: 3 }, { min: 3, max: 6 })._toKarmada()).toStrictEqual([
    { spreadByField: 'region', minGroups: 2, maxGroups: 3 },
    { spreadByField: 'cluster', minGroups: 3, maxGroups: 6 },
  ]);
  expect(ClusterSpread.singleRegion({ max: 1 })._toKarmada()).toStrictEqual([
    { spreadByField: 'region', minGroups: 1, maxGroups: 1 },
    { spreadByField: 'cluster', minGroups: 1, maxGroups: 1 },
  ]);
});

describe('fails when', () => {
  test('a number is no count, with all of them', () => {
    expect(messageOf(() => ClusterSpread.regions({ min: 0, max: 1.5 }, { max: Number.NaN }))).toBe(
      [
        '`min` of regions must be a whole number of 1 or more, got 0',
        '  fix: give how many regions to choose at least',
        '`max` of regions must be a whole number of 1 or more, got 1.5',
        '  fix: give how many regions to choose at most',
        '`max` of clusters must be a whole number of 1 or more, got NaN',
        '  fix: give how many clusters to choose at most',
      ].join('\n'),
    );
  });

  test('it is at most less than at least', () => {
    expect(messageOf(() => ClusterSpread.clusters({ min: 3, max: 2 }))).toBe(
      '`max` of clusters is 2, below its `min` 3\n  fix: raise `max` to 3 or more, or lower `min` to 2 or less',
    );
  });

  test('there are more regions than clusters', () => {
    expect(messageOf(() => ClusterSpread.regions({ min: 2, max: 3 }, { max: 1 }))).toBe(
      [
        'at most 1 clusters cannot be in 2 regions or more: Karmada would choose one of each region',
        '  fix: raise `max` of clusters to 2 or more, or lower `min` of regions',
      ].join('\n'),
    );
  });
});
