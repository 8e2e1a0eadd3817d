import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { MulticloudDeploymentProps } from '../../src/workload/multicloud-deployment';
import { messageOf } from '../core/fake-instance';
import { chartOf, only, podOf, web } from './seen';

function spec(props: Partial<MulticloudDeploymentProps>): any {
  return only('Deployment', chartOf(web(props))).spec;
}

describe('advanced configuration', () => {
  test('row 97: DNS policies', () => {
    const policy = (dns: kplus.PodDnsProps) => podOf({ dns }).spec.dnsPolicy;
    expect(policy({ policy: kplus.DnsPolicy.DEFAULT })).toBe('Default');
    expect(policy({ policy: kplus.DnsPolicy.CLUSTER_FIRST_WITH_HOST_NET })).toBe('ClusterFirstWithHostNet');
    expect(policy({ policy: kplus.DnsPolicy.NONE, nameservers: ['9.9.9.9'] })).toBe('None');
    expect(messageOf(() => policy({ policy: kplus.DnsPolicy.NONE }))).toMatch(/nameserver/i);
  });

  test('row 98: DNS servers, search domains, options, host aliases', () => {
    const dns = { nameservers: ['9.9.9.9'], searches: ['shop.example'], options: [{ name: 'ndots', value: '2' }] };
    const { spec } = podOf({ dns, hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }] });
    expect(spec.dnsConfig).toStrictEqual({
      nameservers: ['9.9.9.9'],
      options: [{ name: 'ndots', value: '2' }],
      searches: ['shop.example'],
    });
    expect(spec.hostAliases).toStrictEqual([{ hostnames: ['db'], ip: '10.0.0.1' }]);
    const many = Array.from({ length: 33 }, (_, index) => `d${index}.example`);
    expect(messageOf(() => podOf({ dns: { searches: many } }))).toMatch(/search/i);
  });

  test('row 99: rolling, or all at once', () => {
    expect(spec({ strategy: kplus.DeploymentStrategy.recreate() }).strategy).toStrictEqual({ type: 'Recreate' });
    expect(spec({}).strategy).toBeUndefined();
  });

  test('row 100: how many may be missing or too many', () => {
    const strategy = kplus.DeploymentStrategy.rollingUpdate({
      maxSurge: kplus.PercentOrAbsolute.percent(50),
      maxUnavailable: kplus.PercentOrAbsolute.absolute(0),
    });
    expect(spec({ strategy }).strategy).toStrictEqual({
      rollingUpdate: { maxSurge: '50%', maxUnavailable: 0 },
      type: 'RollingUpdate',
    });
  });

  test('row 101: old revisions', () => {
    expect(spec({ revisionHistoryLimit: 3 }).revisionHistoryLimit).toBe(3);
  });

  test('row 102: ready for how long, and failed after how long', () => {
    const { minReadySeconds, progressDeadlineSeconds } = spec({
      minReady: Duration.seconds(10),
      progressDeadline: Duration.minutes(5),
    });
    expect([minReadySeconds, progressDeadlineSeconds]).toEqual([10, 300]);
  });

  test('row 103: the time to end in', () => {
    const period = (terminationGracePeriod: Duration) =>
      podOf({ terminationGracePeriod }).spec.terminationGracePeriodSeconds;
    expect(period(Duration.minutes(2))).toBe(120);
    expect(messageOf(() => period(Duration.millis(1500)))).toContain('terminationGracePeriod');
  });

  test('row 104: how long a lost node is tolerated', () => {
    expect(podOf({ nodeUnavailableToleration: Duration.minutes(1) }).spec.tolerations).toStrictEqual([
      { effect: 'NoExecute', key: 'node.kubernetes.io/not-ready', operator: 'Exists', tolerationSeconds: 60 },
      { effect: 'NoExecute', key: 'node.kubernetes.io/unreachable', operator: 'Exists', tolerationSeconds: 60 },
    ]);
  });

  test('row 105: affinity to nodes and to pods', () => {
    const affinity: kplus.k8s.Affinity = {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } },
        ],
      },
    };
    expect(podOf({ affinity }).spec.affinity).toStrictEqual(affinity);
  });

  test('row 106: labels and annotations of the workload and of its pods', () => {
    const { metadata, spec } = only(
      'Deployment',
      chartOf(web({ labels: { a: '1' }, annotations: { b: '2' }, podLabels: { c: '3' }, podAnnotations: { d: '4' } })),
    );
    expect([metadata.labels, metadata.annotations]).toEqual([{ a: '1' }, { b: '2' }]);
    expect(spec.template.metadata).toEqual({
      annotations: { d: '4' },
      labels: { 'app.kubernetes.io/name': 'web', c: '3' },
    });
  });
});
