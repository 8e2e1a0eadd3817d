import type { KarmadaVersion } from '../core/karmada-version';

/** A component of a Karmada control plane that takes flags of ours. */
export const COMPONENTS = ['controller-manager', 'scheduler', 'webhook', 'aggregated-apiserver'] as const;

export interface ControlPlaneFlag {
  readonly components: readonly string[];
  /** The value when the flag is not given. */
  readonly value: string;
  readonly boolean?: boolean;
}

const CONTROLLERS = ['controller-manager'];
const SCHEDULER = ['scheduler'];

/**
 * Flags that change what Karmada admits or decides (cmd/<component>/app/options), the same at v1.16.8, v1.17.5 and v1.18.2.
 * `feature-gates` is apart.
 */
export const FLAGS: { readonly [name: string]: ControlPlaneFlag } = {
  'allow-no-execute-taint-policy': { components: ['webhook'], value: 'false', boolean: true },
  'cluster-failure-threshold': { components: CONTROLLERS, value: '30s' },
  'cluster-monitor-grace-period': { components: CONTROLLERS, value: '40s' },
  'cluster-monitor-period': { components: CONTROLLERS, value: '5s' },
  'cluster-status-update-frequency': { components: CONTROLLERS, value: '10s' },
  'enable-empty-workload-propagation': { components: SCHEDULER, value: 'false', boolean: true },
  'enable-no-execute-taint-eviction': { components: CONTROLLERS, value: 'false', boolean: true },
  'enable-scheduler-estimator': { components: SCHEDULER, value: 'false', boolean: true },
  'enable-taint-manager': { components: CONTROLLERS, value: 'true', boolean: true },
  'graceful-eviction-timeout': { components: CONTROLLERS, value: '10m' },
  'no-execute-taint-eviction-purge-mode': { components: CONTROLLERS, value: 'Gracefully' },
  plugins: { components: SCHEDULER, value: '*' },
  'resource-eviction-rate': { components: CONTROLLERS, value: '0.5' },
  'scheduler-name': { components: SCHEDULER, value: 'default-scheduler' },
  'skipped-propagating-apis': { components: CONTROLLERS, value: '' },
  'skipped-propagating-namespaces': { components: CONTROLLERS, value: 'kube-.*' },
};

export interface FeatureGate {
  readonly stage: 'alpha' | 'beta';
  readonly on: boolean;
}

const ALPHA: FeatureGate = { stage: 'alpha', on: false };
const BETA: FeatureGate = { stage: 'beta', on: true };

/**
 * Feature gates of the newest release, the same in every component (pkg/features/features.go at v1.18.2; k8s.io/component-base
 * adds AllAlpha and AllBeta).
 */
const GATES: { readonly [name: string]: FeatureGate } = {
  ContextualLogging: BETA,
  ControllerPriorityQueue: BETA,
  CustomizedClusterResourceModeling: BETA,
  Failover: { stage: 'beta', on: false },
  FederatedQuotaEnforcement: ALPHA,
  GracefulEviction: BETA,
  LoggingAlphaOptions: ALPHA,
  LoggingBetaOptions: BETA,
  MultiClusterService: ALPHA,
  MultiplePodTemplatesScheduling: ALPHA,
  PriorityBasedScheduling: ALPHA,
  PropagateDeps: BETA,
  PropagationPolicyPreemption: ALPHA,
  ResourceQuotaEstimate: ALPHA,
  SchedulingOvercommitProtection: ALPHA,
  StatefulFailoverInjection: ALPHA,
  WorkloadAffinity: ALPHA,
};

/** The gates of a release: those of the newest, less what came later (pkg/features/features.go at v1.16.8 and v1.17.5). */
export function gatesOf(version: KarmadaVersion): { readonly [name: string]: FeatureGate } {
  const { SchedulingOvercommitProtection, WorkloadAffinity, ...common } = GATES;
  if (version._has('v1.18')) return GATES;
  return version._has('v1.17') ? { ...common, WorkloadAffinity } : { ...common, ControllerPriorityQueue: ALPHA };
}
