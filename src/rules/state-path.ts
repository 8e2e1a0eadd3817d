import { FindingLevel } from '../core/finding';
import { PROPAGATION } from './kinds';
import { entries, record } from './read';
import type { ObjectRule } from './rule';

export const STATE_PATH: ObjectRule = {
  code: 'MC125',
  level: FindingLevel.WARNING,
  title: 'state that is looked for twice below status',
  why: 'The paths of statePreservation begin below the status of the workload already. One that begins with .status looks for a status in it, finds nothing, and failover waits for ever.',
  fix: 'leave .status out of the path',
  see: 'pkg/util/helper/failover.go at v1.18.2',
  kinds: PROPAGATION,
  look: (policy) =>
    ['application', 'cluster'].flatMap((part) => {
      const { statePreservation } = record(record(record(policy.spec).failover)[part]);
      return entries(record(statePreservation).rules)
        .filter(({ item }) => /^\s*\{\s*\.status\b/.test(String(item.jsonPath)))
        .map(({ item, index }) => ({
          object: policy,
          path: `spec.failover.${part}.statePreservation.rules[${index}].jsonPath`,
          message: `the path ${item.jsonPath} begins below the status already`,
        }));
    }),
};
