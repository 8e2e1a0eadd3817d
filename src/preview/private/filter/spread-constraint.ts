import { ACCEPTS_ALL, type FilterFactory } from './filter-plugin';

/**
 * A constraint that spreads by provider, region or zone needs clusters that say theirs.
 *
 * Mirrors `pkg/scheduler/framework/plugins/spreadconstraint/spread_constraint.go` of Karmada v1.18.2.
 */
export const spreadConstraint: FilterFactory = (binding) => {
  const fields: readonly string[] = (binding.placement.spreadConstraints ?? []).map((each: any) => each.spreadByField);
  if (fields.length === 0) return ACCEPTS_ALL;
  return (cluster) => {
    for (const field of fields) {
      if (
        (field === 'provider' && cluster.provider === '') ||
        (field === 'region' && cluster.region === '') ||
        (field === 'zone' && cluster.zones.length === 0)
      ) {
        return `cluster(s) did not have ${field === 'zone' ? 'zones' : field} property`;
      }
    }
    return undefined;
  };
};
