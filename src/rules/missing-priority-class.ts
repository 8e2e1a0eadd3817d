import { FindingLevel } from '../core/finding';
import { PROPAGATION } from './kinds';
import { record } from './read';
import type { InputRule } from './rule';

const CLASS = 'scheduling.k8s.io/PriorityClass';
/** What every API server has. */
const BUILT_IN = ['system-cluster-critical', 'system-node-critical'];

export const MISSING_PRIORITY_CLASS: InputRule = {
  code: 'MC055',
  level: FindingLevel.WARNING,
  title: 'a priority class that is not there',
  why: 'Karmada looks the PriorityClass up on its own API server. Where there is none of that name, what the policy selects is not placed at all.',
  fix: 'add the PriorityClass to the input, or acknowledge this when Karmada has it already',
  see: 'pkg/detector/detector.go at v1.18.2',
  check: (objects, { assumptions }) => {
    if (!assumptions.gate('controller-manager', 'PriorityBasedScheduling')) return [];
    const there = new Set([...BUILT_IN, ...objects.ofKind(CLASS).map(({ metadata }) => metadata.name)]);
    return PROPAGATION.flatMap((kind) => objects.ofKind(kind)).flatMap((object) => {
      const { priorityClassName: name } = record(record(object.spec).schedulePriority);
      if (!name || there.has(name)) return [];
      const message = `the PriorityClass "${name}" is not in the input: without it nothing that the policy selects is placed`;
      return [{ object, path: 'spec.schedulePriority.priorityClassName', message }];
    });
  },
};
