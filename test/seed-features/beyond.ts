import { ApiObject, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import * as api from '../../src/api';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ResourceSelector } from '../../src/core/resource-selector';
import { ClusterCondition, ConditionStatus } from '../../src/member/cluster-condition';
import { ClusterTaint } from '../../src/member/cluster-taint';
import { ClusterTaintPolicy } from '../../src/member/cluster-taint-policy';
import { MemberCluster, type MemberClusterProps, SyncMode } from '../../src/member/member-cluster';
import { ResourceModels } from '../../src/member/resource-models';
import { Workspace } from '../../src/member/workspace';
import { WorkspaceAccess } from '../../src/member/workspace-access';
import { ApplicationFailover } from '../../src/policy/application-failover';
import { ClusterFailover } from '../../src/policy/cluster-failover';
import { ClusterOverridePolicy } from '../../src/policy/cluster-override-policy';
import { ClusterPropagationPolicy } from '../../src/policy/cluster-propagation-policy';
import { OverridePolicy } from '../../src/policy/override-policy';
import { Overrider } from '../../src/policy/overrider';
import { Placement } from '../../src/policy/placement';
import {
  ActivationPreference,
  ConflictResolution,
  Preemption,
  type PropagationOptions,
} from '../../src/policy/propagation-options';
import { PropagationPolicy } from '../../src/policy/propagation-policy';
import { Suspension } from '../../src/policy/suspension';
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

/** The Cluster that a member cluster with these settings becomes. */
function member(props: MemberClusterProps): any {
  const chart = aChart();
  new MemberCluster(chart, 'berlin', props);
  return only('Cluster', chart);
}

/** The spec of a policy with these options. */
function policy(options: PropagationOptions): any {
  const chart = aChart();
  new PropagationPolicy(chart, 'Policy', {
    resources: [ResourceSelector.named('apps/v1', 'Deployment', 'web')],
    ...options,
  });
  return only('PropagationPolicy', chart).spec;
}

describe('members and workspaces', () => {
  test('row 137: namespaces and clusters for a team', () => {
    const chart = aChart();
    const access = [WorkspaceAccess.edit({ groups: ['shop'] })];
    new Workspace(chart, 'shop', { namespaces: ['shop'], clusters: ['berlin'], access });
    expect(only('RoleBinding', chart).subjects).toStrictEqual([
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'shop' },
    ]);
    expect(only('ClusterRole', chart).rules).toContainEqual(
      expect.objectContaining({ resourceNames: ['berlin'], resources: ['clusters/proxy'] }),
    );
  });

  test('row 145: scheduling to a cluster is paused by a taint', () => {
    expect(member({ schedulingPaused: true }).spec.taints).toStrictEqual([
      { effect: 'NoSchedule', key: 'cluster.karmada.io/unschedulable' },
    ]);
  });

  test('row 146: and goes on without it', () => {
    expect(member({ schedulingPaused: false, taints: [ClusterTaint.noSchedule('lab')] }).spec.taints).toStrictEqual([
      { effect: 'NoSchedule', key: 'lab' },
    ]);
  });

  test('row 147: labels and taints, one for each key and effect', () => {
    expect(member({ labels: { tier: 'edge' } }).metadata.labels).toEqual({ tier: 'edge' });
    const taints = [ClusterTaint.noSchedule('team', 'shop'), ClusterTaint.noSchedule('team', 'mail')];
    expect(messageOf(() => member({ taints }))).toBe(
      [
        'two taints have one key and effect, "team:NoSchedule"',
        '  at shop/berlin',
        '  fix: give one of them; a cluster holds one value for each key and effect',
      ].join('\n'),
    );
  });

  test('row 148: a taint that evicts', () => {
    expect(member({ taints: [ClusterTaint.noExecute('lab')] }).spec.taints).toStrictEqual([
      { effect: 'NoExecute', key: 'lab' },
    ]);
  });

  test('row 223: push and pull', () => {
    expect(member({ syncMode: SyncMode.PULL }).spec.syncMode).toBe('Pull');
  });

  test('row 224: resource models', () => {
    const resourceModels = ResourceModels.endingAt({ cpu: Cpu.units(4), memory: Size.gibibytes(16) });
    expect(member({ resourceModels }).spec.resourceModels.map(({ grade }: any) => grade)).toEqual([0, 1]);
  });
});

describe('names and namespaces', () => {
  test('row 156: namespace default by default', () => {
    expect(only('Deployment', chartOf(web())).metadata.namespace).toBe('default');
    expect(only('Deployment', chartOf(web({ namespace: 'front' }))).metadata.namespace).toBe('front');
  });
});

describe('policies', () => {
  test('row 180: of a namespace and of the whole Karmada', () => {
    const chart = aChart();
    const resources = [ResourceSelector.named('apps/v1', 'Deployment', 'web')];
    const placement = Placement.staticWeight([
      { clusters: ClusterSelector.names('berlin'), weight: 2 },
      { clusters: ClusterSelector.names('paris'), weight: 1 },
    ]);
    new PropagationPolicy(chart, 'Own', { resources, placement, priority: 5, labels: { app: 'web' } });
    new ClusterPropagationPolicy(chart, 'Whole', { resources: [ResourceSelector.named('v1', 'Namespace', 'front')] });
    const { metadata, spec } = only('PropagationPolicy', chart);
    expect([metadata.labels, spec.priority]).toEqual([{ app: 'web' }, 5]);
    expect(spec.placement.replicaScheduling.weightPreference.staticWeightList).toHaveLength(2);
    expect(only('ClusterPropagationPolicy', chart).spec.resourceSelectors).toStrictEqual([
      { apiVersion: 'v1', kind: 'Namespace', name: 'front' },
    ]);
  });

  test('row 181: overrides of a namespace and of the whole Karmada', () => {
    const chart = aChart();
    const rules = [{ overriders: [Overrider.image({ registry: 'mirror.example' }), Overrider.label('tier', 'edge')] }];
    const resources = [ResourceSelector.named('apps/v1', 'Deployment', 'web')];
    new OverridePolicy(chart, 'Own', { resources, rules });
    new ClusterOverridePolicy(chart, 'Whole', {
      resources: [ResourceSelector.everything('apps/v1', 'Deployment')],
      rules,
    });
    const overriders = (kind: string) => Object.keys(only(kind, chart).spec.overrideRules[0].overriders).sort();
    expect(overriders('OverridePolicy')).toEqual(['imageOverrider', 'labelsOverrider']);
    expect(overriders('ClusterOverridePolicy')).toEqual(['imageOverrider', 'labelsOverrider']);
  });

  test('row 184: failover is off unless asked for', () => {
    expect(policy({}).failover).toBeUndefined();
    expect(
      policy({ autoPropagate: true, failover: { application: ApplicationFailover.directly() } }).failover,
    ).toStrictEqual({
      application: { decisionConditions: { tolerationSeconds: 300 }, purgeMode: 'Directly' },
    });
  });

  test('row 198: priority and preemption', () => {
    const { priority, preemption } = policy({ priority: 10, preemption: Preemption.ALWAYS });
    expect([priority, preemption]).toEqual([10, 'Always']);
  });

  test('row 200: a selector reaches the namespace of its policy', () => {
    expect(policy({}).resourceSelectors).toStrictEqual([
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'default' },
    ]);
  });

  test('row 201: what is there already is overwritten when asked', () => {
    expect(policy({ conflictResolution: ConflictResolution.OVERWRITE }).conflictResolution).toBe('Overwrite');
  });

  test('row 202: lazy activation', () => {
    expect(policy({ activationPreference: ActivationPreference.LAZY }).activationPreference).toBe('Lazy');
  });

  test('row 203: suspension, everywhere or on some clusters', () => {
    expect(policy({ suspension: Suspension.everywhere() }).suspension).toStrictEqual({ dispatching: true });
    expect(policy({ suspension: Suspension.on('berlin') }).suspension).toStrictEqual({
      dispatchingOnClusters: { clusterNames: ['berlin'] },
    });
  });

  test('row 204: objects stay when their policy goes', () => {
    expect(policy({ preserveResourcesOnDeletion: true }).preserveResourcesOnDeletion).toBe(true);
  });

  test('row 205: priority in the queue of the scheduler', () => {
    expect(policy({ schedulePriority: 'high' }).schedulePriority).toStrictEqual({
      priorityClassName: 'high',
      priorityClassSource: 'KubePriorityClass',
    });
  });

  test('row 206: failover of an application', () => {
    const application = ApplicationFailover.gracefully({
      tolerationSeconds: Duration.minutes(1),
      gracePeriodSeconds: Duration.minutes(2),
    });
    expect(policy({ autoPropagate: true, failover: { application } }).failover.application).toStrictEqual({
      decisionConditions: { tolerationSeconds: 60 },
      gracePeriodSeconds: 120,
      purgeMode: 'Gracefully',
    });
  });

  test('row 207: failover of a cluster', () => {
    expect(policy({ failover: { cluster: ClusterFailover.gracefully() } }).failover).toStrictEqual({
      cluster: { purgeMode: 'Gracefully' },
    });
  });

  test('row 208: state that outlives a failover', () => {
    const application = ApplicationFailover.directly({ statePreservation: { 'shop/last': '{.jobId}' } });
    expect(
      policy({ autoPropagate: true, failover: { application } }).failover.application.statePreservation,
    ).toStrictEqual({
      rules: [{ aliasLabelName: 'shop/last', jsonPath: '{.jobId}' }],
    });
  });

  test('row 209: taints by condition', () => {
    const chart = aChart();
    new ClusterTaintPolicy(chart, 'Storage', {
      addOnConditions: [ClusterCondition.isIn('StorageHealthy', ConditionStatus.FALSE)],
      taints: [ClusterTaint.noSchedule('storage')],
    });
    expect(only('ClusterTaintPolicy', chart).spec).toStrictEqual({
      addOnConditions: [{ conditionType: 'StorageHealthy', operator: 'In', statusValues: ['False'] }],
      taints: [{ effect: 'NoSchedule', key: 'storage' }],
    });
  });
});

describe('scaling', () => {
  test('row 193: by use', () => {
    const scaleTarget = web({ placement: Placement.dynamicWeight() });
    const metrics = [
      ScalingMetric.cpu(ScalingTarget.averageUtilization(60)),
      ScalingMetric.memory(ScalingTarget.averageValue('1Gi')),
    ];
    new FederatedAutoscaler(chartOf(scaleTarget), 'scaler', { scaleTarget, maxReplicas: 10, metrics });
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

  test('row 222: remedies', () => {
    const spec = { clusterAffinity: { clusterNames: ['berlin'] }, actions: ['TrafficControl'] };
    expect(synthesized((chart) => new api.Remedy(chart, 'dns', { spec }))).toEqual([]);
  });
});
