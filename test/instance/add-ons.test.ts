import { readPkiPlan } from '../../cli/apply/pki/plan';
import { Findings } from '../../src/core/findings';
import type { ComponentsOptions } from '../../src/instance/component-options';
import { messageOf } from '../core/fake-instance';
import { anInstance, find, flagsOf, listed, mountsOf, podOf } from './an-instance';

const PKI = '/etc/karmada/pki';
const deployment = (components: ComponentsOptions, name: string, props = {}) =>
  find(anInstance({ components, ...props }).host, 'Deployment', name);
const plan = (components: ComponentsOptions, props = {}) =>
  readPkiPlan(find(anInstance({ components, ...props }).host, 'ConfigMap', 'east-pki-plan')) as any;
const added = (components: ComponentsOptions) => {
  const before = listed(anInstance().host);
  return listed(anInstance({ components }).host).filter((line) => !before.includes(line));
};
const secrets = (components: ComponentsOptions) => {
  const names = (given?: ComponentsOptions) => plan(given ?? {}).certificates.map(({ secret }: any) => secret);
  return names(components).filter((name: string) => !names().includes(name));
};

describe('karmada-search', () => {
  const components = { karmadaSearch: {} };

  test('its objects, and its API on Karmada', () => {
    expect(added(components)).toEqual([
      '0 Service/karmada-search',
      '6 Deployment/karmada-search',
      '0 PodDisruptionBudget/karmada-search',
      '0 ServiceAccount/karmada-search',
      '0 NetworkPolicy/karmada-search',
    ]);
    const { karmada } = anInstance({ components, namespace: 'fleet' });
    expect(find(karmada, 'Service', 'karmada-search').spec).toEqual({
      type: 'ExternalName',
      externalName: 'karmada-search.fleet.svc.cluster.local',
    });
    expect(find(karmada, 'APIService', 'v1alpha1.search.karmada.io')).toMatchObject({
      metadata: { annotations: { 'cdk8s-karmada.io/wave': '7', 'cdk8s-karmada.io/inject-ca': 'karmada-ca' } },
      spec: {
        group: 'search.karmada.io',
        version: 'v1alpha1',
        groupPriorityMinimum: 2000,
        versionPriority: 10,
        service: { namespace: 'karmada-system', name: 'karmada-search', port: 443 },
      },
    });
  });

  test('it stores in etcd, and is a server', () => {
    expect(secrets(components)).toEqual([
      'karmada-search-cert',
      'karmada-search-etcd-client-cert',
      'karmada-search-client-cert',
    ]);
    expect(mountsOf(deployment(components, 'karmada-search'))).toEqual({
      '/etc/karmada/config': 'ConfigMap/karmada-component-kubeconfig, read-only',
      [`${PKI}/client`]: 'Secret/karmada-search-client-cert, read-only',
      [`${PKI}/server`]: 'Secret/karmada-search-cert, read-only',
      [`${PKI}/etcd-client`]: 'Secret/karmada-search-etcd-client-cert, read-only',
      '/tmp': 'emptyDir',
    });
  });
});

describe('karmada-metrics-adapter', () => {
  const components = { karmadaMetricsAdapter: {} };

  test('its APIs on Karmada', () => {
    const apis = anInstance({ components })
      .karmada.filter(({ kind }) => kind === 'APIService')
      .map(({ metadata, spec }) => [metadata.name, spec.groupPriorityMinimum, spec.versionPriority, spec.service.name]);
    expect(apis).toEqual([
      ['v1alpha1.cluster.karmada.io', 2000, 10, 'karmada-aggregated-apiserver'],
      ['v1beta1.metrics.k8s.io', 2000, 10, 'karmada-metrics-adapter'],
      ['v1beta1.custom.metrics.k8s.io', 100, 200, 'karmada-metrics-adapter'],
      ['v1beta2.custom.metrics.k8s.io', 100, 200, 'karmada-metrics-adapter'],
    ]);
  });

  test('it has nothing of etcd', () => {
    expect(secrets(components)).toEqual(['karmada-metrics-adapter-cert', 'karmada-metrics-adapter-client-cert']);
    const { container } = podOf(deployment(components, 'karmada-metrics-adapter'));
    expect(Object.keys(flagsOf(container)).filter((flag) => flag.startsWith('etcd'))).toEqual([]);
    expect(flagsOf(container)['client-ca-file']).toBe(`${PKI}/server/ca.crt`);
  });

  test('without it a FederatedHPA is doubtful, with it not', () => {
    const autoscaler = {
      apiVersion: 'autoscaling.karmada.io/v1alpha1',
      kind: 'FederatedHPA',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        maxReplicas: 3,
        minReplicas: 1,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      },
    };
    const codes = (given?: ComponentsOptions) =>
      anInstance({ components: given })
        .instance._advise([autoscaler])
        .map(({ finding }) => finding.code)
        .filter((code) => code === 'MC131');
    expect([codes(), codes(components)]).toEqual([['MC131'], []]);
    expect(Findings.of(anInstance({ components }).instance).all).toEqual([]);
  });
});

describe('karmada-scheduler-estimator', () => {
  const components = { karmadaSchedulerEstimator: { clusters: ['berlin', 'paris'] } };

  test('one for each member, after it has joined', () => {
    expect(added(components)).toEqual(
      ['berlin', 'paris'].flatMap((cluster) => [
        `0 Service/karmada-scheduler-estimator-${cluster}`,
        `8 Deployment/karmada-scheduler-estimator-${cluster}`,
        `0 PodDisruptionBudget/karmada-scheduler-estimator-${cluster}`,
        `0 ServiceAccount/karmada-scheduler-estimator-${cluster}`,
        `0 NetworkPolicy/karmada-scheduler-estimator-${cluster}`,
      ]),
    );
    const berlin = deployment(components, 'karmada-scheduler-estimator-berlin');
    expect(flagsOf(podOf(berlin).container)).toEqual({
      kubeconfig: '/etc/karmada/member/berlin-kubeconfig',
      'cluster-name': 'berlin',
      'grpc-auth-cert-file': `${PKI}/server/tls.crt`,
      'grpc-auth-key-file': `${PKI}/server/tls.key`,
      'grpc-client-ca-file': `${PKI}/server/ca.crt`,
      'health-probe-bind-address': ':10351',
      'metrics-bind-address': ':8080',
      v: '2',
    });
    // the first apply comes before the member joins, and must not wait for its kubeconfig
    expect(berlin.metadata.annotations['cdk8s-karmada.io/ready']).toBe('skip');
    expect(mountsOf(berlin)).toEqual({
      [`${PKI}/server`]: 'Secret/karmada-scheduler-estimator-cert, read-only',
      '/etc/karmada/member': 'Secret/berlin-kubeconfig, read-only',
      '/tmp': 'emptyDir',
    });
    expect(find(anInstance({ components }).host, 'Service', 'karmada-scheduler-estimator-berlin').spec.ports).toEqual([
      { name: 'grpc', port: 10352, protocol: 'TCP', targetPort: 'grpc' },
    ]);
  });

  test('the scheduler is told where they are: it looks in karmada-system by itself', () => {
    const scheduler = deployment(components, 'karmada-scheduler', { namespace: 'fleet' });
    expect(flagsOf(podOf(scheduler).container)).toMatchObject({
      'enable-scheduler-estimator': 'true',
      'scheduler-estimator-service-namespace': 'fleet',
      'scheduler-estimator-ca-file': `${PKI}/scheduler-estimator-client/ca.crt`,
      'scheduler-estimator-cert-file': `${PKI}/scheduler-estimator-client/tls.crt`,
      'scheduler-estimator-key-file': `${PKI}/scheduler-estimator-client/tls.key`,
    });
    expect(mountsOf(scheduler)[`${PKI}/scheduler-estimator-client`]).toBe(
      'Secret/karmada-scheduler-scheduler-estimator-client-cert, read-only',
    );
  });

  test('an authority of their own, and one certificate that no new member changes', () => {
    const issued = plan(components, { namespace: 'fleet', clusterDomain: 'corp.internal' });
    expect(issued.authorities.map(({ secret }: any) => secret)).toContain('karmada-estimator-ca');
    const mine = issued.certificates.filter(({ authority }: any) => authority === 'karmada-estimator-ca');
    expect(mine.map(({ secret, usages, dnsNames }: any) => [secret, usages, dnsNames])).toEqual([
      [
        'karmada-scheduler-estimator-cert',
        ['server'],
        ['*.fleet.svc', '*.fleet.svc.corp.internal', '*.fleet.svc.cluster.local', 'localhost'],
      ],
      ['karmada-scheduler-scheduler-estimator-client-cert', ['client'], []],
    ]);
    expect(issued.memberKubeconfigs).toEqual([
      { cluster: 'berlin', secret: 'berlin-kubeconfig', key: 'berlin-kubeconfig' },
      { cluster: 'paris', secret: 'paris-kubeconfig', key: 'paris-kubeconfig' },
    ]);
  });

  test('fails for a member that no Service could be named after, and for none', () => {
    const long = 'a'.repeat(36);
    const given = { karmadaSchedulerEstimator: { clusters: [long, 'berlin', 'berlin'] } };
    expect(messageOf(() => anInstance({ components: given }))).toBe(
      [
        `clusters of karmadaSchedulerEstimator has "${long}", for which no Service could be named`,
        '  at east',
        '  fix: name a member cluster of at most 35 characters: the Service is called karmada-scheduler-estimator-<cluster>',
        'clusters of karmadaSchedulerEstimator has "berlin" twice',
        '  at east',
        '  fix: name it once',
      ].join('\n'),
    );
    expect(messageOf(() => anInstance({ components: { karmadaSchedulerEstimator: { clusters: [] } } }))).toBe(
      [
        'karmadaSchedulerEstimator has no clusters',
        '  at east',
        '  fix: name the member clusters that get an estimator in `karmadaSchedulerEstimator.clusters`, or leave it out',
      ].join('\n'),
    );
  });
});

describe('karmada-descheduler', () => {
  const components = { karmadaDescheduler: {}, karmadaSchedulerEstimator: { clusters: ['berlin'] } };

  test('it asks the estimators, and has no feature gates', () => {
    expect(flagsOf(podOf(deployment(components, 'karmada-descheduler')).container)).toEqual({
      kubeconfig: '/etc/karmada/config/karmada.config',
      'health-probe-bind-address': ':10358',
      'leader-elect-resource-namespace': 'karmada-system',
      'metrics-bind-address': ':8080',
      'scheduler-estimator-service-namespace': 'karmada-system',
      'scheduler-estimator-ca-file': `${PKI}/scheduler-estimator-client/ca.crt`,
      'scheduler-estimator-cert-file': `${PKI}/scheduler-estimator-client/tls.crt`,
      'scheduler-estimator-key-file': `${PKI}/scheduler-estimator-client/tls.key`,
      v: '2',
    });
    expect(secrets(components)).toContain('karmada-descheduler-scheduler-estimator-client-cert');
  });

  test('fails without estimators', () => {
    expect(messageOf(() => anInstance({ components: { karmadaDescheduler: {} } }))).toBe(
      [
        'karmadaDescheduler is installed without estimators, and only they know which replicas cannot run',
        '  at east',
        '  fix: name the member clusters that get an estimator in `karmadaSchedulerEstimator.clusters`, or leave it out',
      ].join('\n'),
    );
  });
});
