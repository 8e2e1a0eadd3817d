import { labelKeyFault } from '../names';
import { type Refusals, shown } from '../refusals';
import { validateAffinityGroups } from './affinity-groups';
import { validateClusterAffinity } from './cluster-affinity';
import { validateSpreadConstraints } from './spread-constraints';

/** ValidatePlacement of pkg/util/validation/validation.go at v1.18.2. */
export function validatePlacement(placement: any, path: string, refusals: Refusals): void {
  const groups = placement.clusterAffinities;
  if (placement.clusterAffinity && groups) {
    refusals.conflict(
      path,
      'clusterAffinity and clusterAffinities are both set',
      'keep clusterAffinity for one group of clusters, or clusterAffinities for several',
    );
  }
  if (!allowsOverflow(placement.replicaScheduling)) {
    (groups ?? []).forEach((group: any, index: number) => {
      if (!group.overflowAffinities) return;
      refusals.conflict(
        `${path}.clusterAffinities[${index}].overflowAffinities`,
        'overflowAffinities need replicas that Karmada divides by free capacity',
        'set replicaScheduling to Divided with Aggregated, or with Weighted and a dynamicWeight',
      );
    });
  }
  validateClusterAffinity(placement.clusterAffinity, `${path}.clusterAffinity`, refusals);
  validateAffinityGroups(groups ?? [], `${path}.clusterAffinities`, refusals);
  validateSpreadConstraints(placement.spreadConstraints ?? [], `${path}.spreadConstraints`, refusals);
  validateWorkloadAffinity(placement.workloadAffinity, `${path}.workloadAffinity`, refusals);
  validateTolerations(placement.clusterTolerations ?? [], `${path}.clusterTolerations`, refusals);
}

/** IsOverflowSchedulingAllowed of pkg/util/policy.go at v1.18.2. */
function allowsOverflow(scheduling: any): boolean {
  if (scheduling?.replicaSchedulingType !== 'Divided') return false;
  if (scheduling.replicaDivisionPreference === 'Aggregated') return true;
  return scheduling.replicaDivisionPreference === 'Weighted' && !!scheduling.weightPreference?.dynamicWeight;
}

function validateWorkloadAffinity(affinity: any, path: string, refusals: Refusals): void {
  for (const side of ['affinity', 'antiAffinity']) {
    const term = affinity?.[side];
    const fault = term && labelKeyFault(term.groupByLabelKey);
    if (fault) refusals.malformed(`${path}.${side}.groupByLabelKey`, term.groupByLabelKey, fault);
  }
  const key = affinity?.affinity?.groupByLabelKey;
  if (key !== undefined && key === affinity.antiAffinity?.groupByLabelKey) {
    refusals.conflict(
      path,
      `affinity and antiAffinity group workloads by the same label, ${shown(key)}`,
      'group by two different label keys, or remove one of the two',
    );
  }
}

/** Before v1.18 nobody looked. */
function validateTolerations(tolerations: readonly any[], path: string, refusals: Refusals): void {
  tolerations.forEach(({ operator }, index) => {
    if (operator !== 'Lt' && operator !== 'Gt') return;
    refusals.since('v1.18', () => refusals.notAllowed(`${path}[${index}].operator`, operator, ['', 'Exists', 'Equal']));
  });
}
