import { CPP_ID, CPP_NAME, PP_ID, PP_NAME, PP_NAMESPACE } from './claim';
import type { Decision } from './decide';
import { APPLIED_PLACEMENT } from './existing-binding';
import { bindingName } from './names';
import { UUID } from './render';

/**
 * The ResourceBinding or ClusterResourceBinding that Karmada holds once it has decided so: where the next change starts from.
 * Undefined for what nothing claims, and for what is not decided here.
 *
 * @param existing the one that it held before
 */
export function heldBinding(decision: Decision, outcome: number, existing: any): any {
  const { key, policy, placed, need, uid, scheduled, reason, message, affinity } = decision;
  const own = placed[Math.min(outcome, placed.length - 1)];
  if (!policy || !own || decision.left) return own && existing;
  const { placement = {}, propagateDeps, conflictResolution, suspension } = policy.spec;
  const claim = claimOf(policy);
  const { rescheduleTriggeredAt: _, ...spec } = existing?.spec ?? {};
  const { apiVersion, kind, namespace, name } = key;
  return {
    apiVersion: 'work.karmada.io/v1alpha2',
    kind: namespace ? 'ResourceBinding' : 'ClusterResourceBinding',
    metadata: {
      ...(namespace && { namespace }),
      name: bindingName(kind, name),
      labels: claim.labels,
      annotations: { ...claim.annotations, [APPLIED_PLACEMENT]: JSON.stringify(placement) },
    },
    spec: {
      ...spec,
      propagateDeps,
      conflictResolution,
      suspension: suspended(suspension, spec.suspension),
      resource: { apiVersion, kind, ...(namespace && { namespace }), name, ...(uid !== undefined && { uid }) },
      replicas: need.replicas,
      placement,
      clusters: own.clusters.map((each) => (each.replicas === 0 ? { name: each.name } : each)),
    },
    status: {
      ...(affinity !== null && { schedulerObservingAffinityName: affinity }),
      conditions:
        scheduled === null ? [] : [{ type: 'Scheduled', status: scheduled ? 'True' : 'False', reason, message }],
    },
  };
}

/** Scheduling is suspended on the binding, dispatching by its policy. */
function suspended(policy: any, { scheduling }: any = {}): any {
  return policy || scheduling ? { ...policy, scheduling } : undefined;
}

/** The claim that a policy writes on a binding: it sticks. */
function claimOf({ kind, metadata: { labels = {}, namespace, name } }: any) {
  return kind === 'PropagationPolicy'
    ? { labels: { [PP_ID]: labels[PP_ID] ?? UUID }, annotations: { [PP_NAMESPACE]: namespace, [PP_NAME]: name } }
    : { labels: { [CPP_ID]: labels[CPP_ID] ?? UUID }, annotations: { [CPP_NAME]: name } };
}

/** The same, when a WorkloadRebalancer has asked for a distribution from scratch. */
export function rebalancing(binding: any): any {
  return {
    ...binding,
    spec: { ...binding.spec, rescheduleTriggeredAt: '1970-01-01T00:00:01Z' },
    status: { ...binding.status, lastScheduledTime: '1970-01-01T00:00:00Z' },
  };
}

/** The same, when it is being evicted from a cluster. Mirrors `pkg/apis/work/v1alpha2/binding_types_helper.go`. */
export function evictedBinding(binding: any, cluster: string): any {
  const { clusters, gracefulEvictionTasks = [] } = binding.spec;
  return {
    ...binding,
    spec: {
      ...binding.spec,
      clusters: clusters.filter(({ name }: any) => name !== cluster),
      gracefulEvictionTasks: [...gracefulEvictionTasks, { fromCluster: cluster }],
    },
  };
}
