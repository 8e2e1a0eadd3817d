import { ClusterSelector } from '../../src/core/cluster-selector';
import { ClusterTaint } from '../../src/member/cluster-taint';
import { MemberCluster, type MemberClusterProps } from '../../src/member/member-cluster';
import { aChart, anInstance, bare, messageOf, objects } from '../core/fake-instance';

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
    provider: 'metal',
    region: 'eu-1',
    zones: ['eu-1a', 'eu-1b'],
    labels: { tier: 'edge' },
    taints: [
      ClusterTaint.noSchedule('team', 'shop'),
      ClusterTaint.noExecute('team'),
      ClusterTaint.noSchedule('lab', ''),
    ],
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
        syncMode: 'Push',
        taints: [
          { effect: 'NoSchedule', key: 'team', value: 'shop' },
          { effect: 'NoExecute', key: 'team' },
          { effect: 'NoSchedule', key: 'lab' },
        ],
        zones: ['eu-1a', 'eu-1b'],
      },
    },
  ]);
});

test('on a Karmada that already runs it says only what the code says', () => {
  const chart = aChart({ instance: anInstance(true) });
  new MemberCluster(chart, 'berlin', { region: 'eu-1' });

  expect(bare(chart, 'Cluster')).toStrictEqual([
    {
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: { name: 'berlin' },
      spec: { region: 'eu-1' },
    },
  ]);
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
  ])('%s', (_, props, lines) => {
    expect(messageOf(() => new MemberCluster(aChart(), 'berlin', props))).toBe(lines.join('\n'));
  });

  test('a taint cannot be one', () => {
    expect(messageOf(() => ClusterTaint.noExecute('a b'))).toBe(
      `"a b" cannot be the key of a taint\n  fix: ${VALUE_RULE}, with an optional domain and / in front`,
    );
  });
});
