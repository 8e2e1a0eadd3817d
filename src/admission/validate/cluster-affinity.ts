import * as codes from '../codes';
import { oneOf, type Refusals, shown } from '../refusals';

const KEYS = ['provider', 'region', 'zone'];
const OPERATORS = ['In', 'NotIn'];

/** ValidateClusterAffinity of pkg/util/validation/validation.go at v1.18.2: the field selector, first offence only. */
export function validateClusterAffinity(affinity: any, path: string, refusals: Refusals): void {
  for (const { key, operator } of affinity?.fieldSelector?.matchExpressions ?? []) {
    const [name, value, allowed] = KEYS.includes(key) ? ['operator', operator, OPERATORS] : ['key', key, KEYS];
    if (allowed.includes(value)) continue;
    refusals.add(
      codes.NOT_ALLOWED,
      `${path}.fieldSelector`,
      `a field selector takes the ${name} ${oneOf(allowed)}, got ${shown(value)}`,
      `use the ${name} ${oneOf(allowed)}; select anything else by cluster labels, with labelSelector`,
    );
    return;
  }
}

/** True when an affinity restricts nothing. */
export function isEmptyAffinity(affinity: any): boolean {
  return (
    !affinity.labelSelector && !affinity.fieldSelector && !affinity.clusterNames?.length && !affinity.exclude?.length
  );
}
