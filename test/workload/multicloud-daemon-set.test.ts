import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Placement } from '../../src/policy/placement';
import { MulticloudDaemonSet, type MulticloudDaemonSetProps } from '../../src/workload/multicloud-daemon-set';
import { aChart, bare, messageOf } from '../core/fake-instance';

const least: MulticloudDaemonSetProps = { containers: [{ image: 'registry.example/agent:2' }] };

test('minimal: a daemon set that says nothing that nobody asked for, and its policy', () => {
  const chart = aChart();
  new MulticloudDaemonSet(chart, 'agent', least);

  expect(bare(chart, 'DaemonSet')).toStrictEqual([
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent', namespace: 'default' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'agent' } },
        template: {
          metadata: { labels: { 'app.kubernetes.io/name': 'agent' } },
          spec: { containers: [{ image: 'registry.example/agent:2', name: 'main' }] },
        },
      },
    },
  ]);
  expect(bare(chart, 'PropagationPolicy')[0]).toMatchObject({
    metadata: { name: 'agent-daemonset' },
    spec: {
      placement: { replicaScheduling: { replicaSchedulingType: 'Duplicated' } },
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', namespace: 'default' }],
    },
  });
});

test('everything but the pods', () => {
  const chart = aChart();
  new MulticloudDaemonSet(chart, 'agent', {
    ...least,
    selector: { app: 'agent' },
    updateStrategy: {
      type: 'RollingUpdate',
      rollingUpdate: {
        maxSurge: kplus.k8s.IntOrString.fromString('10%'),
        maxUnavailable: kplus.k8s.IntOrString.fromNumber(0),
      },
    },
    minReady: Duration.seconds(5),
    revisionHistoryLimit: 0,
    restartToken: 'a',
  });

  expect(bare(chart, 'DaemonSet')[0].spec).toStrictEqual({
    minReadySeconds: 5,
    revisionHistoryLimit: 0,
    selector: { matchLabels: { app: 'agent' } },
    template: {
      metadata: { annotations: { 'workload.cdk8s-karmada.io/restart-token': 'a' }, labels: { app: 'agent' } },
      spec: { containers: [{ image: 'registry.example/agent:2', name: 'main' }] },
    },
    updateStrategy: { rollingUpdate: { maxSurge: '10%', maxUnavailable: 0 }, type: 'RollingUpdate' },
  });
});

describe('fails when', () => {
  const count = (number: number) => kplus.k8s.IntOrString.fromNumber(number);

  test.each<[string, Partial<MulticloudDaemonSetProps>, string[]]>([
    [
      'the placement divides',
      { placement: Placement.aggregated() },
      [
        'the placement divides, and Karmada does not divide a daemon set: it runs on every node of each cluster',
        'give Placement.duplicated() with the clusters that it is for',
      ],
    ],
    [
      'the strategy is no word of Kubernetes',
      { updateStrategy: { type: 'Recreate' } },
      ['`updateStrategy` has the type "Recreate"', 'give RollingUpdate or OnDelete'],
    ],
    [
      'pods could be replaced both ways',
      { updateStrategy: { rollingUpdate: { maxSurge: count(1) } } },
      [
        '`updateStrategy` has a `maxSurge` and a `maxUnavailable` that is not 0',
        'give one of the two, and 0 for the other',
      ],
    ],
    [
      'no pod could be replaced',
      { updateStrategy: { rollingUpdate: { maxUnavailable: count(0) } } },
      [
        '`updateStrategy` has neither `maxSurge` nor `maxUnavailable`, so no pod could be replaced',
        'give one of the two, and 0 for the other',
      ],
    ],
  ])('%s', (_, props, [what, fix]) => {
    expect(messageOf(() => new MulticloudDaemonSet(aChart(), 'agent', { ...least, ...props }))).toBe(
      [what, '  at shop/agent', `  fix: ${fix}`].join('\n'),
    );
  });
});
