import { ApiObject, Duration } from 'cdk8s';
import * as api from '../../src/api';
import { ResourceSelector } from '../../src/core/resource-selector';
import { Placement } from '../../src/policy/placement';
import { CronAutoscaler } from '../../src/workload/cron-autoscaler';
import { FederatedAutoscaler } from '../../src/workload/federated-autoscaler';
import { MultiClusterService } from '../../src/workload/multi-cluster-service';
import { ScalingMetric } from '../../src/workload/scaling-metric';
import { ScalingPolicy } from '../../src/workload/scaling-policy';
import { ScalingTarget } from '../../src/workload/scaling-target';
import { ServiceExposure } from '../../src/workload/service-exposure';
import { WorkloadRebalancer } from '../../src/workload/workload-rebalancer';
import { messageOf } from '../core/fake-instance';
import { aChart, chartOf, only, web } from './seen';

describe('scaling', () => {
  test('row 193: by use', () => {
    const scaleTarget = web({ placement: Placement.dynamicWeight() });
    const metrics = [
      ScalingMetric.cpu(ScalingTarget.averageUtilization(60)),
      ScalingMetric.memory(ScalingTarget.averageValue('1Gi')),
    ];
    scaleTarget.autoscale({ maxReplicas: 10, metrics });
    expect(only('FederatedHPA', chartOf(scaleTarget)).spec.metrics.map(({ resource }: any) => resource)).toStrictEqual([
      { name: 'cpu', target: { averageUtilization: 60, type: 'Utilization' } },
      { name: 'memory', target: { averageValue: '1Gi', type: 'AverageValue' } },
    ]);
  });

  test('row 194: range and cooldown', () => {
    const scaleTarget = web();
    const scaleDown = {
      stabilizationWindow: Duration.minutes(10),
      policies: [ScalingPolicy.pods(1, Duration.minutes(1))],
    };
    const props = { scaleTarget, minReplicas: 2, maxReplicas: 9, behavior: { scaleDown } };
    new FederatedAutoscaler(chartOf(scaleTarget), 'scaler', props);
    const { minReplicas, maxReplicas, behavior } = only('FederatedHPA', chartOf(scaleTarget)).spec;
    expect([minReplicas, maxReplicas, behavior.scaleDown.stabilizationWindowSeconds]).toEqual([2, 9, 600]);
  });

  test('row 211: by the clock, bounds or replicas', () => {
    const [scaleTarget, reports] = [web(), web()];
    const scaler = new FederatedAutoscaler(chartOf(scaleTarget), 'scaler', { scaleTarget, maxReplicas: 9 });
    const when = { name: 'morning', schedule: '0 8 * * MON-FRI', timeZone: 'Europe/Berlin' };
    scaler.addSchedule({ ...when, targetMinReplicas: 5 });
    const rules = [{ name: 'night', schedule: '@daily', targetReplicas: 0 }];
    new CronAutoscaler(chartOf(reports), 'scaler', { scaleTarget: reports, rules });
    expect(only('CronFederatedHPA', chartOf(scaleTarget)).spec).toStrictEqual({
      rules: [{ ...when, targetMinReplicas: 5 }],
      scaleTargetRef: {
        apiVersion: 'autoscaling.karmada.io/v1alpha1',
        kind: 'FederatedHPA',
        name: 'web-deployment',
      },
    });
    expect(only('CronFederatedHPA', chartOf(reports)).spec).toStrictEqual({
      rules,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    });
  });

  test('row 217: placing anew, once', () => {
    const deployment = web();
    new WorkloadRebalancer(chartOf(deployment), 'once', { workloads: [ResourceSelector.of(deployment.template)] });
    expect(only('WorkloadRebalancer', chartOf(deployment)).spec.workloads).toStrictEqual([
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'default' },
    ]);
  });

  test('row 218: by an autoscaler in each cluster, which keeps its number of pods', () => {
    const { labels } = only('Deployment', chartOf(web({ retainReplicas: true }))).metadata;
    expect(labels).toEqual({ 'resourcetemplate.karmada.io/retain-replicas': 'true' });
    expect(messageOf(() => web({ retainReplicas: true, placement: Placement.aggregated() }))).toBe(
      [
        'the placement divides the replicas, and the clusters keep their own (`retainReplicas`), so no share would ever reach a running deployment',
        '  at shop/web',
        '  fix: give Placement.duplicated() and an autoscaler in each cluster, or `autoscale` and no `retainReplicas`',
      ].join('\n'),
    );
  });
});

describe('services', () => {
  test('row 212: across clusters', () => {
    const chart = aChart();
    const service = new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } });
    const exposure = ServiceExposure.crossCluster({ providerClusters: ['berlin'], consumerClusters: ['paris'] });
    new MultiClusterService(chart, 'exposed', { service, exposure });
    expect(only('MultiClusterService', chart).spec).toStrictEqual({
      consumerClusters: [{ name: 'paris' }],
      providerClusters: [{ name: 'berlin' }],
      types: ['CrossCluster'],
    });
  });
});

/** What synth of one object of the typed Karmada API says: nothing, or why Karmada would refuse it. */
function synthesized(make: (chart: any) => unknown): string[] {
  const chart = aChart();
  make(chart);
  try {
    chart.toJson();
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').filter((text) => /^ {2}\S/.test(text));
  }
}

describe('other kinds of Karmada stand in a chart as they are, and are admitted or refused at synth', () => {
  test('row 210: quotas over clusters', () => {
    const quota = (hard: string) => (chart: any) =>
      new api.FederatedResourceQuota(chart, 'quota', {
        spec: { overall: { cpu: '10' }, staticAssignments: [{ clusterName: 'berlin', hard: { cpu: hard } }] },
      });
    expect(synthesized(quota('4'))).toEqual([]);
    expect(synthesized(quota('11'))).toEqual(['  [shop] overall allows 10 of cpu, but the clusters are assigned 11']);
  });

  test('row 213: exported and imported services', () => {
    expect(synthesized((chart) => new api.ServiceExport(chart, 'web'))).toEqual([]);
    const spec = { ports: [{ port: 80 }], type: api.ServiceImportType.CLUSTER_SET_IP };
    expect(synthesized((chart) => new api.ServiceImport(chart, 'web', { spec }))).toEqual([]);
  });

  test('row 214: an ingress over clusters', () => {
    const ingress = (path: string) => (chart: any) =>
      new api.MultiClusterIngress(chart, 'web', {
        spec: {
          rules: [
            {
              http: {
                paths: [{ path, pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
              },
            },
          ],
        },
      });
    expect(synthesized(ingress('/'))).toEqual([]);
    expect(synthesized(ingress('web'))).toEqual(['  [shop] path must be a path that begins with "/", got "web"']);
  });

  test('row 219: interpreters of custom kinds', () => {
    const interpreter = (luaScript: string) => (chart: any) =>
      new api.ResourceInterpreterCustomization(chart, 'game', {
        spec: {
          target: { apiVersion: 'game.example/v1', kind: 'Game' },
          customizations: { healthInterpretation: { luaScript } },
        },
      });
    expect(synthesized(interpreter('function InterpretHealth(o) return true end'))).toEqual([]);
    expect(synthesized(interpreter('function InterpretHealth(o'))).toEqual([expect.stringContaining('luaScript')]);
  });

  test('row 221: search over clusters, whose kinds stand in a chart as they are', () => {
    const registry = (chart: any) =>
      new ApiObject(chart, 'search', {
        apiVersion: 'search.karmada.io/v1alpha1',
        kind: 'ResourceRegistry',
        metadata: { name: 'pods' },
        spec: { targetCluster: { clusterNames: ['berlin'] }, resourceSelectors: [{ apiVersion: 'v1', kind: 'Pod' }] },
      });
    expect(synthesized(registry)).toEqual([]);
  });

  test('row 222: remedies', () => {
    const spec = { clusterAffinity: { clusterNames: ['berlin'] }, actions: ['TrafficControl'] };
    expect(synthesized((chart) => new api.Remedy(chart, 'dns', { spec }))).toEqual([]);
  });
});
