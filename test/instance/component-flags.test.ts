import { KarmadaVersion } from '../../src/core/karmada-version';
import { type FlagOwner, flagsOf } from '../../src/instance/component-flags';
import { anInstance, flagsOf as given, podOf } from './an-instance';

const RELEASES = [KarmadaVersion.V1_16, KarmadaVersion.V1_17, KarmadaVersion.V1_18, KarmadaVersion.of('v1.99.0')];
const ADD_ONS = {
  karmadaDescheduler: {},
  karmadaSearch: {},
  karmadaMetricsAdapter: {},
  karmadaSchedulerEstimator: { clusters: ['berlin'] },
};

test.each(RELEASES.map((version) => [version.version, version]))(
  'every component knows every flag that it is started with, in %s',
  (_, version) => {
    const { host } = anInstance({ version, components: ADD_ONS, featureGates: { Failover: true } });
    const workloads = host.filter(({ spec }) => spec?.template);
    expect(workloads).toHaveLength(11);
    for (const workload of workloads) {
      const { container } = podOf(workload);
      const known = flagsOf(container.name as FlagOwner, version);
      expect([container.name, Object.keys(given(container)).filter((flag) => !known.has(flag))]).toEqual([
        container.name,
        [],
      ]);
    }
  },
);

test.each<[FlagOwner, string, boolean[]]>([
  ['karmada-controller-manager', 'cluster-lease-duration', [true, true, false, false]],
  ['karmada-search', 'cluster-api-qps', [false, false, true, true]],
  ['karmada-kube-controller-manager', 'concurrent-device-taint-eviction-syncs', [false, true, true, true]],
  ['karmada-apiserver', 'min-compatibility-version', [false, true, true, true]],
  ['karmada-agent', 'cluster-lease-duration', [true, true, true, true]],
  ['karmada-descheduler', 'feature-gates', [false, false, false, false]],
  ['karmada-metrics-adapter', 'feature-gates', [false, false, false, false]],
  ['etcd', 'snapshot-count', [true, true, true, true]],
])('%s takes %s in some releases: %p', (component, flag, taken) => {
  expect(RELEASES.map((version) => flagsOf(component, version).has(flag))).toEqual(taken);
});
