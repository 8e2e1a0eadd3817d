import { type Binding, countsSets, isDivided } from './binding';
import { ScheduleError } from './schedule-error';
import type { Candidate } from './score';
import { selectByRegion } from './select-by-region';

/** What the scheduler makes of a spread constraint that is left out: at least none, at most none. */
export interface Groups {
  readonly min: number;
  readonly max: number;
}

function groups(constraint: any): Groups {
  return { min: constraint?.minGroups ?? 0, max: constraint?.maxGroups ?? 0 };
}

/** Static weights, also the equal ones of a placement that gives none, leave spread constraints out of account. */
function ignoresSpread(placement: any): boolean {
  const strategy = placement.replicaScheduling;
  if (!isDivided(placement) || strategy.replicaDivisionPreference !== 'Weighted') return false;
  const preference = strategy.weightPreference;
  return !preference || ((preference.staticWeightList ?? []).length > 0 && !preference.dynamicWeight);
}

/**
 * Chooses among the clusters that passed the filters, by the spread constraints. Those by zone and provider only take
 * part in filtering: their numbers never count.
 *
 * Mirrors `pkg/scheduler/core/spreadconstraint/select_clusters.go` of Karmada v1.18.2.
 */
export function select(binding: Binding, candidates: readonly Candidate[]): readonly Candidate[] {
  const constraints: readonly any[] = binding.placement.spreadConstraints ?? [];
  if (constraints.length === 0 || ignoresSpread(binding.placement)) return candidates;
  const byField = new Map(constraints.map((each) => [each.spreadByField ?? '', each]));
  const cluster = byField.get('cluster');
  if (byField.has('region')) {
    return selectByRegion(binding, candidates, groups(byField.get('region')), groups(cluster));
  }
  if (cluster) return selectByCluster(binding, candidates, groups(cluster));
  throw new ScheduleError('SchedulerError', 'just support cluster and region spread constraint');
}

/** Mirrors `select_clusters_by_cluster.go`. */
function selectByCluster(binding: Binding, candidates: readonly Candidate[], { min, max }: Groups): Candidate[] {
  if (candidates.length < min) {
    throw new ScheduleError(
      'SchedulerError',
      'the number of feasible clusters is less than spreadConstraint.MinGroups',
    );
  }
  const count = Math.min(candidates.length, max);
  const chosen = candidates.slice(0, count);
  if (!isDivided(binding.placement)) return chosen;
  const rest = candidates.slice(count);
  const sum = () => chosen.reduce((total, each) => total + each.available, 0);
  const needed = countsSets(binding) ? 1 : binding.need.replicas;
  for (let last = count - 1; last >= 0 && sum() < needed; last -= 1) {
    const best = rest.reduce(
      (found, each, index) =>
        each.available > chosen[last].available && (found < 0 || each.available > rest[found].available)
          ? index
          : found,
      -1,
    );
    if (best >= 0) [chosen[last], rest[best]] = [rest[best], chosen[last]];
  }
  if (count === 0 || sum() < needed) {
    throw new ScheduleError('SchedulerError', `no enough resource when selecting ${count} clusters`);
  }
  return chosen;
}
