import { ClusterLabel } from '../../src/core/cluster-label';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ClusterToleration } from '../../src/core/cluster-toleration';
import { Placement } from '../../src/policy/placement';
import { messageOf } from '../core/fake-instance';

test('duplicated', () => {
  expect(Placement.duplicated()._toKarmada()).toStrictEqual({
    replicaScheduling: { replicaSchedulingType: 'Duplicated' },
  });
});

test('aggregated', () => {
  expect(Placement.aggregated()._toKarmada()).toStrictEqual({
    replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' },
  });
});

test('dynamic weight', () => {
  expect(Placement.dynamicWeight()._toKarmada()).toStrictEqual({
    replicaScheduling: {
      replicaSchedulingType: 'Divided',
      replicaDivisionPreference: 'Weighted',
      weightPreference: { dynamicWeight: 'AvailableReplicas' },
    },
  });
});

test('static weight by name goes to the clusters that are named', () => {
  const placement = Placement.staticWeight([
    { clusters: ClusterSelector.names('berlin', 'paris'), weight: 2 },
    { clusters: ClusterSelector.names('tokyo'), weight: 1 },
  ]);

  expect(placement._toKarmada()).toStrictEqual({
    clusterAffinity: { clusterNames: ['berlin', 'paris', 'tokyo'] },
    replicaScheduling: {
      replicaSchedulingType: 'Divided',
      replicaDivisionPreference: 'Weighted',
      weightPreference: {
        staticWeightList: [
          { targetCluster: { clusterNames: ['berlin', 'paris'] }, weight: 2 },
          { targetCluster: { clusterNames: ['tokyo'] }, weight: 1 },
        ],
      },
    },
  });
});

test('static weight by anything else goes to all clusters, unless they are given', () => {
  const weights = [
    { clusters: ClusterSelector.labels({ tier: 'edge' }), weight: 2 },
    { clusters: ClusterSelector.names('tokyo'), weight: 1 },
  ];

  expect(Placement.staticWeight(weights)._toKarmada().clusterAffinity).toBeUndefined();
  expect(
    Placement.staticWeight(weights, { clusters: ClusterSelector.all().excluding('lab') })._toKarmada().clusterAffinity,
  ).toStrictEqual({ exclude: ['lab'] });
});

test('clusters and tolerations', () => {
  const placement = Placement.duplicated({
    clusters: ClusterSelector.matching(ClusterLabel.exists('gpu')).excluding('lab'),
    tolerations: [ClusterToleration.exists('gpu')],
  });

  expect(placement._toKarmada()).toStrictEqual({
    clusterAffinity: {
      labelSelector: { matchExpressions: [{ key: 'gpu', operator: 'Exists' }] },
      exclude: ['lab'],
    },
    clusterTolerations: [{ key: 'gpu', operator: 'Exists' }],
    replicaScheduling: { replicaSchedulingType: 'Duplicated' },
  });
});

describe('static weight fails when', () => {
  test('there are no weights', () => {
    expect(messageOf(() => Placement.staticWeight([]))).toBe(
      [
        'Placement.staticWeight is given no weights',
        '  fix: give a weight for one selection of clusters or more, or use Placement.dynamicWeight',
      ].join('\n'),
    );
  });

  test('weights are below 1 or no whole numbers, with all of them', () => {
    expect(
      messageOf(() =>
        Placement.staticWeight([
          { clusters: ClusterSelector.names('berlin'), weight: 0 },
          { clusters: ClusterSelector.names('paris'), weight: 1 },
          { clusters: ClusterSelector.labels({ a: 'b' }), weight: 1.5 },
        ]),
      ),
    ).toBe(
      [
        'weight must be a whole number of 1 or more, got 0 for cluster "berlin"',
        '  fix: give it a weight of 1 or more, or leave it out to send it no replicas',
        'weight must be a whole number of 1 or more, got 1.5',
        '  fix: give it a weight of 1 or more, or leave it out to send it no replicas',
      ].join('\n'),
    );
  });
});
