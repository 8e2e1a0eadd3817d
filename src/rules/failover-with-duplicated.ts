import { FindingLevel } from '../core/finding';
import { PROPAGATION } from './kinds';
import { divisionOf, fallsBack, spreadOf } from './placements';
import { record } from './read';
import type { ObjectRule } from './rule';

export const FAILOVER_WITH_DUPLICATED: ObjectRule = {
  code: 'MC121',
  level: FindingLevel.WARNING,
  title: 'failover where every cluster has a copy',
  why: 'A placement that duplicates, and neither spreads nor has groups to fall back on, gives a copy to every cluster that it may use. When one of them fails there is none left to go to: failover only takes the copy away.',
  fix: 'leave failover out, divide the replicas, or spread over fewer clusters than the placement may use',
  see: 'https://karmada.io/docs/userguide/failover/application-failover',
  kinds: PROPAGATION,
  look: (policy) => {
    const { application, cluster } = record(record(policy.spec).failover);
    const parts = [...(application ? ['application'] : []), ...(cluster ? ['cluster'] : [])];
    if (divisionOf(policy) !== 'duplicated' || spreadOf(policy).length > 0 || fallsBack(policy)) return [];
    return parts.map((part) => ({
      object: policy,
      path: `spec.failover.${part}`,
      message: 'every cluster that the placement may use has a copy already: where one fails there is none to go to',
    }));
  },
};
