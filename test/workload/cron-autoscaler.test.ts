import { CronAutoscaler, type CronAutoscalerProps } from '../../src/workload/cron-autoscaler';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { aChart, bare, messageOf } from '../core/fake-instance';

const night = { name: 'night', schedule: '0 22 * * *', targetReplicas: 12 };

function scaler(props: Partial<CronAutoscalerProps> = {}): CronAutoscaler {
  const chart = aChart();
  const scaleTarget = new MulticloudDeployment(chart, 'reports', { containers: [{ image: 'a:1' }] });
  return new CronAutoscaler(chart, 'Scaler', { scaleTarget, rules: [night], ...props });
}

test('scales the workload itself', () => {
  const reports = scaler();
  reports.addSchedule({ name: 'day', schedule: '0 6 * * *', timeZone: 'UTC', targetReplicas: 0, suspend: false });

  expect(reports.autoscalerName).toBe('reports-deployment');
  expect(bare(reports.node.scope as any, 'CronFederatedHPA')).toStrictEqual([
    {
      apiVersion: 'autoscaling.karmada.io/v1alpha1',
      kind: 'CronFederatedHPA',
      metadata: { name: 'reports-deployment', namespace: 'default' },
      spec: {
        rules: [night, { name: 'day', schedule: '0 6 * * *', suspend: false, targetReplicas: 0, timeZone: 'UTC' }],
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'reports' },
      },
    },
  ]);
});

test('fails when nothing would ever be scaled', () => {
  expect(messageOf(() => scaler({ rules: [] }))).toBe(
    ['`rules` is empty, so nothing would ever be scaled', '  at shop/Scaler', '  fix: give one rule or more'].join(
      '\n',
    ),
  );
});

test('fails when rules are wrong: all at once', () => {
  const wrong = { name: 'night', schedule: 'now', targetReplicas: -1 };
  const complaint = (at: string) => [
    'two schedules have the name "night"',
    at,
    '  fix: give each a name of its own',
    '"now" is no schedule that Karmada understands',
    at,
    '  fix: give a cron expression of 5 to 7 fields such as 0 8 * * MON-FRI, or a macro such as @hourly; @every and TZ= are not known',
    '`targetReplicas` must be a whole number of 0 or more, got -1',
    at,
    '  fix: give one of 0 or more',
  ];

  expect(messageOf(() => scaler({ rules: [night, wrong] }))).toBe(complaint('  at shop/Scaler').join('\n'));
  expect(messageOf(() => scaler().addSchedule(wrong))).toBe(
    complaint('  at shop/Scaler (CronFederatedHPA/default/reports-deployment)').join('\n'),
  );
});
