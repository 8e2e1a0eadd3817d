import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { placementOf } from './placements';
import { podOf } from './pods';
import { record } from './read';
import type { InputRule } from './rule';

const TERMS = ['affinity', 'antiAffinity'];

export const UNGROUPED_WORKLOAD: InputRule = {
  code: 'MC057',
  level: FindingLevel.WARNING,
  title: 'a workload outside every group',
  why: 'workloadAffinity puts workloads together, or apart, by the value of a label of the workload itself. One without the label is in no group, and is placed as if nothing had been said.',
  fix: 'add the label to metadata.labels of the workload (not to those of its pods)',
  see: 'pkg/detector/detector.go at v1.18.2',
  check: (objects, { assumptions }) => {
    if (!assumptions.gate('controller-manager', 'WorkloadAffinity')) return [];
    return objects.templates.flatMap((object) => {
      const policy = objects.policyOf(object);
      if (!policy || !podOf(object)) return [];
      const near = record(placementOf(policy).workloadAffinity);
      return TERMS.flatMap((term) => {
        const { groupByLabelKey: key } = record(near[term]);
        if (!key || key in record(object.metadata.labels)) return [];
        const message = `${keyText(keyOf(policy))} groups by the label "${key}" (${term}), which it does not have`;
        return [{ object, path: 'metadata.labels', message }];
      });
    });
  },
};
