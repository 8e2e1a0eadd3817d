import type { Construct } from 'constructs';
import { Placement } from '../../src/policy/placement';
import type { FederatedAutoscaler, FederatedAutoscalerOptions } from '../../src/workload/federated-autoscaler';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { MulticloudStatefulSet } from '../../src/workload/multicloud-stateful-set';
import { ScalingMetric } from '../../src/workload/scaling-metric';
import { ScalingTarget } from '../../src/workload/scaling-target';
import { aChart, bare, messageOf } from '../core/fake-instance';

const containers = [{ image: 'registry.example/web:1' }];
const placement = Placement.dynamicWeight();

interface Scaled {
  autoscale(options: FederatedAutoscalerOptions): FederatedAutoscaler;
}

describe.each<[string, (chart: Construct) => Scaled]>([
  ['Deployment', (chart) => new MulticloudDeployment(chart, 'web', { containers, placement, namespace: 'front' })],
  [
    'StatefulSet',
    (chart) =>
      new MulticloudStatefulSet(chart, 'web', { containers, placement, namespace: 'front', serviceName: 'web' }),
  ],
])('the autoscaler of a %s', (kind, workload) => {
  const name = `web-${kind.toLowerCase()}`;

  test('is a FederatedHPA for it, beside it', () => {
    const chart = aChart();
    const metrics = [ScalingMetric.memory(ScalingTarget.averageValue('1Gi'))];
    workload(chart).autoscale({ minReplicas: 2, maxReplicas: 9, metrics, labels: { tier: 'front' } });

    expect(bare(chart, 'FederatedHPA')).toStrictEqual([
      {
        apiVersion: 'autoscaling.karmada.io/v1alpha1',
        kind: 'FederatedHPA',
        metadata: { labels: { tier: 'front' }, name, namespace: 'front' },
        spec: {
          maxReplicas: 9,
          metrics: [
            { resource: { name: 'memory', target: { averageValue: '1Gi', type: 'AverageValue' } }, type: 'Resource' },
          ],
          minReplicas: 2,
          scaleTargetRef: { apiVersion: 'apps/v1', kind, name: 'web' },
        },
      },
    ]);
  });

  test('takes schedules', () => {
    const chart = aChart();
    const autoscaler = workload(chart).autoscale({ maxReplicas: 9, name: 'web' });
    autoscaler.addSchedule({ name: 'morning', schedule: '0 8 * * *', targetMinReplicas: 5 });

    expect(autoscaler.autoscalerName).toBe('web');
    expect(bare(chart, 'CronFederatedHPA')[0].spec.rules).toStrictEqual([
      { name: 'morning', schedule: '0 8 * * *', targetMinReplicas: 5 },
    ]);
  });

  test('is the only one', () => {
    const scaled = workload(aChart());
    scaled.autoscale({ maxReplicas: 9 });

    expect(messageOf(() => scaled.autoscale({ maxReplicas: 10 }))).toBe(
      [
        `${kind} web has an autoscaler already`,
        '  at shop/web',
        '  fix: call `autoscale` once; more metrics, and schedules with `addSchedule`, go to the same autoscaler',
      ].join('\n'),
    );
  });

  test('is refused by what Karmada would refuse', () => {
    expect(messageOf(() => workload(aChart()).autoscale({ maxReplicas: 0 }))).toBe(
      [
        '`maxReplicas` must be a whole number of 1 or more, got 0',
        '  at shop/web/Autoscaler',
        '  fix: give one of 1 or more',
      ].join('\n'),
    );
  });
});

test('clusters that keep their own replicas are not scaled from Karmada', () => {
  const web = new MulticloudDeployment(aChart(), 'web', { containers, retainReplicas: true });

  expect(messageOf(() => web.autoscale({ maxReplicas: 9 }))).toBe(
    [
      'the clusters keep their own replicas of web (`retainReplicas`), so a new number would never reach them',
      '  at shop/web/Autoscaler',
      '  fix: leave `retainReplicas` out, or scale it with an autoscaler in each cluster',
    ].join('\n'),
  );
});
