import * as codes from '../codes';
import { type Refusals, shown } from '../refusals';

/** ValidateSpreadConstraint of pkg/util/validation/validation.go at v1.18.2. */
export function validateSpreadConstraints(constraints: readonly any[], path: string, refusals: Refusals): void {
  const counts = new Map<string, number>();
  constraints.forEach((constraint, index) => {
    validateConstraint(constraint, `${path}[${index}]`, refusals);
    const field = constraint.spreadByField;
    if (!field) return;
    const count = (counts.get(field) ?? 0) + 1;
    counts.set(field, count);
    if (count === 2) {
      refusals.duplicate(path, `two constraints spread by ${shown(field)}`, `keep one spread constraint for ${field}`);
    }
  });
  if (counts.size > 0 && !counts.has('cluster')) {
    refusals.conflict(
      path,
      `spreading by ${[...counts.keys()].join(' and ')} needs a constraint that spreads by cluster too`,
      'add a spread constraint with spreadByField: cluster, which says how many clusters in all',
    );
  }
}

function validateConstraint(constraint: any, path: string, refusals: Refusals): void {
  const { spreadByField, spreadByLabel, minGroups, maxGroups } = constraint;
  if (spreadByField && spreadByLabel) {
    refusals.conflict(path, 'spreadByField and spreadByLabel are both set', 'keep one of the two');
  }
  for (const [name, value] of [
    ['minGroups', minGroups],
    ['maxGroups', maxGroups],
  ]) {
    if (value >= 0) continue;
    refusals.add(codes.OUT_OF_RANGE, path, `${name} must be 0 or more, got ${value}`, `set ${name} to 0 or more`);
  }
  if (maxGroups > 0 && maxGroups < minGroups) {
    refusals.conflict(
      path,
      `maxGroups ${maxGroups} is below minGroups ${minGroups}`,
      `raise maxGroups to ${minGroups} or more, or lower minGroups to ${maxGroups} or less`,
    );
  }
}
