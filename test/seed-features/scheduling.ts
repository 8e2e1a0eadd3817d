import * as kplus from 'cdk8s-plus-28';
import { ClusterToleration } from '../../src/core/cluster-toleration';
import { ClusterTaint } from '../../src/member/cluster-taint';
import { MemberCluster } from '../../src/member/member-cluster';
import { Placement } from '../../src/policy/placement';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { aChart, chartOf, cluster, only, placementOf, replicasOn, seen, web } from './seen';

const cpu = (cpus: number) => ({
  containers: [{ image: 'registry.example/web:1', resources: { cpu: { request: kplus.Cpu.units(cpus) } } }],
});

describe('scheduling and count', () => {
  test('row 61: one replica, or as many as given', () => {
    expect(only('Deployment', chartOf(web())).spec.replicas).toBe(1);
    expect(only('Deployment', chartOf(web({ replicas: 6 }))).spec.replicas).toBe(6);
  });

  test('row 62: duplicated', () => {
    expect(placementOf({ placement: Placement.duplicated() }).replicaScheduling).toStrictEqual({
      replicaSchedulingType: 'Duplicated',
    });
  });

  test('row 63: duplicated runs the count on each cluster', () => {
    const fleet = ['berlin', 'paris', 'rome', 'oslo'].map((name) => cluster(name));
    expect(replicasOn(chartOf(web({ replicas: 3 })), ...fleet)).toEqual({ berlin: 3, oslo: 3, paris: 3, rome: 3 });
  });

  test('row 64: aggregated', () => {
    expect(placementOf({ placement: Placement.aggregated() }).replicaScheduling).toStrictEqual({
      replicaDivisionPreference: 'Aggregated',
      replicaSchedulingType: 'Divided',
    });
  });

  test('row 65: aggregated runs the count in all, on as few clusters as it takes', () => {
    const deployment = web({ replicas: 10, placement: Placement.aggregated(), ...cpu(1) });
    const fleet = [cluster('berlin', {}, {}, 4), cluster('paris', {}, {}, 12), cluster('rome', {}, {}, 6)];
    expect(replicasOn(chartOf(deployment), ...fleet)).toEqual({ paris: 10 });
  });

  test('row 66: by dynamic weight', () => {
    expect(placementOf({ placement: Placement.dynamicWeight() }).replicaScheduling).toStrictEqual({
      replicaDivisionPreference: 'Weighted',
      replicaSchedulingType: 'Divided',
      weightPreference: { dynamicWeight: 'AvailableReplicas' },
    });
  });

  test('row 67: by dynamic weight runs the count in all, as there is room', () => {
    const deployment = web({ replicas: 12, placement: Placement.dynamicWeight(), ...cpu(1) });
    const fleet = [cluster('berlin', {}, {}, 6), cluster('paris', {}, {}, 12), cluster('rome', {}, {}, 18)];
    expect(replicasOn(chartOf(deployment), ...fleet)).toEqual({ berlin: 2, paris: 4, rome: 6 });
  });
});

describe('advanced propagation', () => {
  test('row 69: what it uses goes along unless told otherwise', () => {
    expect(only('PropagationPolicy', chartOf(web())).spec.propagateDeps).toBe(true);
    expect(only('PropagationPolicy', chartOf(web({ autoPropagate: false }))).spec.propagateDeps).toBe(false);
  });

  test('row 70: config maps go along, services do not', () => {
    const chart = aChart();
    const settings = new kplus.ConfigMap(chart, 'settings', { metadata: { name: 'settings' } });
    new kplus.Service(chart, 'service', { metadata: { name: 'web' }, ports: [{ port: 80 }] });
    new MulticloudDeployment(chart, 'web', {
      containers: [{ image: 'a:1', envFrom: [kplus.Env.fromConfigMap(settings)] }],
    });
    const clustersOf = (preview: any, kind: string) =>
      preview.resources
        .find(({ resource }: any) => resource.kind === kind)
        .outcomes.flatMap(({ requiredBy = [] }: any) => requiredBy.flatMap(({ clusters }: any) => clusters));
    const preview = seen(chart, cluster('berlin'));
    expect(clustersOf(preview, 'ConfigMap')).toEqual([{ name: 'berlin', replicas: 1 }]);
    expect(clustersOf(preview, 'Service')).toEqual([]);
  });

  test('row 75: taints of a cluster', () => {
    const chart = aChart();
    new MemberCluster(chart, 'berlin', {
      taints: [ClusterTaint.noSchedule('team', 'shop'), ClusterTaint.noExecute('lab')],
    });
    expect(only('Cluster', chart).spec.taints).toStrictEqual([
      { effect: 'NoSchedule', key: 'team', value: 'shop' },
      { effect: 'NoExecute', key: 'lab' },
    ]);
  });

  const tainted = cluster('berlin', { taints: [{ key: 'team', value: 'shop', effect: 'NoSchedule' }] });

  test('row 76: a taint keeps workloads off', () => {
    expect(replicasOn(chartOf(web()), tainted, cluster('paris'))).toEqual({ paris: 1 });
  });

  test('row 77: a toleration lets them on', () => {
    const placement = Placement.duplicated({ tolerations: [ClusterToleration.equal('team', 'shop')] });
    expect(placementOf({ placement }).clusterTolerations).toStrictEqual([
      { key: 'team', operator: 'Equal', value: 'shop' },
    ]);
    expect(replicasOn(chartOf(web({ placement })), tainted, cluster('paris'))).toEqual({ berlin: 1, paris: 1 });
  });

  test('row 83: deletion protection', () => {
    expect(only('Deployment', chartOf(web({ deletionProtection: true }))).metadata.labels).toEqual({
      'resourcetemplate.karmada.io/deletion-protected': 'Always',
    });
  });

  test('row 84: deletion protection of a cluster', () => {
    const chart = aChart();
    new MemberCluster(chart, 'berlin', { deletionProtection: true });
    expect(only('Cluster', chart).metadata.labels).toEqual({
      'resourcetemplate.karmada.io/deletion-protected': 'Always',
    });
  });
});
