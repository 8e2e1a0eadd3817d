import { App, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Admission } from '../../src/admission/admission';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';
import { ClusterTaint } from '../../src/member/cluster-taint';
import { MemberCluster, type MemberClusterProps, SyncMode } from '../../src/member/member-cluster';
import { ResourceModels } from '../../src/member/resource-models';
import { aChart, bare, messageOf, objects } from '../core/fake-instance';

test('minimal', () => {
  const chart = aChart();
  const berlin = new MemberCluster(chart, 'Berlin');

  expect(berlin.clusterName).toBe('berlin');
  expect(objects(chart)).toStrictEqual([
    {
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: {
        annotations: { 'cdk8s-karmada.io/path': 'shop/Berlin/Resource', 'cdk8s-karmada.io/wave': '7' },
        name: 'berlin',
      },
      spec: { syncMode: 'Push' },
    },
  ]);
});

test('everything', () => {
  const chart = aChart();
  new MemberCluster(chart, 'berlin', {
    clusterName: 'eu-berlin',
    syncMode: SyncMode.PULL,
    provider: 'metal',
    region: 'eu-1',
    zones: ['eu-1a', 'eu-1b'],
    labels: { tier: 'edge' },
    taints: [
      ClusterTaint.noSchedule('team', 'shop'),
      ClusterTaint.noExecute('team'),
      ClusterTaint.noSchedule('lab', ''),
    ],
    schedulingPaused: true,
    resourceModels: ResourceModels.endingAt({ cpu: Cpu.units(4), memory: Size.gibibytes(16) }),
    deletionProtection: true,
  });

  expect(bare(chart, 'Cluster')).toStrictEqual([
    {
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: {
        labels: { 'resourcetemplate.karmada.io/deletion-protected': 'Always', tier: 'edge' },
        name: 'eu-berlin',
      },
      spec: {
        provider: 'metal',
        region: 'eu-1',
        resourceModels: [
          {
            grade: 0,
            ranges: [
              { max: '4', min: '0', name: 'cpu' },
              { max: '16Gi', min: '0', name: 'memory' },
            ],
          },
          {
            grade: 1,
            ranges: [
              { max: '9223372036854775807', min: '4', name: 'cpu' },
              { max: '9223372036854775807', min: '16Gi', name: 'memory' },
            ],
          },
        ],
        syncMode: 'Pull',
        taints: [
          { effect: 'NoSchedule', key: 'team', value: 'shop' },
          { effect: 'NoExecute', key: 'team' },
          { effect: 'NoSchedule', key: 'lab' },
          { effect: 'NoSchedule', key: 'cluster.karmada.io/unschedulable' },
        ],
        zones: ['eu-1a', 'eu-1b'],
      },
    },
  ]);
});

describe('on a Karmada that already runs', () => {
  const existing = () => {
    const app = new App();
    const instance = MulticloudInstance.fromExisting(app, 'east', { instanceName: 'east' });
    return new MulticloudChart(app, 'shop', { instance });
  };

  test('it says only what the code says, and admission knows that the rest is there', () => {
    const chart = existing();
    new MemberCluster(chart, 'berlin', { region: 'eu-1' });

    expect(objects(chart)).toStrictEqual([
      {
        apiVersion: 'cluster.karmada.io/v1alpha1',
        kind: 'Cluster',
        metadata: {
          annotations: {
            'cdk8s-karmada.io/joined': 'true',
            'cdk8s-karmada.io/path': 'shop/berlin/Resource',
            'cdk8s-karmada.io/wave': '7',
          },
          name: 'berlin',
        },
        spec: { region: 'eu-1' },
      },
    ]);
  });

  test('nothing at all is said of a cluster that is only named', () => {
    const chart = existing();
    new MemberCluster(chart, 'berlin');

    expect(bare(chart, 'Cluster')).toStrictEqual([
      { apiVersion: 'cluster.karmada.io/v1alpha1', kind: 'Cluster', metadata: { name: 'berlin' }, spec: {} },
    ]);
  });

  test('how it is joined is said when the code says it: then it is a whole cluster', () => {
    const chart = existing();
    new MemberCluster(chart, 'berlin', { syncMode: SyncMode.PULL });

    expect(objects(chart)[0]).toMatchObject({ spec: { syncMode: 'Pull' } });
    expect(objects(chart)[0].metadata.annotations).not.toHaveProperty(['cdk8s-karmada.io/joined']);
  });
});

test('what Karmada stores is what was written, so that a second apply finds nothing to do', () => {
  const chart = aChart();
  new MemberCluster(chart, 'berlin', {
    provider: 'metal',
    zones: ['a', 'b'],
    taints: [ClusterTaint.noSchedule('team', 'shop')],
    schedulingPaused: true,
    resourceModels: ResourceModels.karmadaGrades(),
  });
  const [manifest] = bare(chart, 'Cluster');

  expect(Admission.of().review(manifest)).toStrictEqual({ admitted: true, stored: manifest, findings: [] });
});

test('scheduling that is not paused is not spoken of', () => {
  const chart = aChart();
  new MemberCluster(chart, 'berlin', { schedulingPaused: false });

  expect(bare(chart, 'Cluster')[0].spec).toStrictEqual({ syncMode: 'Push' });
});

test('can be selected without a name to mistype', () => {
  const chart = aChart();
  const selector = ClusterSelector.members(new MemberCluster(chart, 'berlin'), new MemberCluster(chart, 'paris'));

  expect(selector._toKarmada()).toStrictEqual({ clusterNames: ['berlin', 'paris'] });
});

describe('fails when', () => {
  const VALUE_RULE = 'use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit';

  test.each<[string, MemberClusterProps, string[]]>([
    [
      'the name is too long',
      { clusterName: 'x'.repeat(49) },
      [
        `"${'x'.repeat(49)}" cannot be the name of a member cluster`,
        '  at shop/berlin',
        '  fix: use at most 48 characters: lower case letters, digits and -, beginning and ending with a letter or a digit',
      ],
    ],
    [
      'provider, region and a zone cannot be such',
      { provider: 'Red Hat OpenShift', region: '', zones: ['fine', 'a/b'] },
      [
        '"Red Hat OpenShift" cannot be the provider of a cluster',
        '  at shop/berlin',
        `  fix: ${VALUE_RULE}`,
        '"" cannot be the region of a cluster',
        '  at shop/berlin',
        `  fix: ${VALUE_RULE}`,
        '"a/b" cannot be the zone of a cluster',
        '  at shop/berlin',
        `  fix: ${VALUE_RULE}`,
      ],
    ],
    [
      'a label cannot be one',
      { labels: { tier: 'a b' } },
      ['"a b" cannot be the value of the cluster label "tier"', '  at shop/berlin', `  fix: ${VALUE_RULE}`],
    ],
    [
      'a taint is given twice',
      { taints: [ClusterTaint.noSchedule('team', 'a'), ClusterTaint.noSchedule('team', 'b')] },
      [
        'two taints have one key and effect, "team:NoSchedule"',
        '  at shop/berlin',
        '  fix: give one of them; a cluster holds one value for each key and effect',
      ],
    ],
    [
      'scheduling is paused twice',
      { schedulingPaused: true, taints: [ClusterTaint.noSchedule('cluster.karmada.io/unschedulable')] },
      [
        'two taints have one key and effect, "cluster.karmada.io/unschedulable:NoSchedule"',
        '  at shop/berlin',
        '  fix: give one of them; a cluster holds one value for each key and effect',
      ],
    ],
    [
      'a taint is one that Karmada takes away',
      {
        taints: [
          ClusterTaint.noSchedule('cluster.karmada.io/not-ready'),
          ClusterTaint.noExecute('cluster.karmada.io/not-ready'),
          ClusterTaint.noSchedule('cluster.karmada.io/unreachable', 'x'),
        ],
      },
      [
        'Karmada sets and removes the taint "cluster.karmada.io/not-ready:NoSchedule" by itself',
        '  at shop/berlin',
        '  fix: use a key of your own, or `schedulingPaused` to keep new workloads away',
        'Karmada sets and removes the taint "cluster.karmada.io/unreachable:NoSchedule" by itself',
        '  at shop/berlin',
        '  fix: use a key of your own, or `schedulingPaused` to keep new workloads away',
      ],
    ],
  ])('%s', (_, props, lines) => {
    expect(messageOf(() => new MemberCluster(aChart(), 'berlin', props))).toBe(lines.join('\n'));
  });

  test('a taint cannot be one', () => {
    expect(messageOf(() => ClusterTaint.noExecute('a b'))).toBe(
      `"a b" cannot be the key of a taint\n  fix: ${VALUE_RULE}, with an optional domain and / in front`,
    );
  });
});
