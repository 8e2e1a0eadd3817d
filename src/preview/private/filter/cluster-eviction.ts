import type { FilterFactory } from './filter-plugin';

/**
 * A cluster that the resource is being evicted from does not get it again.
 *
 * Mirrors `pkg/scheduler/framework/plugins/clustereviction/cluster_eviction.go` of Karmada v1.18.2.
 */
export const clusterEviction: FilterFactory = (binding) => (cluster) =>
  binding.evicting.has(cluster.name) ? 'cluster(s) is in the process of eviction' : undefined;
