import { FindingLevel } from '../core/finding';
import { PROPAGATION } from './kinds';
import type { ObjectRule } from './rule';

export const LAZY_ACTIVATION: ObjectRule = {
  code: 'MC045',
  level: FindingLevel.WARNING,
  title: 'lazy activation',
  why: 'Objects that exist already move only when they are next edited, so what the policy says and what runs differ for as long as nobody touches them. Karmada calls the preference experimental.',
  fix: 'leave activationPreference out, or acknowledge this with the reason',
  see: 'https://karmada.io/docs/userguide/scheduling/resource-propagating and pkg/detector/detector.go at v1.18.2',
  kinds: PROPAGATION,
  look: (policy) =>
    policy.spec?.activationPreference === 'Lazy'
      ? [
          {
            object: policy,
            path: 'spec.activationPreference',
            message: 'the policy is lazy: what exists already moves only when it is next edited',
          },
        ]
      : [],
};
