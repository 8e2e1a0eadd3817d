import { Duration } from 'cdk8s';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ResourceSelector } from '../../src/core/resource-selector';
import { ClusterCondition, ConditionStatus } from '../../src/member/cluster-condition';
import { ClusterTaint } from '../../src/member/cluster-taint';
import { ClusterTaintPolicy } from '../../src/member/cluster-taint-policy';
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
import { aChart, only } from './seen';

/** The spec of a policy with these options. */
function policy(options: PropagationOptions): any {
  const chart = aChart();
  new PropagationPolicy(chart, 'Policy', {
    resources: [ResourceSelector.named('apps/v1', 'Deployment', 'web')],
    ...options,
  });
  return only('PropagationPolicy', chart).spec;
}

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
