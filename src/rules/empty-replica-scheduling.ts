import { FindingLevel } from '../core/finding';
import { PROPAGATION } from './kinds';
import { placementOf } from './placements';
import type { ObjectRule } from './rule';

export const EMPTY_REPLICA_SCHEDULING: ObjectRule = {
  code: 'MC053',
  level: FindingLevel.WARNING,
  title: 'replicaScheduling that says nothing',
  why: 'A placement without replicaScheduling copies all replicas to each cluster. One whose replicaScheduling is empty divides them evenly: Karmada fills in Divided and Weighted.',
  fix: 'set replicaSchedulingType to Duplicated or Divided, or leave replicaScheduling out',
  see: 'pkg/apis/policy/v1alpha1/propagation_types.go at v1.18.2',
  kinds: PROPAGATION,
  look: (policy) => {
    const given = placementOf(policy).replicaScheduling;
    if (!given || Object.keys(given).length > 0) return [];
    return [
      {
        object: policy,
        path: 'spec.placement.replicaScheduling',
        message:
          'an empty replicaScheduling divides the replicas evenly, while none at all copies them to each cluster',
      },
    ];
  },
};
