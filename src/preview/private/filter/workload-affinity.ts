import { previousNames } from '../binding';
import { ACCEPTS_ALL, type FilterFactory } from './filter-plugin';

/**
 * A workload goes only where everything of its affinity group is, as far as that is anywhere yet.
 *
 * Mirrors `pkg/scheduler/framework/plugins/workloadaffinity/workload_affinity.go` of Karmada v1.18.2.
 */
export const workloadAffinity: FilterFactory = (binding) => {
  if (binding.together === undefined) return ACCEPTS_ALL;
  const previous = previousNames(binding);
  return (cluster) =>
    previous.has(cluster.name) || binding.together?.has(cluster.name) !== false
      ? undefined
      : 'ResourceBinding with the same affinity group does not target this cluster';
};
