import { Admission } from '../../src/admission/admission';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ClusterCondition, ConditionStatus } from '../../src/member/cluster-condition';
import { ClusterTaint } from '../../src/member/cluster-taint';
import { ClusterTaintPolicy, type ClusterTaintPolicyProps } from '../../src/member/cluster-taint-policy';
import { MemberCluster } from '../../src/member/member-cluster';
import { aChart, bare, messageOf } from '../core/fake-instance';

const { TRUE, FALSE, UNKNOWN } = ConditionStatus;
const noNewOnes = [ClusterTaint.noSchedule('team')];
const notReady = ClusterCondition.isIn('Ready', FALSE, UNKNOWN);
const ready = ClusterCondition.isIn('Ready', TRUE);

test('minimal', () => {
  const chart = aChart();
  const policy = new ClusterTaintPolicy(chart, 'Ready', { addOnConditions: [notReady], taints: noNewOnes });

  expect(policy.policyName).toBe('shop-ready-c8affe21');
  expect(bare(chart, 'ClusterTaintPolicy')).toStrictEqual([
    {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'ClusterTaintPolicy',
      metadata: { name: 'shop-ready-c8affe21' },
      spec: {
        addOnConditions: [{ conditionType: 'Ready', operator: 'In', statusValues: ['False', 'Unknown'] }],
        taints: [{ effect: 'NoSchedule', key: 'team' }],
      },
    },
  ]);
});

test('everything, and Karmada stores what is written', () => {
  const chart = aChart();
  new ClusterTaintPolicy(chart, 'Ready', {
    name: 'storage',
    labels: { team: 'platform' },
    annotations: { 'example.com/why': 'storage' },
    targetClusters: ClusterSelector.labels({ tier: 'edge' }).excluding('lab'),
    addOnConditions: [ClusterCondition.isNotIn('StorageHealthy', TRUE, TRUE), notReady],
    removeOnConditions: [ClusterCondition.isIn('StorageHealthy', TRUE)],
    taints: [ClusterTaint.noSchedule('example.com/storage', 'ill'), ClusterTaint.noExecute('example.com/storage')],
  });
  const [manifest] = bare(chart, 'ClusterTaintPolicy');

  expect(manifest).toStrictEqual({
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'ClusterTaintPolicy',
    metadata: {
      annotations: { 'example.com/why': 'storage' },
      labels: { team: 'platform' },
      name: 'storage',
    },
    spec: {
      addOnConditions: [
        { conditionType: 'StorageHealthy', operator: 'NotIn', statusValues: ['True'] },
        { conditionType: 'Ready', operator: 'In', statusValues: ['False', 'Unknown'] },
      ],
      removeOnConditions: [{ conditionType: 'StorageHealthy', operator: 'In', statusValues: ['True'] }],
      taints: [
        { effect: 'NoSchedule', key: 'example.com/storage', value: 'ill' },
        { effect: 'NoExecute', key: 'example.com/storage' },
      ],
      targetClusters: { exclude: ['lab'], labelSelector: { matchLabels: { tier: 'edge' } } },
    },
  });
  const admission = Admission.of({ assume: ['allow-no-execute-taint-policy=true'] });
  expect(admission.review(manifest)).toStrictEqual({ admitted: true, stored: manifest, findings: [] });
});

test('what evicts is refused until the webhook allows it', () => {
  const chart = aChart();
  new ClusterTaintPolicy(chart, 'Evict', { addOnConditions: [notReady], taints: [ClusterTaint.noExecute('team')] });
  const verdict = Admission.of().review(bare(chart, 'ClusterTaintPolicy')[0]);

  expect(verdict.findings.map(({ code, path, message, fix }) => ({ code, path, message, fix }))).toStrictEqual([
    {
      code: 'MC206',
      path: 'spec.taints[0]',
      message:
        'taint "team" has effect "NoExecute", which Karmada\'s webhook forbids by default: it would evict workloads',
      fix: 'use the effect "NoSchedule", or run the webhook with --allow-no-execute-taint-policy=true',
    },
  ]);
});

test('conditions that overlap a little are fine: removing wins', () => {
  const props: ClusterTaintPolicyProps = {
    addOnConditions: [notReady],
    removeOnConditions: [ClusterCondition.isIn('Approved', TRUE)],
    taints: noNewOnes,
  };
  expect(() => new ClusterTaintPolicy(aChart(), 'Ready', props)).not.toThrow();
});

test('a cluster that the instance does not have is found at synth', () => {
  const chart = aChart();
  new MemberCluster(chart, 'berlin');
  const targetClusters = ClusterSelector.names('berlim');
  new ClusterTaintPolicy(chart, 'Ready', {
    name: 'ready',
    targetClusters,
    addOnConditions: [notReady],
    taints: noNewOnes,
  });

  expect(messageOf(() => chart.toJson())).toBe(
    [
      'Validation failed with the following errors:',
      '  [shop/Ready] instance "east" has no member cluster "berlim"',
      '    at shop/Ready (ClusterTaintPolicy/ready)',
      '    fix: did you mean berlin? known clusters: berlin',
    ].join('\n'),
  );
});

describe('fails when', () => {
  test.each<[string, ClusterTaintPolicyProps, string[]]>([
    [
      'there is nothing in it',
      { taints: [] },
      [
        'ClusterTaintPolicy is given no taints',
        '  at shop/Ready (ClusterTaintPolicy/ready)',
        '  fix: give one or more in `taints`',
        'ClusterTaintPolicy is given no conditions, so Karmada would never do anything about it',
        '  at shop/Ready (ClusterTaintPolicy/ready)',
        '  fix: say in `addOnConditions` when taints are put on, in `removeOnConditions` when they are taken off, or both',
      ],
    ],
    [
      'a taint is given twice',
      { addOnConditions: [notReady], taints: [...noNewOnes, ...noNewOnes] },
      [
        'two taints have one key and effect, "team:NoSchedule"',
        '  at shop/Ready (ClusterTaintPolicy/ready)',
        '  fix: give one of them; a cluster holds one value for each key and effect',
      ],
    ],
    [
      'conditions exclude each other',
      { removeOnConditions: [ready, notReady], taints: noNewOnes },
      [
        'the conditions in `removeOnConditions` exclude each other, and all of them would have to hold',
        '  at shop/Ready (ClusterTaintPolicy/ready)',
        '  fix: make a policy for each of them',
      ],
    ],
    [
      'what is put on is taken off at once',
      {
        addOnConditions: [notReady, ClusterCondition.isIn('StorageHealthy', FALSE)],
        removeOnConditions: [ClusterCondition.isNotIn('Ready', TRUE)],
        taints: noNewOnes,
      },
      [
        'whenever `addOnConditions` hold, `removeOnConditions` hold too, and Karmada takes off what it just put on',
        '  at shop/Ready (ClusterTaintPolicy/ready)',
        '  fix: let a condition stand in both lists, with statuses of which none is in both',
      ],
    ],
  ])('%s', (_, props, lines) => {
    const message = messageOf(() => new ClusterTaintPolicy(aChart(), 'Ready', { name: 'ready', ...props }));
    expect(message).toBe(lines.join('\n'));
  });

  test('a condition has no type and no status', () => {
    expect(messageOf(() => ClusterCondition.isIn(''))).toBe(
      [
        'the type of a cluster condition is empty',
        '  fix: give the type, such as Ready',
        'no statuses are given for the cluster condition ""',
        '  fix: give one or more, such as ConditionStatus.TRUE',
      ].join('\n'),
    );
  });
});
