import { clusterAffinity } from '../../core/private/cluster-affinity';
import { type Binding, isDivided, isWorkload, sumReplicas } from './binding';
import type { ClusterFacts } from './cluster';
import { evictions } from './evict';
import type { ReplicaNeed } from './replica-need';
import { sameJson } from './same-json';

/** The placement that the last result came from. */
export const APPLIED_PLACEMENT = 'policy.karmada.io/applied-placement';

/**
 * The part of a Binding that comes from the ResourceBinding or ClusterResourceBinding that Karmada holds already: the
 * steady state that a change starts from.
 */
export function steadyState(existing: any): Pick<Binding, 'previous' | 'observedAffinity' | 'fresh' | 'evicting'> {
  const { spec = {}, status = {} } = existing ?? {};
  const triggered = spec.rescheduleTriggeredAt;
  const last = status.lastScheduledTime;
  return {
    previous: (spec.clusters ?? []).map((each: any) => ({ name: each.name, replicas: each.replicas ?? 0 })),
    observedAffinity: status.schedulerObservingAffinityName ?? '',
    fresh: Boolean(triggered && last && Date.parse(triggered) > Date.parse(last)),
    evicting: new Set((spec.gracefulEvictionTasks ?? []).map((task: any) => task.fromCluster)),
  };
}

/** The steady state once the clusters that evict the resource have done so. */
export function afterEviction(existing: any, clusters: readonly ClusterFacts[]): ReturnType<typeof steadyState> {
  const state = steadyState(existing);
  const applied = parsed(existing?.metadata?.annotations?.[APPLIED_PLACEMENT] ?? '');
  const names = state.previous.map(({ name }) => name);
  const leaving = new Set(evictions(names, applied, clusters));
  if (leaving.size === 0) return state;
  return {
    ...state,
    previous: state.previous.filter(({ name }) => !leaving.has(name)),
    evicting: new Set([...state.evicting, ...leaving]),
  };
}

/** What the binding says about replicas, where it is not written anew. */
export function heldNeed(need: ReplicaNeed, { spec }: any): ReplicaNeed {
  return { ...need, replicas: spec.replicas ?? 0 };
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Mirrors `placementChanged` in `pkg/scheduler/helper.go` of Karmada v1.18.2. */
function placementChanged(placement: any, applied: string | undefined, observed: string): boolean {
  if (!applied) return true;
  const before = parsed(applied);
  if (before === undefined || sameJson(before, placement)) return false;
  const fields = ['clusterAffinity', 'clusterTolerations', 'spreadConstraints', 'replicaScheduling'];
  if (fields.some((field) => !sameJson(before[field] ?? null, placement[field] ?? null))) return true;
  if (observed === '') return true;
  const term = (of: any) => of.clusterAffinities?.find((each: any) => each.affinityName === observed);
  return !term(before) || !term(placement) || !sameJson(term(before), term(placement));
}

function replicasChanged(binding: Binding): boolean {
  if (!binding.placement.replicaScheduling) return false;
  if (binding.need.components?.length && binding.previous.length === 0) return true;
  return isDivided(binding.placement)
    ? sumReplicas(binding.previous) !== binding.need.replicas
    : binding.previous.some((target) => target.replicas !== binding.need.replicas);
}

/**
 * Whether nothing wakes a binding that fitted nowhere: it is as it was, and a change of a cluster wakes only those whose
 * affinity takes that cluster.
 *
 * Mirrors `pkg/scheduler/event_handler.go` of Karmada v1.18.2.
 */
function sleeps(binding: Binding, { spec = {}, status = {} }: any, clusters: readonly ClusterFacts[]): boolean {
  const condition = status.conditions?.find((each: any) => each.type === 'Scheduled');
  const { clusterAffinity: single, clusterAffinities: groups } = binding.placement;
  const affinity = single ?? groups?.find((each: any) => each.affinityName === binding.observedAffinity);
  return (
    condition?.reason === 'NoClusterFit' &&
    affinity !== undefined &&
    sameJson(spec.placement ?? null, binding.placement) &&
    (spec.replicas ?? 0) === binding.need.replicas &&
    !clusters.some(clusterAffinity(affinity))
  );
}

/**
 * Whether the scheduler looks at a binding again that it has placed before. A divided workload keeps its clusters when
 * they change their labels, taints or capacity.
 *
 * Mirrors `doScheduleBinding` in `pkg/scheduler/scheduler.go` of Karmada v1.18.2.
 */
export function needsScheduling(binding: Binding, existing: any, clusters: readonly ClusterFacts[]): boolean {
  const applied = existing.metadata?.annotations?.[APPLIED_PLACEMENT];
  if (sleeps(binding, existing, clusters)) return false;
  const leaving = new Set(clusters.filter((cluster) => cluster.deleting).map((cluster) => cluster.name));
  return (
    placementChanged(binding.placement, applied, binding.observedAffinity) ||
    replicasChanged(binding) ||
    binding.fresh ||
    !isWorkload(binding.need) ||
    !isDivided(binding.placement) ||
    binding.previous.some((target) => leaving.has(target.name))
  );
}
