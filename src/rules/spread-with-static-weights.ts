import { FindingLevel } from '../core/finding';
import { PROPAGATION } from './kinds';
import { ignoresSpread, spreadOf } from './placements';
import type { ObjectRule } from './rule';

export const SPREAD_WITH_STATIC_WEIGHTS: ObjectRule = {
  code: 'MC050',
  level: FindingLevel.WARNING,
  title: 'spread constraints beside static weights',
  why: 'Where replicas are divided by static weights, the scheduler takes every cluster of the affinity and never looks at how the placement wants them spread.',
  fix: 'divide by available replicas or aggregate, or leave the spread constraints out',
  see: 'pkg/scheduler/core/spreadconstraint/select_clusters.go at v1.18.2',
  kinds: PROPAGATION,
  look: (policy) => {
    if (!ignoresSpread(policy) || spreadOf(policy).length === 0) return [];
    return [
      {
        object: policy,
        path: 'spec.placement.spreadConstraints',
        message: 'spread constraints have no effect where replicas are divided by static weights',
      },
    ];
  },
};
