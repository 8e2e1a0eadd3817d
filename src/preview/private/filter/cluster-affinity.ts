import { clusterAffinity } from '../../../core/private/cluster-affinity';
import { isWorkload } from '../binding';
import { ACCEPTS_ALL, type FilterFactory } from './filter-plugin';

/**
 * A cluster must match `clusterAffinity`, or the group of `clusterAffinities` that is being tried; a workload may also go
 * to the clusters that the group overflows to.
 *
 * Mirrors `pkg/scheduler/framework/plugins/clusteraffinity/cluster_affinity.go` of Karmada v1.18.2.
 */
export const clusterAffinityFilter: FilterFactory = (binding) => {
  const { clusterAffinity: single, clusterAffinities: groups } = binding.placement;
  const group = single ? undefined : groups?.find((each: any) => each.affinityName === binding.observedAffinity);
  const terms = single ? [single] : group ? [group] : [];
  if (group && isWorkload(binding.need)) terms.push(...(group.overflowAffinities ?? []));
  if (terms.length === 0) return ACCEPTS_ALL;
  const matches = terms.map(clusterAffinity);
  return (cluster) =>
    matches.some((match) => match(cluster))
      ? undefined
      : 'cluster(s) did not match the placement cluster affinity constraint';
};
