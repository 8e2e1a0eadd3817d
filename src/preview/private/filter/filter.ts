import type { Binding } from '../binding';
import type { ClusterFacts } from '../cluster';
import { ScheduleError } from '../schedule-error';
import { apiEnablement } from './api-enablement';
import { clusterAffinityFilter } from './cluster-affinity';
import { clusterEviction } from './cluster-eviction';
import { ACCEPTS_ALL, type FilterFactory } from './filter-plugin';
import { spreadConstraint } from './spread-constraint';
import { taintToleration } from './taint-toleration';
import { workloadAffinity } from './workload-affinity';
import { workloadAntiAffinity } from './workload-anti-affinity';

/**
 * Karmada's scheduler shuffles its plugins when it starts, so a cluster that several of them reject reports any one of
 * their reasons. This order is ours; the verdict does not depend on it.
 */
const PLUGINS: readonly FilterFactory[] = [
  clusterAffinityFilter,
  spreadConstraint,
  apiEnablement,
  clusterEviction,
  taintToleration,
  workloadAffinity,
  workloadAntiAffinity,
];

/** Why a cluster is not fit, by its name. */
export type Rejections = Map<string, string>;

/**
 * The clusters that every plugin accepts; those of the others that are not about to leave are noted in `rejections`.
 *
 * Mirrors `findClustersThatFit` in `pkg/scheduler/core/generic_scheduler.go` and `FitError` in
 * `pkg/scheduler/framework/types.go` of Karmada v1.18.2.
 */
export function filter(binding: Binding, clusters: readonly ClusterFacts[], rejections: Rejections): ClusterFacts[] {
  const plugins = PLUGINS.map((plugin) => plugin(binding)).filter((plugin) => plugin !== ACCEPTS_ALL);
  rejections.clear();
  const fit = clusters.filter((cluster) => {
    if (cluster.deleting) return false;
    for (const plugin of plugins) {
      const reason = plugin(cluster);
      if (reason !== undefined) {
        rejections.set(cluster.name, reason);
        return false;
      }
    }
    return true;
  });
  if (fit.length > 0) return fit;
  const counts = new Map<string, number>();
  for (const reason of rejections.values()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  const text = reasons.length > 0 ? ` ${reasons.join(', ')}.` : '';
  throw new ScheduleError('NoClusterFit', `0/${clusters.length} clusters are available:${text}`);
}
