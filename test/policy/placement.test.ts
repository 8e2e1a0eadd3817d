import { Duration } from 'cdk8s';
import { ClusterLabel } from '../../src/core/cluster-label';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ClusterToleration, TaintEffect } from '../../src/core/cluster-toleration';
import { ClusterSpread } from '../../src/policy/cluster-spread';
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

const berlin = { name: 'berlin', clusters: ClusterSelector.names('berlin') };
const edge = { name: 'edge', clusters: ClusterSelector.labels({ tier: 'edge' }) };
const anywhere = { name: 'anywhere', clusters: ClusterSelector.all() };

test('groups are tried in order', () => {
  expect(Placement.duplicated({ groups: [berlin, edge, anywhere] })._toKarmada()).toStrictEqual({
    clusterAffinities: [
      { affinityName: 'berlin', clusterNames: ['berlin'] },
      { affinityName: 'edge', labelSelector: { matchLabels: { tier: 'edge' } } },
      { affinityName: 'anywhere' },
    ],
    replicaScheduling: { replicaSchedulingType: 'Duplicated' },
  });
});

test('groups overflow', () => {
  const placement = Placement.dynamicWeight({ groups: [{ ...berlin, overflow: [edge, anywhere] }, edge] });

  expect(placement._toKarmada().clusterAffinities).toStrictEqual([
    {
      affinityName: 'berlin',
      clusterNames: ['berlin'],
      overflowAffinities: [
        { affinityName: 'edge', labelSelector: { matchLabels: { tier: 'edge' } } },
        { affinityName: 'anywhere' },
      ],
    },
    { affinityName: 'edge', labelSelector: { matchLabels: { tier: 'edge' } } },
  ]);
  expect(placement._mentioned).toEqual(['berlin']);
});

test('spread, and workloads beside and apart from others', () => {
  const placement = Placement.aggregated({
    spread: ClusterSpread.singleRegion({ min: 2, max: 3 }),
    colocateByLabel: 'shop.example/app',
    separateByLabel: 'shop.example/replica-of',
  });

  expect(placement._toKarmada()).toStrictEqual({
    spreadConstraints: [
      { spreadByField: 'region', minGroups: 1, maxGroups: 1 },
      { spreadByField: 'cluster', minGroups: 2, maxGroups: 3 },
    ],
    replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' },
    workloadAffinity: {
      affinity: { groupByLabelKey: 'shop.example/app' },
      antiAffinity: { groupByLabelKey: 'shop.example/replica-of' },
    },
  });
});

test('static weight in groups', () => {
  const placement = Placement.staticWeight(
    [
      { clusters: ClusterSelector.names('berlin'), weight: 2 },
      { clusters: ClusterSelector.names('tokyo'), weight: 1 },
    ],
    { groups: [berlin, edge], separateByLabel: 'app' },
  );

  expect(placement._toKarmada().clusterAffinity).toBeUndefined();
  expect(placement._toKarmada().clusterAffinities).toHaveLength(2);
  expect(placement._toKarmada().workloadAffinity).toStrictEqual({ antiAffinity: { groupByLabelKey: 'app' } });
  expect(placement._mentioned).toEqual(['berlin', 'berlin', 'tokyo']);
});

describe('where something has to be that the workload is reached by', () => {
  const reach = (placement: Placement) => placement._reach()._toKarmada();
  const replicaScheduling = { replicaSchedulingType: 'Duplicated' };

  test('everywhere that the placement may choose, with its tolerations', () => {
    const clusters = ClusterSelector.labels({ tier: 'edge' });
    const tolerations = [ClusterToleration.exists('gpu')];
    const spread = ClusterSpread.clusters({ max: 1 });

    expect(reach(Placement.aggregated())).toStrictEqual({ replicaScheduling });
    expect(reach(Placement.dynamicWeight({ clusters, tolerations, spread, colocateByLabel: 'app' }))).toStrictEqual({
      clusterAffinity: { labelSelector: { matchLabels: { tier: 'edge' } } },
      clusterTolerations: [{ key: 'gpu', operator: 'Exists' }],
      replicaScheduling,
    });
    expect(
      reach(Placement.staticWeight([{ clusters: ClusterSelector.names('berlin', 'paris'), weight: 1 }])),
    ).toStrictEqual({ clusterAffinity: { clusterNames: ['berlin', 'paris'] }, replicaScheduling });
  });

  test('the names of all groups', () => {
    const paris = { name: 'paris', clusters: ClusterSelector.names('paris', 'lab').excluding('lab') };
    const placement = Placement.aggregated({
      groups: [
        { ...berlin, overflow: [paris] },
        { ...berlin, name: 'again' },
      ],
    });

    expect(reach(placement).clusterAffinity).toStrictEqual({ clusterNames: ['berlin', 'paris'] });
  });

  test('all clusters where groups choose by anything else, without those that none of them chooses', () => {
    const noLab = { name: 'no-lab', clusters: ClusterSelector.all().excluding('lab', 'berlin') };

    expect(reach(Placement.duplicated({ groups: [berlin, edge] }))).toStrictEqual({ replicaScheduling });
    expect(reach(Placement.duplicated({ groups: [berlin, noLab] })).clusterAffinity).toStrictEqual({
      exclude: ['lab'],
    });
    expect(reach(Placement.duplicated({ groups: [edge] })).clusterAffinity).toStrictEqual({
      labelSelector: { matchLabels: { tier: 'edge' } },
    });
  });
});

describe('fails when', () => {
  test('clusters and groups are both given, and labels and names cannot be, with all reasons', () => {
    expect(
      messageOf(() =>
        Placement.aggregated({
          clusters: ClusterSelector.all(),
          groups: [
            { ...berlin, name: 'a group' },
            { ...edge, overflow: [] },
            { ...edge, overflow: [berlin, berlin, edge] },
            { ...anywhere, name: 'x'.repeat(33), overflow: [{ ...berlin, name: '' }] },
          ],
          colocateByLabel: '/',
          separateByLabel: '/',
        }),
      ),
    ).toBe(
      [
        '"a group" cannot be the name of a group of clusters',
        '  fix: use at most 32 characters in all, and at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front',
        `"${'x'.repeat(33)}" cannot be the name of a group of clusters`,
        '  fix: use at most 32 characters in all, and at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front',
        'two groups of clusters have the name "edge"',
        '  fix: give one of the two another name',
        '`overflow` of group "edge" is empty',
        '  fix: give one group or more, or leave it out',
        'two groups of clusters have the name "berlin"',
        '  fix: give one of the two another name',
        'two groups of clusters have the name "edge"',
        '  fix: give one of the two another name',
        '"" cannot be the name of a group of clusters',
        '  fix: use at most 32 characters in all, and at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front',
        `group "${'x'.repeat(33)}" overflows to other clusters, and chooses all of them itself`,
        '  fix: have it choose some clusters, for instance by name or label',
        '`clusters` and `groups` are both given, and Karmada takes one of the two',
        '  fix: keep `clusters` for one selection, or `groups` for several',
        '"/" cannot be the key of a label',
        '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front',
        '"/" cannot be the key of a label',
        '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front',
        '`colocateByLabel` and `separateByLabel` are both "/"',
        '  fix: give two different labels, or one of the two only',
      ].join('\n'),
    );
  });

  test('there are no groups', () => {
    expect(messageOf(() => Placement.duplicated({ groups: [] }))).toBe(
      '`groups` is empty, so every cluster could be chosen\n  fix: give one group or more, or `clusters`',
    );
  });

  test('a spread needs more clusters than are named', () => {
    const spread = ClusterSpread.regions({ min: 3, max: 3 }, { min: 2, max: 4 });
    const clusters = ClusterSelector.names('berlin', 'paris', 'lab').excluding('lab');

    expect(messageOf(() => Placement.duplicated({ clusters, spread }))).toBe(
      [
        'the spread needs 3 clusters, and `clusters` names 2',
        '  fix: name more clusters, or lower `min` of the spread',
      ].join('\n'),
    );
    expect(
      messageOf(() =>
        Placement.aggregated({
          groups: [
            { ...berlin, overflow: [edge] },
            { name: 'two', clusters },
          ],
          spread,
        }),
      ),
    ).toBe(
      [
        'the spread needs 3 clusters, and group "two" names 2',
        '  fix: name more clusters, or lower `min` of the spread',
      ].join('\n'),
    );
  });

  test('a toleration with a time comes after one that fits the same taints', () => {
    const evictAfter = Duration.minutes(1);
    const later = [
      ClusterToleration.exists('gpu', { effect: TaintEffect.NO_SCHEDULE }),
      ClusterToleration.equal('gpu', 'a'),
      ClusterToleration.equal('gpu', 'b', { evictAfter }),
      ClusterToleration.equal('gpu', 'a', { evictAfter }),
    ];

    expect(messageOf(() => Placement.duplicated({ tolerations: later }))).toBe(
      [
        'the toleration of "gpu" with a time is never looked at: one before it fits the same taints',
        '  fix: put it first, or take the other one away',
      ].join('\n'),
    );
    expect(Placement.duplicated({ tolerations: later.slice(0, 3) })._toKarmada().clusterTolerations).toHaveLength(3);
  });

  test('weights and clusters do not meet', () => {
    const weights = [
      { clusters: ClusterSelector.names('berlin'), weight: 2 },
      { clusters: ClusterSelector.names('tokyo'), weight: 1 },
    ];

    expect(
      messageOf(() =>
        Placement.staticWeight(weights, {
          groups: [berlin, { name: 'paris', clusters: ClusterSelector.names('paris') }],
        }),
      ),
    ).toBe(
      [
        'the weight 1 for cluster "tokyo" is for clusters that cannot be chosen',
        '  fix: let `clusters` or `groups` choose them, or take the weight away',
        'no cluster of group "paris" has a weight, so Karmada would give each of them the same',
        '  fix: give one of its clusters a weight',
      ].join('\n'),
    );
    expect(
      messageOf(() => Placement.staticWeight(weights, { clusters: ClusterSelector.names('berlin', 'paris') })),
    ).toBe(
      [
        'the weight 1 for cluster "tokyo" is for clusters that cannot be chosen',
        '  fix: let `clusters` or `groups` choose them, or take the weight away',
      ].join('\n'),
    );
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
