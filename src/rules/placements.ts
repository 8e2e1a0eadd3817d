import { type Affinity, mayOverlap } from '../core/private/affinity';
import { entries, record, texts } from './read';

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

/** Whether a policy can only ever use one cluster at a time. */
export function isOneCluster(policy: any): boolean {
  const groups = affinitiesOf(policy);
  const named = groups.length > 0 && groups.every(({ affinity }) => texts(affinity.clusterNames).length === 1);
  return (
    named ||
    spreadOf(policy).some(({ constraint }) => constraint.spreadByField === 'cluster' && constraint.maxGroups === 1)
  );
}

/** Whether a policy has other clusters for when there is no room in those that it prefers. */
export function fallsBack(policy: any): boolean {
  return entries(placementOf(policy).clusterAffinities).length > 1;
}

/** Why pods may move from one cluster to another, in words that follow the name of the policy; undefined when they do not. */
export function movesBecause(policy: any): string | undefined {
  const { application, cluster } = record(record(policy.spec).failover);
  if (application || cluster) return `moves it where ${application ? 'it' : 'a cluster'} fails`;
  if (fallsBack(policy)) return 'moves it to another group of clusters where one has no room';
  return divisionOf(policy) === 'duplicated' || isOneCluster(policy) ? undefined : 'divides its replicas over clusters';
}

/** What an affinity says of names; an empty list says nothing. */
export function namesOf(affinity: any): Affinity {
  const [clusterNames, exclude] = [texts(record(affinity).clusterNames), texts(record(affinity).exclude)];
  return { ...(clusterNames.length > 0 && { clusterNames }), ...(exclude.length > 0 && { exclude }) };
}

/** Whether a policy may choose a cluster of these, as far as names tell. */
export function mayChoose(policy: any, target: Affinity): boolean {
  const groups = affinitiesOf(policy);
  return groups.length === 0
    ? mayOverlap(target, {})
    : groups.some(({ affinity }) => mayOverlap(target, namesOf(affinity)));
}
