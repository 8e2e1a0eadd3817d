import { FindingLevel } from '../core/finding';
import { PROPAGATION } from './kinds';
import { ignoresSpread, spreadOf } from './placements';
import type { Doubt, ObjectRule } from './rule';

/** By cluster alone, or by region: with both, leaving out the clusters' maximum means one cluster for each region. */
function look(policy: any): Doubt[] {
  if (ignoresSpread(policy)) return [];
  const constraints = spreadOf(policy).filter(({ constraint }) => !constraint.spreadByLabel);
  const by = (field: string) => constraints.filter(({ constraint }) => constraint.spreadByField === field).slice(-1);
  const [decisive] = [...by('region'), ...by('cluster')];
  if (!decisive || decisive.constraint.maxGroups) return [];
  const { spreadByField } = decisive.constraint;
  return [
    {
      object: policy,
      path: `${decisive.path}.maxGroups`,
      message: `maxGroups of the spread by ${spreadByField} is not set, which Karmada reads as 0 ${spreadByField}s: nothing can be scheduled`,
    },
  ];
}

export const SPREAD_WITHOUT_MAXIMUM: ObjectRule = {
  code: 'MC051',
  level: FindingLevel.ERROR,
  title: 'spread without a maximum',
  why: 'Karmada gives maxGroups no default. One that is left out is 0, the scheduler chooses that many clusters or regions, and scheduling fails.',
  fix: 'set maxGroups, at least to minGroups',
  see: 'pkg/scheduler/core/spreadconstraint/select_clusters_by_cluster.go at v1.18.2, https://github.com/karmada-io/karmada/pull/4617',
  kinds: PROPAGATION,
  look,
};
