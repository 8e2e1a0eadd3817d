import { ACCEPTS_ALL, type FilterFactory } from './filter-plugin';

/**
 * A cluster that the resource is being evicted from does not get it again.
 *
 * Mirrors `pkg/scheduler/framework/plugins/clustereviction/cluster_eviction.go` of Karmada v1.18.2.
 */
export const clusterEviction: FilterFactory = ({ evicting }) =>
  evicting.size === 0
    ? ACCEPTS_ALL
    : (cluster) => (evicting.has(cluster.name) ? 'cluster(s) is in the process of eviction' : undefined);
