import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ClusterSpread } from '../../src/policy/cluster-spread';
import { Placement } from '../../src/policy/placement';
import { messageOf } from '../core/fake-instance';
import { chartOf, cluster, placementOf, replicasOn, web } from './seen';

const spread = (placement: Placement) => placementOf({ placement }).spreadConstraints;

describe('spread', () => {
  test('row 78: over groups of clusters', () => {
    expect(spread(Placement.duplicated({ spread: ClusterSpread.clusters({ min: 2, max: 3 }) }))).toStrictEqual([
      { maxGroups: 3, minGroups: 2, spreadByField: 'cluster' },
    ]);
  });

  test('row 79: at least one, and at most as many as must be said', () => {
    expect(spread(Placement.duplicated({ spread: ClusterSpread.clusters({ max: 3 }) }))).toStrictEqual([
      { maxGroups: 3, minGroups: 1, spreadByField: 'cluster' },
    ]);
    expect(messageOf(() => ClusterSpread.clusters({ min: 4, max: 3 }))).toBe(
      [
        '`max` of clusters is 3, below its `min` 4',
        '  fix: raise `max` to 4 or more, or lower `min` to 3 or less',
      ].join('\n'),
    );
  });

  test('row 80: all in one region', () => {
    expect(spread(Placement.duplicated({ spread: ClusterSpread.singleRegion({ min: 2, max: 3 }) }))).toStrictEqual([
      { maxGroups: 1, minGroups: 1, spreadByField: 'region' },
      { maxGroups: 3, minGroups: 2, spreadByField: 'cluster' },
    ]);
  });

  test('row 81: by cluster, or by region and cluster, and nothing else', () => {
    expect(spread(Placement.aggregated({ spread: ClusterSpread.regions({ max: 2 }, { max: 4 }) }))).toStrictEqual([
      { maxGroups: 2, minGroups: 1, spreadByField: 'region' },
      { maxGroups: 4, minGroups: 1, spreadByField: 'cluster' },
    ]);
    expect(
      Object.getOwnPropertyNames(ClusterSpread).filter((name) => typeof (ClusterSpread as any)[name] === 'function'),
    ).toEqual(['clusters', 'regions', 'singleRegion']);
  });

  test('row 82: static weights, which ignore it, have no prop for it', () => {
    const { types } = JSON.parse(readFileSync(join(__dirname, '..', '..', '.jsii'), 'utf8'));
    const props = (name: string) => types[`cdk8s-karmada.${name}`].properties.map((prop: any) => prop.name);
    expect(props('DuplicatedOptions')).toContain('spread');
    expect([...props('StaticWeightOptions'), ...props('PlacementOptions')]).not.toContain('spread');
  });
});

describe('groups', () => {
  const near = { name: 'near', clusters: ClusterSelector.names('berlin') };
  const far = { name: 'far', clusters: ClusterSelector.names('tokyo') };

  test('row 195: fallback groups, tried in their order', () => {
    const placement = Placement.duplicated({ groups: [near, far] });
    expect(placementOf({ placement }).clusterAffinities).toStrictEqual([
      { affinityName: 'near', clusterNames: ['berlin'] },
      { affinityName: 'far', clusterNames: ['tokyo'] },
    ]);
    expect(replicasOn(chartOf(web({ placement })), cluster('tokyo'))).toEqual({ tokyo: 1 });
  });

  test('row 196: overflow groups', () => {
    const placement = Placement.aggregated({ groups: [{ ...near, overflow: [far] }] });
    expect(placementOf({ placement }).clusterAffinities[0].overflowAffinities).toStrictEqual([
      { affinityName: 'far', clusterNames: ['tokyo'] },
    ]);
  });

  test('row 197: workloads together or apart, by different labels', () => {
    const placement = Placement.duplicated({ colocateByLabel: 'shop/pair', separateByLabel: 'shop/spare' });
    expect(placementOf({ placement }).workloadAffinity).toStrictEqual({
      affinity: { groupByLabelKey: 'shop/pair' },
      antiAffinity: { groupByLabelKey: 'shop/spare' },
    });
    expect(messageOf(() => Placement.duplicated({ colocateByLabel: 'a', separateByLabel: 'a' }))).toContain('"a"');
  });
});
