import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { ClusterTaint } from '../../src/member/cluster-taint';
import { MemberCluster, type MemberClusterProps, SyncMode } from '../../src/member/member-cluster';
import { ResourceModels } from '../../src/member/resource-models';
import { Workspace } from '../../src/member/workspace';
import { WorkspaceAccess } from '../../src/member/workspace-access';
import { messageOf } from '../core/fake-instance';
import { aChart, only } from './seen';

/** The Cluster that a member cluster with these settings becomes. */
function member(props: MemberClusterProps): any {
  const chart = aChart();
  new MemberCluster(chart, 'berlin', props);
  return only('Cluster', chart);
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
