import { ClusterLabel } from '../../src/core/cluster-label';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { MemberCluster } from '../../src/member/member-cluster';
import { Placement } from '../../src/policy/placement';
import { aChart, chartOf, cluster, placementOf, replicasOn, web } from './seen';

/** What Karmada is told for these clusters. */
function affinity(clusters: ClusterSelector): any {
  return placementOf({ placement: Placement.duplicated({ clusters }) }).clusterAffinity;
}

/** Which of some clusters are chosen. */
function chosen(clusters: ClusterSelector, ...fleet: any[]): string[] {
  return Object.keys(replicasOn(chartOf(web({ placement: Placement.duplicated({ clusters }) })), ...fleet)).sort();
}

describe('clusters', () => {
  test('row 48: all of them when none is chosen', () => {
    expect(placementOf({}).clusterAffinity).toBeUndefined();
    expect(replicasOn(chartOf(web()), cluster('berlin'), cluster('paris'))).toEqual({ berlin: 1, paris: 1 });
  });

  test('row 49: by name', () => {
    const chart = aChart();
    expect(affinity(ClusterSelector.names('berlin', 'paris'))).toStrictEqual({ clusterNames: ['berlin', 'paris'] });
    expect(affinity(ClusterSelector.members(new MemberCluster(chart, 'rome')))).toStrictEqual({
      clusterNames: ['rome'],
    });
  });

  test('row 51: by provider, region, zone', () => {
    expect(affinity(ClusterSelector.location({ providers: ['metal'], zones: ['a', 'b'] }))).toStrictEqual({
      fieldSelector: {
        matchExpressions: [
          { key: 'provider', operator: 'In', values: ['metal'] },
          { key: 'zone', operator: 'In', values: ['a', 'b'] },
        ],
      },
    });
  });

  test('row 52: three location filters at once', () => {
    const everything = { provider: 'metal', region: 'eu-1', zones: ['a'] };
    const fleet = [
      cluster('all', everything),
      cluster('provider', { ...everything, provider: 'cloud' }),
      cluster('region', { ...everything, region: 'eu-2' }),
      cluster('zone', { ...everything, zones: ['b'] }),
    ];
    const location = { providers: ['metal'], regions: ['eu-1'], zones: ['a'] };
    expect(chosen(ClusterSelector.location(location), ...fleet)).toEqual(['all']);
  });

  test('row 56: by labels', () => {
    expect(affinity(ClusterSelector.labels({ tier: 'edge' }))).toStrictEqual({
      labelSelector: { matchLabels: { tier: 'edge' } },
    });
  });

  test('row 57: a label with one of some values', () => {
    const clusters = ClusterSelector.matching(ClusterLabel.isIn('tier', 'edge'));
    const fleet = [cluster('berlin', {}, { tier: 'edge' }), cluster('paris', {}, { tier: 'core' }), cluster('rome')];
    expect(chosen(clusters, ...fleet)).toEqual(['berlin']);
  });

  test('row 58: several values', () => {
    expect(affinity(ClusterSelector.matching(ClusterLabel.isIn('tier', 'edge', 'core')))).toStrictEqual({
      labelSelector: { matchExpressions: [{ key: 'tier', operator: 'In', values: ['edge', 'core'] }] },
    });
  });

  test('row 59: a label with any value', () => {
    const clusters = ClusterSelector.matching(ClusterLabel.exists('tier'));
    const fleet = [cluster('berlin', {}, { tier: 'edge' }), cluster('paris', {}, { tier: '' }), cluster('rome')];
    expect(chosen(clusters, ...fleet)).toEqual(['berlin', 'paris']);
  });

  test('row 60: several label rules hold together', () => {
    const clusters = ClusterSelector.matching(ClusterLabel.exists('tier'), ClusterLabel.isIn('env', 'prod'));
    const fleet = [cluster('berlin', {}, { tier: 'edge', env: 'prod' }), cluster('paris', {}, { tier: 'edge' })];
    expect(chosen(clusters, ...fleet)).toEqual(['berlin']);
  });

  test('row 72: clusters left out', () => {
    expect(affinity(ClusterSelector.labels({ tier: 'edge' }).excluding('paris'))).toStrictEqual({
      exclude: ['paris'],
      labelSelector: { matchLabels: { tier: 'edge' } },
    });
  });

  test('row 73: what is left out stays out, whatever else chooses it', () => {
    const clusters = ClusterSelector.names('berlin', 'paris')
      .and(ClusterSelector.labels({ tier: 'edge' }))
      .excluding('paris');
    const fleet = [cluster('berlin', {}, { tier: 'edge' }), cluster('paris', {}, { tier: 'edge' })];
    expect(chosen(clusters, ...fleet)).toEqual(['berlin']);
  });

  test('row 74: every cluster but one', () => {
    expect(affinity(ClusterSelector.all().excluding('paris'))).toStrictEqual({ exclude: ['paris'] });
    expect(chosen(ClusterSelector.all().excluding('paris'), cluster('berlin'), cluster('paris'))).toEqual(['berlin']);
  });
});
