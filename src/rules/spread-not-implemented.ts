import { FindingLevel } from '../core/finding';
import { PROPAGATION } from './kinds';
import { ignoresSpread, spreadOf } from './placements';
import type { Doubt, ObjectRule } from './rule';

function look(policy: any): Doubt[] {
  if (ignoresSpread(policy)) return [];
  const constraints = spreadOf(policy);
  const isDecided = constraints.some(({ constraint }) => ['cluster', 'region'].includes(constraint.spreadByField));
  return constraints.flatMap(({ constraint, path }) => {
    const { spreadByField: field, spreadByLabel: label } = constraint;
    if (field === 'zone' || field === 'provider') {
      const message = `a spread by ${field} spreads nothing: it only leaves out clusters that have no ${field}`;
      return [{ object: policy, path: `${path}.spreadByField`, message }];
    }
    if (!label) return [];
    const message = isDecided
      ? `a spread by the label "${label}" has no effect beside one by cluster or region`
      : `a spread by the label "${label}" is not implemented: nothing can be scheduled`;
    return [{ object: policy, path: `${path}.spreadByLabel`, message }];
  });
}

export const SPREAD_NOT_IMPLEMENTED: ObjectRule = {
  code: 'MC052',
  level: FindingLevel.WARNING,
  title: 'spread by something that the scheduler does not know',
  why: 'The API takes spread constraints by zone, provider and label, but the scheduler spreads by cluster and by region only. One by zone or provider filters clusters that have none; one by label alone makes scheduling fail.',
  fix: 'spread by region or by cluster',
  see: 'pkg/scheduler/core/spreadconstraint/select_clusters.go at v1.18.2',
  kinds: PROPAGATION,
  look,
};
