import { FindingLevel } from '../core/finding';
import { PROPAGATION } from './kinds';
import { record } from './read';
import type { ObjectRule } from './rule';

export const OTHER_SCHEDULER: ObjectRule = {
  code: 'MC054',
  level: FindingLevel.WARNING,
  title: 'a scheduler of another name',
  why: 'A scheduler only looks at bindings that name it. Where none of that name runs, nothing that the policy selects is ever placed, and the name cannot be changed later: the policy has to be made anew.',
  fix: 'leave schedulerName out, or run such a scheduler and say so with --assume scheduler.scheduler-name=<name>',
  see: 'pkg/scheduler/event_handler.go at v1.18.2',
  kinds: PROPAGATION,
  look: (policy, { assumptions }) => {
    const { schedulerName } = record(policy.spec);
    const runs = assumptions.flag('scheduler', 'scheduler-name');
    if (!schedulerName || schedulerName === runs) return [];
    const message = `it is for the scheduler "${schedulerName}", but the one that runs is "${runs}": nothing is placed`;
    return [{ object: policy, path: 'spec.schedulerName', message }];
  },
};
