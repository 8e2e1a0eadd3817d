import { FindingLevel } from '../core/finding';
import { kindOf, PROPAGATION } from './kinds';
import { placementOf } from './placements';
import { entries, record } from './read';
import type { ObjectRule } from './rule';

/** What a gate turns on. */
interface Gated {
  readonly kinds: readonly string[];
  /** Empty for the whole object. */
  readonly path: string;
  readonly isUsed: (object: any) => boolean;
  readonly gate: string;
  readonly component: string;
}

const CONTROLLERS = 'controller-manager';

/** Mirrors pkg/features/features.go, and where each gate is asked about, at v1.18.2. */
const GATED: readonly Gated[] = [
  {
    kinds: PROPAGATION,
    path: 'spec.propagateDeps',
    isUsed: ({ spec }) => spec?.propagateDeps === true,
    gate: 'PropagateDeps',
    component: CONTROLLERS,
  },
  {
    kinds: PROPAGATION,
    path: 'spec.preemption',
    isUsed: ({ spec }) => spec?.preemption === 'Always',
    gate: 'PropagationPolicyPreemption',
    component: CONTROLLERS,
  },
  {
    kinds: PROPAGATION,
    path: 'spec.schedulePriority',
    isUsed: ({ spec }) => Boolean(spec?.schedulePriority),
    gate: 'PriorityBasedScheduling',
    component: 'scheduler',
  },
  {
    kinds: PROPAGATION,
    path: 'spec.placement.workloadAffinity',
    isUsed: (policy) => Boolean(placementOf(policy).workloadAffinity),
    gate: 'WorkloadAffinity',
    component: 'scheduler',
  },
  ...['application', 'cluster'].map((failover) => ({
    kinds: PROPAGATION,
    path: `spec.failover.${failover}.statePreservation`,
    isUsed: ({ spec }: any) => Boolean(spec?.failover?.[failover]?.statePreservation),
    gate: 'StatefulFailoverInjection',
    component: CONTROLLERS,
  })),
  ...['application', 'cluster'].map((failover) => ({
    kinds: PROPAGATION,
    path: `spec.failover.${failover}.purgeMode`,
    isUsed: ({ spec }: any) => ['Gracefully', 'Graciously'].includes(spec?.failover?.[failover]?.purgeMode),
    gate: 'GracefulEviction',
    component: CONTROLLERS,
  })),
  {
    kinds: ['cluster.karmada.io/Cluster'],
    path: 'spec.resourceModels',
    isUsed: ({ spec }) => entries(spec?.resourceModels).length > 0,
    gate: 'CustomizedClusterResourceModeling',
    component: CONTROLLERS,
  },
  ...[CONTROLLERS, 'webhook'].map((component) => ({
    kinds: ['policy.karmada.io/FederatedResourceQuota'],
    path: 'spec.overall',
    isUsed: ({ spec }: any) => Object.keys(record(spec?.overall)).length > 0,
    gate: 'FederatedQuotaEnforcement',
    component,
  })),
  {
    kinds: ['networking.karmada.io/MultiClusterService'],
    path: '',
    isUsed: () => true,
    gate: 'MultiClusterService',
    component: CONTROLLERS,
  },
  {
    kinds: ['policy.karmada.io/ClusterTaintPolicy'],
    path: '',
    isUsed: () => true,
    gate: 'Failover',
    component: CONTROLLERS,
  },
];

export const FEATURE_GATE_OFF: ObjectRule = {
  code: 'MC041',
  level: FindingLevel.WARNING,
  title: 'something that a feature gate turns off',
  why: 'Karmada takes the field or the kind, stores it, and does nothing with it while the feature gate is off. Most of these gates are off unless somebody turned them on; the Helm chart also turns PropagateDeps off, which Karmada itself has on.',
  fix: 'turn the feature gate on, and say so with --assume',
  see: 'pkg/features/features.go at v1.18.2',
  kinds: [...new Set(GATED.flatMap(({ kinds }) => kinds))],
  look: (object, { assumptions }) =>
    GATED.filter(
      ({ kinds, isUsed, gate, component }) =>
        kinds.includes(kindOf(object)) && isUsed(object) && !assumptions.gate(component, gate),
    ).map(({ path, gate, component }) => ({
      object,
      path,
      message: `${path === '' ? `a ${object.kind}` : path.split('.').pop()} has no effect: the feature gate ${gate} of karmada-${component} is off`,
      fix: `start karmada-${component} with --feature-gates=${gate}=true, and say so with --assume ${component}.feature-gates=${gate}=true; or leave it out`,
    })),
};
