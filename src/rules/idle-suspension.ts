import { FindingLevel } from '../core/finding';
import { PROPAGATION } from './kinds';
import { mayChoose } from './placements';
import { quoted, record, texts } from './read';
import type { ObjectRule } from './rule';

export const IDLE_SUSPENSION: ObjectRule = {
  code: 'MC056',
  level: FindingLevel.WARNING,
  title: 'suspension of a cluster that is never chosen',
  why: 'Suspending holds back what would be sent to a cluster. The placement names others, or leaves this one out, so there is nothing to hold back.',
  fix: 'correct the name, or let the placement choose the cluster',
  see: 'pkg/controllers/binding/common.go at v1.18.2',
  kinds: PROPAGATION,
  look: (policy) => {
    const { clusterNames } = record(record(record(policy.spec).suspension).dispatchingOnClusters);
    const idle = texts(clusterNames).filter((name) => !mayChoose(policy, { clusterNames: [name] }));
    if (idle.length === 0) return [];
    const message = `the placement never chooses ${quoted(idle)}: nothing is suspended there`;
    return [{ object: policy, path: 'spec.suspension.dispatchingOnClusters.clusterNames', message }];
  },
};
