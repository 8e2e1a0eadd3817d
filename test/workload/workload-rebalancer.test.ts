import { Duration } from 'cdk8s';
import { ResourceSelector } from '../../src/core/resource-selector';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { WorkloadRebalancer } from '../../src/workload/workload-rebalancer';
import { aChart, bare, messageOf } from '../core/fake-instance';

test('names what is placed anew', () => {
  const chart = aChart();
  const web = new MulticloudDeployment(chart, 'web', { namespace: 'front', containers: [{ image: 'a:1' }] });
  new WorkloadRebalancer(chart, 'Once', {
    workloads: [ResourceSelector.of(web.template), ResourceSelector.named('batch/v1', 'Job', 'report')],
    ttlAfterFinished: Duration.minutes(5),
    annotations: { why: 'berlin came back' },
  });

  expect(bare(chart, 'WorkloadRebalancer')).toStrictEqual([
    {
      apiVersion: 'apps.karmada.io/v1alpha1',
      kind: 'WorkloadRebalancer',
      metadata: { annotations: { why: 'berlin came back' }, name: 'once' },
      spec: {
        ttlSecondsAfterFinished: 300,
        workloads: [
          { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'front' },
          { apiVersion: 'batch/v1', kind: 'Job', name: 'report', namespace: 'default' },
        ],
      },
    },
  ]);
});

describe('fails when', () => {
  test('the name is none, a selector names nothing and the time is no whole number: all at once', () => {
    const props = {
      name: 'Once!',
      workloads: [ResourceSelector.everything('apps/v1', 'Deployment')],
      ttlAfterFinished: Duration.millis(1500),
    };

    expect(messageOf(() => new WorkloadRebalancer(aChart(), 'Once', props))).toBe(
      [
        '"Once!" cannot be the name of a WorkloadRebalancer',
        '  at shop/Once',
        '  fix: use at most 253 characters: lower case letters, digits and -, beginning and ending with a letter or a digit, parted by dots',
        'a selector of Deployment names no object, and Karmada places anew only what is named',
        '  at shop/Once',
        '  fix: use ResourceSelector.of(construct) or ResourceSelector.named',
        '`ttlAfterFinished` must be a whole number of seconds, got 1.5',
        '  at shop/Once',
        '  fix: give whole seconds, at most 2147483647',
      ].join('\n'),
    );
  });

  test('there is nothing to place anew', () => {
    expect(messageOf(() => new WorkloadRebalancer(aChart(), 'Once', { workloads: [] }))).toBe(
      [
        '`workloads` is empty, so nothing would be placed anew',
        '  at shop/Once',
        '  fix: give one workload or more',
      ].join('\n'),
    );
  });
});
