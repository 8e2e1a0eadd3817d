import { clusterAffinity } from '../../core/private/cluster-affinity';
import { type Binding, isDivided, isWorkload, sumReplicas, type TargetCluster } from './binding';
import { ScheduleError } from './schedule-error';
import type { Candidate } from './score';
import { Unsupported } from './unsupported';
import { type Tie, webster } from './webster';

/**
 * Gives each selected cluster its replicas.
 *
 * Mirrors `pkg/scheduler/core/common.go`, `assignment.go` and `division_algorithm.go` of Karmada v1.18.2.
 */
export function assign(binding: Binding, selected: readonly Candidate[], tie: Tie): TargetCluster[] {
  if (selected.length === 0) throw new ScheduleError('SchedulerError', 'no clusters available to schedule');
  if (!isWorkload(binding.need) || binding.need.components)
    return selected.map((each) => ({ name: each.cluster.name, replicas: 0 }));
  return strategy(binding, selected, tie).filter((target) => target.replicas > 0);
}

/** With `--enable-empty-workload-propagation`, selected clusters that get no replica get the object all the same. */
export function withEmpty(assigned: readonly TargetCluster[], selected: readonly Candidate[]): TargetCluster[] {
  const named = new Set(assigned.map((target) => target.name));
  const empty = selected.filter((each) => !named.has(each.cluster.name));
  return [...assigned, ...empty.map((each) => ({ name: each.cluster.name, replicas: 0 }))];
}

/** Why a selected cluster gets no replica: weights are looked up once for all clusters, which are many, and only if one asks. */
export function noReplica(binding: Binding, selected: readonly Candidate[]): (cluster: string) => string {
  const { replicaDivisionPreference, weightPreference } = binding.placement.replicaScheduling ?? {};
  const fixed = replicaDivisionPreference === 'Weighted' && !weightPreference?.dynamicWeight;
  if (!fixed) return () => 'no replica left for it';
  let weighted: ReadonlySet<string> | undefined;
  return (cluster) => {
    weighted ??= new Set(staticWeights(weightPreference, selected).map(({ name }) => name));
    return weighted.has(cluster) ? 'no replica left for it' : 'no weight names it';
  };
}

function strategy(binding: Binding, selected: readonly Candidate[], tie: Tie): readonly TargetCluster[] {
  const { need, placement } = binding;
  if (!isDivided(placement)) {
    return selected.map((each) => ({ name: each.cluster.name, replicas: need.replicas }));
  }
  const { replicaSchedulingType: type, replicaDivisionPreference: preference = '' } = placement.replicaScheduling;
  if (preference === 'Aggregated') return dynamic(binding, selected, tie, true);
  if (preference === 'Weighted') {
    return placement.replicaScheduling.weightPreference?.dynamicWeight
      ? dynamic(binding, selected, tie, false)
      : webster(need.replicas, staticWeights(placement.replicaScheduling.weightPreference, selected), tie);
  }
  throw new ScheduleError(
    'SchedulerError',
    `unsupported replica scheduling strategy, replicaSchedulingType: ${type}, replicaDivisionPreference: ${preference}, please try another scheduling strategy`,
  );
}

/** The largest weight that names a cluster; when none names any, all weigh the same. */
function staticWeights(preference: any, selected: readonly Candidate[]): TargetCluster[] {
  const list = (preference?.staticWeightList ?? []).map((each: any) => ({
    matches: clusterAffinity(each.targetCluster ?? {}),
    weight: each.weight,
  }));
  const weights = selected.map(({ cluster }) => ({
    name: cluster.name,
    replicas: list.reduce((most: number, each: any) => (each.matches(cluster) ? Math.max(most, each.weight) : most), 0),
  }));
  const weighted = weights.filter((each) => each.replicas > 0);
  return weighted.length > 0 ? weighted : weights.map((each) => ({ ...each, replicas: 1 }));
}

function notEnough(step: string, available: number): ScheduleError {
  return new ScheduleError(
    'Unschedulable',
    `Clusters available replicas ${available} are not enough to schedule.`,
  ).during(step);
}

/** What is divided, among whom, and what each keeps. */
interface Division {
  readonly step: string;
  readonly target: number;
  readonly weights: readonly TargetCluster[];
  readonly kept: readonly TargetCluster[];
}

function division(binding: Binding, selected: readonly Candidate[], previous: readonly TargetCluster[]): Division {
  const replicas = binding.need.replicas;
  const assigned = sumReplicas(previous);
  const had = new Map(previous.map((target) => [target.name, target.replicas]));
  if (binding.fresh) {
    const weights = selected.map(({ cluster, allocatable }) => ({
      name: cluster.name,
      replicas: (allocatable + (had.get(cluster.name) ?? 0)) | 0,
    }));
    return { step: 'failed to do fresh scale', target: replicas, weights, kept: [] };
  }
  if (assigned > replicas) {
    return { step: 'failed to scale down', target: replicas, weights: previous, kept: [] };
  }
  const weights = selected.map(({ cluster, allocatable }) => ({ name: cluster.name, replicas: allocatable }));
  return { step: 'failed to scale up', target: replicas - assigned, weights, kept: previous };
}

/** Go's `sort.Sort` keeps the order of equals up to this many elements. */
const STABLE_SORT = 12;

function descending(weights: readonly TargetCluster[]): TargetCluster[] {
  return [...weights].sort((a, b) => b.replicas - a.replicas);
}

/**
 * The fewest clusters whose capacity suffices, those that have replicas already first.
 *
 * Where upstream's unstable sort decides which of two equals is cut off, the answer is not known here.
 */
function fewest(division: Division, sorted: readonly TargetCluster[]): TargetCluster[] {
  const has = new Set(division.kept.filter((target) => target.replicas > 0).map((target) => target.name));
  const ranked = [...sorted.filter((each) => has.has(each.name)), ...sorted.filter((each) => !has.has(each.name))];
  let sum = 0;
  const last = ranked.findIndex((each) => {
    sum = (sum + each.replicas) | 0;
    return sum >= division.target;
  });
  const next = ranked[last + 1];
  const cutsEquals =
    next?.replicas === ranked[last]?.replicas && has.has(next?.name ?? '') === has.has(ranked[last]?.name ?? '');
  const untouched = division.weights.every((each, index) => each === sorted[index]);
  if (ranked.length > STABLE_SORT && cutsEquals && !untouched) {
    throw new Unsupported('order of clusters with equal capacity where more than 12 are sorted');
  }
  return ranked.slice(0, last + 1);
}

/** By capacity. A workload that is already placed keeps what it has: only the difference is divided. */
function dynamic(
  binding: Binding,
  selected: readonly Candidate[],
  tie: Tie,
  aggregated: boolean,
): readonly TargetCluster[] {
  const names = new Set(selected.map((each) => each.cluster.name));
  const previous = binding.previous.filter((target) => names.has(target.name));
  if (!binding.fresh && sumReplicas(previous) === binding.need.replicas) return previous;
  const split = division(binding, selected, previous);
  const sorted = descending(split.weights);
  const available = sumReplicas(sorted);
  if (available < split.target) throw notEnough(split.step, available);
  const divided = webster(split.target, aggregated ? fewest(split, sorted) : sorted, tie);
  const total = new Map(split.kept.map((target) => [target.name, target.replicas]));
  for (const { name, replicas } of divided) total.set(name, (total.get(name) ?? 0) + replicas);
  return [...total].map(([name, replicas]) => ({ name, replicas }));
}
