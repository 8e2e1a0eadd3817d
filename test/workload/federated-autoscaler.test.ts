import { Duration } from 'cdk8s';
import { FederatedAutoscaler, type FederatedAutoscalerProps } from '../../src/workload/federated-autoscaler';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { ScalingSelectPolicy } from '../../src/workload/scaling-behavior';
import { ScalingMetric } from '../../src/workload/scaling-metric';
import { ScalingPolicy } from '../../src/workload/scaling-policy';
import type { BoundsSchedule } from '../../src/workload/scaling-schedule';
import { ScalingTarget } from '../../src/workload/scaling-target';
import { aChart, bare, messageOf } from '../core/fake-instance';

function web(chart = aChart()): MulticloudDeployment {
  return new MulticloudDeployment(chart, 'web', { namespace: 'front', containers: [{ image: 'a:1' }] });
}

/** The autoscaler of a deployment, with these options. */
function autoscaler(props: Partial<FederatedAutoscalerProps> = {}): FederatedAutoscaler {
  const scaleTarget = web();
  return new FederatedAutoscaler(scaleTarget.node.scope as any, 'Scaler', { scaleTarget, maxReplicas: 10, ...props });
}

function spec(props: Partial<FederatedAutoscalerProps>): any {
  return bare(autoscaler(props).node.scope as any, 'FederatedHPA')[0].spec;
}

test('minimal: in the namespace and under the name of what it scales', () => {
  const scaler = autoscaler();

  expect(scaler.autoscalerName).toBe('web-deployment');
  expect(bare(scaler.node.scope as any, 'FederatedHPA')).toStrictEqual([
    {
      apiVersion: 'autoscaling.karmada.io/v1alpha1',
      kind: 'FederatedHPA',
      metadata: { name: 'web-deployment', namespace: 'front' },
      spec: {
        maxReplicas: 10,
        metrics: [
          { resource: { name: 'cpu', target: { averageUtilization: 80, type: 'Utilization' } }, type: 'Resource' },
        ],
        minReplicas: 1,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      },
    },
  ]);
  expect(bare(scaler.node.scope as any, 'CronFederatedHPA')).toEqual([]);
});

test('every metric', () => {
  const scaleTarget = web();
  const metrics = [
    ScalingMetric.cpu(ScalingTarget.averageUtilization(60)),
    ScalingMetric.memory(ScalingTarget.averageValue('2Gi')),
    ScalingMetric.containerCpu('main', ScalingTarget.averageValue('500m')),
    ScalingMetric.containerMemory('main', ScalingTarget.averageUtilization(70)),
    ScalingMetric.pods('requests_per_second', '100'),
    ScalingMetric.pods('queue', '30', { selector: { queue: 'mail' } }),
    ScalingMetric.object(scaleTarget.template, 'hits', ScalingTarget.value('10k')),
  ];

  expect(spec({ metrics }).metrics).toStrictEqual([
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
    { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '2Gi' } } },
    {
      type: 'ContainerResource',
      containerResource: { container: 'main', name: 'cpu', target: { type: 'AverageValue', averageValue: '500m' } },
    },
    {
      type: 'ContainerResource',
      containerResource: { container: 'main', name: 'memory', target: { type: 'Utilization', averageUtilization: 70 } },
    },
    {
      type: 'Pods',
      pods: { metric: { name: 'requests_per_second' }, target: { type: 'AverageValue', averageValue: '100' } },
    },
    {
      type: 'Pods',
      pods: {
        metric: { name: 'queue', selector: { matchLabels: { queue: 'mail' } } },
        target: { type: 'AverageValue', averageValue: '30' },
      },
    },
    {
      type: 'Object',
      object: {
        describedObject: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        metric: { name: 'hits' },
        target: { type: 'Value', value: '10k' },
      },
    },
  ]);
});

test('behaviour', () => {
  const behavior = {
    scaleUp: { stabilizationWindow: Duration.seconds(0), policies: [ScalingPolicy.pods(4, Duration.minutes(1))] },
    scaleDown: {
      stabilizationWindow: Duration.minutes(10),
      selectPolicy: ScalingSelectPolicy.MIN,
      policies: [ScalingPolicy.pods(1, Duration.minutes(1)), ScalingPolicy.percent(10, Duration.minutes(30))],
    },
  };

  expect(spec({ behavior }).behavior).toStrictEqual({
    scaleDown: {
      policies: [
        { periodSeconds: 60, type: 'Pods', value: 1 },
        { periodSeconds: 1800, type: 'Percent', value: 10 },
      ],
      selectPolicy: 'Min',
      stabilizationWindowSeconds: 600,
    },
    scaleUp: { policies: [{ periodSeconds: 60, type: 'Pods', value: 4 }], stabilizationWindowSeconds: 0 },
  });
  expect(spec({ behavior: {} }).behavior).toBeUndefined();
});

test('schedules change its bounds, in an object of the same name', () => {
  const scaler = autoscaler({ name: 'web', labels: { app: 'web' }, annotations: { why: 'sale' } });
  const rule = { schedule: '@daily', timeZone: 'Europe/Berlin', successfulHistoryLimit: 1, failedHistoryLimit: 0 };
  scaler.addSchedule({ name: 'up', targetMinReplicas: 5, targetMaxReplicas: 50, ...rule });
  scaler.addSchedule({ name: 'down', schedule: '0 20 * * MON-FRI', targetMinReplicas: 2, suspend: true });

  expect(bare(scaler.node.scope as any, 'CronFederatedHPA')).toStrictEqual([
    {
      apiVersion: 'autoscaling.karmada.io/v1alpha1',
      kind: 'CronFederatedHPA',
      metadata: { annotations: { why: 'sale' }, labels: { app: 'web' }, name: 'web', namespace: 'front' },
      spec: {
        rules: [
          {
            failedHistoryLimit: 0,
            name: 'up',
            schedule: '@daily',
            successfulHistoryLimit: 1,
            targetMaxReplicas: 50,
            targetMinReplicas: 5,
            timeZone: 'Europe/Berlin',
          },
          { name: 'down', schedule: '0 20 * * MON-FRI', suspend: true, targetMinReplicas: 2 },
        ],
        scaleTargetRef: { apiVersion: 'autoscaling.karmada.io/v1alpha1', kind: 'FederatedHPA', name: 'web' },
      },
    },
  ]);
});

describe('fails when', () => {
  test.each<[string, () => unknown, string[]]>([
    [
      'names, bounds, metrics and behaviour are wrong: all at once',
      () =>
        autoscaler({
          name: 'Web',
          minReplicas: 0,
          maxReplicas: 1.5,
          metrics: [],
          behavior: { scaleUp: { policies: [] }, scaleDown: { stabilizationWindow: Duration.hours(2) } },
        }),
      [
        '"Web" cannot be the name of an autoscaler',
        '  at shop/Scaler',
        '  fix: use at most 253 characters: lower case letters, digits and -, beginning and ending with a letter or a digit, parted by dots',
        '`minReplicas` must be a whole number of 1 or more, got 0',
        '  at shop/Scaler',
        '  fix: give one of 1 or more',
        '`maxReplicas` must be a whole number of 1 or more, got 1.5',
        '  at shop/Scaler',
        '  fix: give one of 1 or more',
        '`metrics` is empty, so Karmada would take its own default',
        '  at shop/Scaler',
        '  fix: give one metric or more, or leave it out for 80 percent of CPU',
        'the `policies` of `scaleUp` are empty',
        '  at shop/Scaler',
        '  fix: give one or more, leave them out, or use ScalingSelectPolicy.DISABLED to allow nothing',
        'the `stabilizationWindow` of `scaleDown` must be 0 to 3600 whole seconds, got 7200',
        '  at shop/Scaler',
        '  fix: give a window such as Duration.minutes(5)',
      ],
    ],
    [
      'the largest number is below the smallest',
      () => autoscaler({ minReplicas: 11 }),
      ['`maxReplicas` 10 is below `minReplicas` 11', '  at shop/Scaler', '  fix: raise the one or lower the other'],
    ],
    [
      'what it is to scale stands in a chart of another instance',
      () =>
        new FederatedAutoscaler(aChart(), 'Scaler', {
          maxReplicas: 3,
          scaleTarget: web(aChart()),
        }),
      [
        'Deployment (shop/web/Resource) goes to the Karmada of instance "east", and what refers to it goes to the Karmada of instance "east"',
        '  at shop/Scaler',
        '  fix: give an object of a chart that goes to the Karmada of instance "east"',
      ],
    ],
    [
      'a target does not fit the metric',
      () => ScalingMetric.containerCpu('Main', ScalingTarget.value('1')),
      [
        '"Main" cannot be the name of a container',
        '  fix: use at most 63 characters: lower case letters, digits and -, beginning and ending with a letter or a digit',
        'cpu cannot be held at a ScalingTarget.value',
        '  fix: use ScalingTarget.averageUtilization or ScalingTarget.averageValue',
      ],
    ],
    [
      'a metric of an object is to be held at a utilisation',
      () => ScalingMetric.object(web().template, 'a/b', ScalingTarget.averageUtilization(60)),
      [
        '"a/b" cannot be the name of a metric',
        '  fix: give text without "/" and "%", not "." or ".."',
        'the metric "a/b" cannot be held at a ScalingTarget.averageUtilization',
        '  fix: use ScalingTarget.value or ScalingTarget.averageValue',
      ],
    ],
    [
      'an amount is none',
      () => ScalingTarget.averageValue('0'),
      ['`averageValue` must be a quantity above 0, got "0"', '  fix: give a quantity such as 500m, 10k or 2Gi'],
    ],
    [
      'a utilisation is none',
      () => ScalingTarget.averageUtilization(0.8),
      [
        '`averageUtilization` must be a whole number of 1 percent or more, got 0.8',
        '  fix: give the share of the request that a pod should use on average, such as 60',
      ],
    ],
    [
      'a scaling policy allows nothing, or in no time',
      () => ScalingPolicy.percent(0, Duration.hours(1)),
      [
        'a scaling policy must allow a whole number of 1 percent or more, got 0',
        '  fix: give what may change in the period, or ScalingSelectPolicy.DISABLED to allow nothing',
        'the period of a scaling policy must be 1 to 1800 whole seconds, got 3600',
        '  fix: give a period such as Duration.seconds(60)',
      ],
    ],
  ])('%s', (_, act, lines) => {
    expect(messageOf(act)).toBe(lines.join('\n'));
  });

  test('a schedule is wrong: all at once', () => {
    const scaler = autoscaler();
    scaler.addSchedule({ name: 'up', schedule: '@daily', targetMinReplicas: 2 });
    const rule: BoundsSchedule = {
      name: 'up',
      schedule: '@every 5m',
      timeZone: 'Berlin',
      successfulHistoryLimit: 0,
      failedHistoryLimit: 33,
    };
    const at = '  at shop/Scaler (FederatedHPA/front/web-deployment)';

    expect(messageOf(() => scaler.addSchedule(rule))).toBe(
      [
        'two schedules have the name "up"',
        at,
        '  fix: give each a name of its own',
        '"@every 5m" is no schedule that Karmada understands',
        at,
        '  fix: give a cron expression of 5 to 7 fields such as 0 8 * * MON-FRI, or a macro such as @hourly; @every and TZ= are not known',
        '"Berlin" is no time zone',
        at,
        '  fix: give an IANA name such as Europe/Berlin, or UTC',
        '`successfulHistoryLimit` must be a whole number from 1 to 32, got 0',
        at,
        '  fix: give one from 1 to 32',
        '`failedHistoryLimit` must be a whole number from 0 to 32, got 33',
        at,
        '  fix: give one from 0 to 32',
        'a schedule sets neither bound',
        at,
        '  fix: give `targetMinReplicas`, `targetMaxReplicas` or both',
      ].join('\n'),
    );
    expect(
      messageOf(() => scaler.addSchedule({ name: '', schedule: '@daily', targetMinReplicas: 3, targetMaxReplicas: 2 })),
    ).toBe(
      [
        'the name of a schedule must have 1 to 32 characters, got ""',
        at,
        '  fix: give a short name, such as morning',
        '`targetMinReplicas` 3 is above `targetMaxReplicas` 2',
        at,
        '  fix: raise the one or lower the other',
      ].join('\n'),
    );
  });

  test('Karmada would refuse the bounds when their time comes', () => {
    const scaler = autoscaler({ minReplicas: 3 });
    scaler.addSchedule({ name: 'up', schedule: '@daily', targetMinReplicas: 11 });
    scaler.addSchedule({ name: 'down', schedule: '@daily', targetMaxReplicas: 2 });
    const at = '    at shop/Scaler (FederatedHPA/front/web-deployment)';

    expect(messageOf(() => (scaler.node.scope as any).toJson())).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop/Scaler] schedule "up" raises the smallest number of replicas to 11, and the largest is 10',
        at,
        '    fix: give the schedule a `targetMaxReplicas` too, or raise `maxReplicas`',
        '  [shop/Scaler] schedule "down" lowers the largest number of replicas to 2, and the smallest is 3',
        at,
        '    fix: give the schedule a `targetMinReplicas` too, or lower `minReplicas`',
      ].join('\n'),
    );
  });
});
