import { entries, record } from './read';

/** How a placement shares replicas out. */
export type Division = 'duplicated' | 'static' | 'dynamic' | 'aggregated';

/**
 * How a policy shares replicas out, with the defaults that Karmada fills in.
 *
 * Mirrors pkg/apis/policy/v1alpha1/propagation_types.go and pkg/scheduler/core/assignment.go at v1.18.2.
 */
export function divisionOf(policy: any): Division {
  const given = placementOf(policy).replicaScheduling;
  if (given === undefined || given === null) return 'duplicated';
  if ((given.replicaSchedulingType ?? 'Divided') === 'Duplicated') return 'duplicated';
  if ((given.replicaDivisionPreference ?? 'Weighted') === 'Aggregated') return 'aggregated';
  return given.weightPreference?.dynamicWeight ? 'dynamic' : 'static';
}

/** Whether a policy divides replicas by what member clusters have room for. */
export function goesByCapacity(policy: any): boolean {
  return ['dynamic', 'aggregated'].includes(divisionOf(policy));
}

export function placementOf(policy: any): any {
  return record(record(policy.spec).placement);
}

/** The groups of clusters that a policy may use, each with its path: one, or several of which one is used at a time. */
export function affinitiesOf(policy: any): { readonly affinity: any; readonly path: string }[] {
  const { clusterAffinity, clusterAffinities } = placementOf(policy);
  if (clusterAffinity) return [{ affinity: clusterAffinity, path: 'spec.placement.clusterAffinity' }];
  return entries(clusterAffinities).flatMap(({ item, index }) => {
    const path = `spec.placement.clusterAffinities[${index}]`;
    const overflow = entries(item.overflowAffinities).map((each) => ({
      affinity: each.item,
      path: `${path}.overflowAffinities[${each.index}]`,
    }));
    return [{ affinity: item, path }, ...overflow];
  });
}

/** The spread constraints of a policy, each with its path. */
export function spreadOf(policy: any): { readonly constraint: any; readonly path: string }[] {
  return entries(placementOf(policy).spreadConstraints).map(({ item, index }) => ({
    constraint: item,
    path: `spec.placement.spreadConstraints[${index}]`,
  }));
}

/** Whether the scheduler leaves spread constraints out of account: pkg/scheduler/core/spreadconstraint/select_clusters.go. */
export function ignoresSpread(policy: any): boolean {
  if (divisionOf(policy) !== 'static') return false;
  const { weightPreference } = placementOf(policy).replicaScheduling;
  return !weightPreference || entries(weightPreference.staticWeightList).length > 0;
}
