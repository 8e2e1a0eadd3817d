import { previousNames } from '../binding';
import { ACCEPTS_ALL, type FilterFactory } from './filter-plugin';

/**
 * A workload goes nowhere where something of its anti-affinity group is.
 *
 * Mirrors `pkg/scheduler/framework/plugins/workloadantiaffinity/workload_anti_affinity.go` of Karmada v1.18.2.
 */
export const workloadAntiAffinity: FilterFactory = (binding) => {
  if (!binding.apart?.size) return ACCEPTS_ALL;
  const previous = previousNames(binding);
  return (cluster) =>
    previous.has(cluster.name) || !binding.apart?.has(cluster.name)
      ? undefined
      : 'cluster already has workload with the same anti-affinity group';
};
