import { byName } from '../../core/private/by-name';
import { type Binding, isDivided } from './binding';
import { ScheduleError } from './schedule-error';
import { byPreference, type Candidate } from './score';
import type { Groups } from './select';

interface Region {
  readonly name: string;
  readonly clusters: readonly Candidate[];
  readonly score: number;
}

interface Path {
  readonly regions: readonly Region[];
  readonly score: number;
  readonly value: number;
}

/**
 * Chooses regions first, then clusters in them. Capacity is not looked at: a shortage shows when replicas are assigned.
 *
 * Mirrors `pkg/scheduler/core/spreadconstraint/select_clusters_by_region.go`, `select_groups.go` and the scores of
 * `group_clusters.go` of Karmada v1.18.2.
 */
export function selectByRegion(
  binding: Binding,
  candidates: readonly Candidate[],
  region: Groups,
  cluster: Groups,
): Candidate[] {
  const regions = regionsOf(binding, candidates, region, cluster);
  if (regions.length < region.min) {
    throw new ScheduleError('SchedulerError', 'the number of feasible region is less than spreadConstraint.MinGroups');
  }
  const path = choose(paths(regions, region, cluster));
  if (path === undefined) {
    throw new ScheduleError(
      'SchedulerError',
      'the number of clusters is less than the cluster spreadConstraint.MinGroups',
    );
  }
  const first = path.regions.map((each) => each.clusters[0]);
  const rest = path.regions.flatMap((each) => each.clusters.slice(1)).sort(byPreference);
  return [...first, ...rest.slice(0, Math.max(0, cluster.max - first.length))];
}

function regionsOf(binding: Binding, candidates: readonly Candidate[], region: Groups, cluster: Groups): Region[] {
  const members = new Map<string, Candidate[]>();
  for (const each of candidates) {
    const name = each.cluster.region;
    if (name === '') continue;
    members.set(name, [...(members.get(name) ?? []), each]);
  }
  const scoreOf = isDivided(binding.placement)
    ? (clusters: readonly Candidate[]) => dividedScore(clusters, binding.need.replicas, region.min, cluster.min)
    : (clusters: readonly Candidate[]) => duplicatedScore(clusters, binding.need.replicas);
  return [...members].map(([name, clusters]) => ({ name, clusters, score: scoreOf(clusters) }));
}

function sumScores(clusters: readonly Candidate[]): number {
  return clusters.reduce((total, each) => total + each.score, 0);
}

/** The more clusters could hold a whole copy, the better. */
function duplicatedScore(clusters: readonly Candidate[], replicas: number): number {
  const whole = clusters.filter((each) => each.available >= replicas);
  return whole.length === 0 ? 0 : 1000 * whole.length + Math.floor(sumScores(whole) / whole.length);
}

/** The nearer the region comes to its share of the replicas, the better. */
function dividedScore(clusters: readonly Candidate[], replicas: number, regionMin: number, clusterMin: number): number {
  const target = Math.ceil(replicas / regionMin);
  const least = Math.max(clusterMin, regionMin);
  let available = 0;
  let scores = 0;
  let count = 0;
  for (const each of clusters) {
    available += each.available;
    scores += each.score;
    count += 1;
    if (count >= least && available >= target) break;
  }
  return available < target
    ? 1000 * available + Math.floor(scores / clusters.length)
    : 1000 * target + Math.floor(scores / count);
}

function pathOf(regions: readonly Region[]): Path {
  const sorted = [...regions].sort((a, b) => b.score - a.score || byName(a.name, b.name));
  return {
    regions: sorted,
    score: sorted.reduce((total, each) => total + each.score, 0),
    value: sorted.reduce((total, each) => total + each.clusters.length, 0),
  };
}

/** Every smallest set of regions that satisfies both constraints, in the order in which upstream's search meets them. */
function paths(regions: readonly Region[], region: Groups, cluster: Groups): Path[] {
  const sorted = [...regions].sort(
    (a, b) => a.clusters.length - b.clusters.length || b.score - a.score || byName(a.name, b.name),
  );
  const found: Path[] = [];
  const visit = (chosen: readonly Region[], value: number, begin: number): void => {
    if (value >= cluster.min && chosen.length >= region.min && chosen.length <= region.max && chosen.length > 0) {
      found.push(pathOf(chosen));
      return;
    }
    if (chosen.length >= region.max) return;
    for (let next = begin; next < sorted.length; next += 1) {
      visit([...chosen, sorted[next]], value + sorted[next].clusters.length, next + 1);
    }
  };
  visit([], 0, 0);
  return found;
}

function isPrefix(short: Path, long: Path): boolean {
  return (
    short.regions.length < long.regions.length && short.regions.every((each, index) => each === long.regions[index])
  );
}

/** The best path by score, then by clusters, then the one met first; a path that begins it replaces it. */
function choose(found: readonly Path[]): Path | undefined {
  const sorted = [...found].sort((a, b) => b.score - a.score || b.value - a.value);
  let best = sorted[0];
  for (const path of sorted.slice(1)) if (isPrefix(path, best)) best = path;
  return best;
}
