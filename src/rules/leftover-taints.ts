import { FindingLevel } from '../core/finding';
import { entries } from './read';
import type { ObjectRule } from './rule';

export const LEFTOVER_TAINTS: ObjectRule = {
  code: 'MC123',
  level: FindingLevel.WARNING,
  title: 'taints that nothing takes off again',
  why: 'A ClusterTaintPolicy without removeOnConditions only ever adds its taints. They stay when the cluster is well again, and when the policy is deleted.',
  fix: 'say in removeOnConditions when they come off',
  see: 'https://karmada.io/docs/userguide/failover/cluster-taint-management',
  kinds: ['policy.karmada.io/ClusterTaintPolicy'],
  look: (policy) => {
    const { addOnConditions, removeOnConditions } = policy.spec ?? {};
    if (entries(addOnConditions).length === 0 || entries(removeOnConditions).length > 0) return [];
    return [
      {
        object: policy,
        path: 'spec.removeOnConditions',
        message: 'the taints stay on a cluster until somebody takes them off by hand',
      },
    ];
  },
};
