import { Admission } from '../../src/admission/admission';
import { Assumptions } from '../../src/admission/assumptions';
import { KarmadaVersion } from '../../src/core/karmada-version';

test('defaults', () => {
  const assumptions = Assumptions.parse([]);
  expect(assumptions.flag('controller-manager', 'skipped-propagating-namespaces')).toBe('kube-.*');
  expect(assumptions.enabled('webhook', 'allow-no-execute-taint-policy')).toBe(false);
  expect(assumptions.gate('scheduler', 'PropagateDeps')).toBe(true);
  expect(assumptions.gate('scheduler', 'WorkloadAffinity')).toBe(false);
  expect(assumptions.gate('scheduler', 'Failover')).toBe(false);
});

test('a flag without a component holds wherever there is such a flag, with one only there', () => {
  const everywhere = Assumptions.parse(['feature-gates=WorkloadAffinity=true', 'plugins=*,-TaintToleration']);
  expect(everywhere.flag('scheduler', 'plugins')).toBe('*,-TaintToleration');
  expect(everywhere.gate('scheduler', 'WorkloadAffinity')).toBe(true);
  expect(everywhere.gate('webhook', 'WorkloadAffinity')).toBe(true);
  const one = Assumptions.parse(['webhook.feature-gates=WorkloadAffinity=true']);
  expect(one.gate('scheduler', 'WorkloadAffinity')).toBe(false);
  expect(one.gate('webhook', 'WorkloadAffinity')).toBe(true);
});

test('AllAlpha and AllBeta hold for their stage, and a gate that is named wins whatever the order', () => {
  const assumptions = Assumptions.parse([
    'feature-gates=PropagateDeps=true,AllBeta=false,AllAlpha=true',
    'scheduler.feature-gates=WorkloadAffinity=false',
  ]);
  expect(assumptions.gate('scheduler', 'PropagateDeps')).toBe(true);
  expect(assumptions.gate('scheduler', 'GracefulEviction')).toBe(false);
  expect(assumptions.gate('scheduler', 'MultiClusterService')).toBe(true);
  expect(assumptions.gate('scheduler', 'WorkloadAffinity')).toBe(false);
  expect(assumptions.gate('webhook', 'WorkloadAffinity')).toBe(true);
});

test('each release has its own gates', () => {
  const gate = (version: KarmadaVersion, name: string) =>
    Assumptions.parse(['feature-gates=AllAlpha=true'], version).gate('scheduler', name);
  expect(gate(KarmadaVersion.V1_16, 'WorkloadAffinity')).toBe(false);
  expect(gate(KarmadaVersion.V1_17, 'WorkloadAffinity')).toBe(true);
  expect(gate(KarmadaVersion.V1_17, 'SchedulingOvercommitProtection')).toBe(false);
  expect(gate(KarmadaVersion.of('v1.25.0'), 'SchedulingOvercommitProtection')).toBe(true);
  expect(Assumptions.parse([], KarmadaVersion.V1_16).gate('scheduler', 'ControllerPriorityQueue')).toBe(false);
});

test('everything wrong is said at once, with what is known', () => {
  const assume = [
    'allow-no-execute-taint-policy',
    'webhooks.feature-gates=AllAlpha=true',
    'enable-empty-workloads=true',
    'webhook.plugins=*',
    'enable-scheduler-estimator=yes',
    'feature-gates=AllAlpha,Workload=true',
  ];
  expect(() => Admission.of({ assume, version: KarmadaVersion.V1_16 })).toThrow(
    new Error(
      `assumption "allow-no-execute-taint-policy" is not of the form [<component>.]<flag>=<value>
  fix: write it like scheduler.plugins=*
assumption "webhooks.feature-gates=AllAlpha=true" names no component of Karmada: webhooks
  fix: use one of controller-manager, scheduler, webhook, aggregated-apiserver
assumption "enable-empty-workloads=true" names a flag that preview and validate do not know: enable-empty-workloads
  fix: use one of allow-no-execute-taint-policy, cluster-failure-threshold, cluster-monitor-grace-period, cluster-monitor-period, cluster-status-update-frequency, enable-empty-workload-propagation, enable-no-execute-taint-eviction, enable-scheduler-estimator, enable-taint-manager, feature-gates, graceful-eviction-timeout, no-execute-taint-eviction-purge-mode, plugins, resource-eviction-rate, scheduler-name, skipped-propagating-apis, skipped-propagating-namespaces
assumption "webhook.plugins=*" gives plugins to webhook, which has no such flag
  fix: give it to scheduler
assumption "enable-scheduler-estimator=yes" sets enable-scheduler-estimator to "yes"
  fix: write true or false
assumption "feature-gates=AllAlpha,Workload=true" holds "AllAlpha"
  fix: write <gate>=true or <gate>=false, separated by commas
assumption "feature-gates=AllAlpha,Workload=true" names a feature gate that Karmada v1.16.8 does not have: Workload
  fix: use one of AllAlpha, AllBeta, ContextualLogging, ControllerPriorityQueue, CustomizedClusterResourceModeling, Failover, FederatedQuotaEnforcement, GracefulEviction, LoggingAlphaOptions, LoggingBetaOptions, MultiClusterService, MultiplePodTemplatesScheduling, PriorityBasedScheduling, PropagateDeps, PropagationPolicyPreemption, ResourceQuotaEstimate, StatefulFailoverInjection`,
    ),
  );
});
