import { InstanceTraffic } from '../../src/instance/instance-traffic';
import { messageOf } from '../core/fake-instance';
import { anInstance, podOf } from './an-instance';

const ALL = {
  karmadaDescheduler: {},
  karmadaSearch: {},
  karmadaMetricsAdapter: {},
  karmadaSchedulerEstimator: { clusters: ['berlin'] },
};
const MONITORING = { 'kubernetes.io/metadata.name': 'monitoring' };

/** Who may connect to whom, a line each. */
function flows(traffic?: InstanceTraffic): string[] {
  return anInstance({ traffic, components: ALL })
    .host.filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ metadata, spec }) =>
      (spec.ingress ?? []).map(({ from, ports }: any) => {
        const who = from?.map((one: any) =>
          one.namespaceSelector ? 'monitoring' : one.podSelector.matchLabels['app.kubernetes.io/name'],
        );
        return `${metadata.name} ${ports.map(({ port }: any) => port).join()}: ${who?.join(', ') ?? 'everybody'}`;
      }),
    );
}

test('each component is reached by those who need it', () => {
  expect(flows()).toEqual([
    'etcd 2379: karmada-apiserver, karmada-aggregated-apiserver, karmada-search, etcd-backup',
    'etcd 2380: etcd',
    'karmada-apiserver 5443: everybody',
    'karmada-aggregated-apiserver 6443: karmada-apiserver',
    'karmada-webhook 8443: karmada-apiserver',
    'karmada-search 6443: karmada-apiserver',
    'karmada-metrics-adapter 6443: karmada-apiserver',
    'karmada-scheduler-estimator-berlin 10352: karmada-scheduler, karmada-descheduler',
  ]);
});

test('metrics are read from the namespaces that are named', () => {
  const more = flows(InstanceTraffic.restricted({ metricsFrom: MONITORING })).filter((flow) => /monitoring/.test(flow));
  expect(more).toEqual([
    'etcd 2381: monitoring',
    'karmada-aggregated-apiserver 6443: monitoring',
    'karmada-kube-controller-manager 10257: monitoring',
    'karmada-controller-manager 8080: monitoring',
    'karmada-scheduler 8080: monitoring',
    'karmada-webhook 8080: monitoring',
    'karmada-descheduler 8080: monitoring',
    'karmada-search 6443: monitoring',
    'karmada-metrics-adapter 8080: monitoring',
    'karmada-scheduler-estimator-berlin 8080: monitoring',
  ]);
});

test('every workload has one, and it opens only ports that the pods have', () => {
  const { host } = anInstance({ traffic: InstanceTraffic.restricted({ metricsFrom: MONITORING }), components: ALL });
  const policies = host.filter(({ kind }) => kind === 'NetworkPolicy');
  const workloads = host.filter(({ spec }) => spec?.template);
  expect(policies.map(({ metadata }) => metadata.name)).toEqual(workloads.map(({ metadata }) => metadata.name));
  policies.forEach(({ spec }, index) => {
    expect(spec.policyTypes).toEqual(['Ingress']);
    expect(spec.podSelector).toEqual(workloads[index].spec.selector);
    const ports = podOf(workloads[index]).container.ports.map(({ containerPort }: any) => containerPort);
    for (const { ports: open } of spec.ingress) for (const { port } of open) expect(ports).toContain(port);
  });
});

test('who is reached by nobody has no rule at all, which is what the server keeps', () => {
  const policy = anInstance().host.find(
    ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'karmada-scheduler',
  );
  expect(Object.keys(policy.spec)).toEqual(['podSelector', 'policyTypes']);
});

test('none where the host has its own ways', () => {
  expect(flows(InstanceTraffic.unrestricted())).toEqual([]);
});

test('fails with everything that is wrong with the labels', () => {
  expect(messageOf(() => InstanceTraffic.restricted({ metricsFrom: { 'a b': 'c d' } }))).toBe(
    [
      'metricsFrom has "a b", which is no label',
      '  at InstanceTraffic.restricted',
      '  fix: give at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front',
      'metricsFrom has "c d", which no label can be',
      '  at InstanceTraffic.restricted',
      '  fix: give at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit',
    ].join('\n'),
  );
  expect(messageOf(() => InstanceTraffic.restricted({ metricsFrom: {} }))).toBe(
    [
      'metricsFrom must name a label, got none',
      '  at InstanceTraffic.restricted',
      "  fix: write { 'kubernetes.io/metadata.name': 'monitoring' }, or leave it out so that nobody reads metrics",
    ].join('\n'),
  );
});
