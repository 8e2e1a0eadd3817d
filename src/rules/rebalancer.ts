import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { divisionOf } from './placements';
import { entries, record } from './read';
import type { InputRule, ObjectRule } from './rule';

const KIND = 'apps.karmada.io/WorkloadRebalancer';

export const REPEATED_REBALANCER: ObjectRule = {
  code: 'MC150',
  level: FindingLevel.WARNING,
  title: 'a WorkloadRebalancer that removes itself',
  why: 'Karmada deletes it some time after it is done. Whoever keeps applying the manifests, as GitOps does, makes it anew each time, and everything is placed anew each time.',
  fix: 'leave ttlSecondsAfterFinished out, or apply it by hand only',
  see: 'https://karmada.io/docs/userguide/scheduling/workload-rebalancer',
  kinds: [KIND],
  look: (object) =>
    typeof object.spec?.ttlSecondsAfterFinished === 'number'
      ? [
          {
            object,
            path: 'spec.ttlSecondsAfterFinished',
            message: `it is gone ${object.spec.ttlSecondsAfterFinished} s after it is done, and made anew by the next apply: all of it is placed once more`,
          },
        ]
      : [],
};

export const IDLE_REBALANCER: InputRule = {
  code: 'MC151',
  level: FindingLevel.WARNING,
  title: 'a WorkloadRebalancer that moves nothing',
  why: 'Placing anew changes something where the scheduler decides by what clusters have room for. What is duplicated is in every cluster anyway, and static weights give the same shares again.',
  fix: 'take the workload out of the WorkloadRebalancer, or divide it by available replicas',
  see: 'https://karmada.io/docs/userguide/scheduling/workload-rebalancer',
  check: (objects) =>
    objects.ofKind(KIND).flatMap((object) =>
      entries(record(object.spec).workloads).flatMap(({ item, index }) => {
        const { apiVersion, kind, namespace, name } = item;
        const isNamed = [apiVersion, kind, name].every((each) => typeof each === 'string');
        const workload = isNamed && objects.find(apiVersion, kind, namespace, name);
        const policy = workload && objects.policyOf(workload);
        if (!policy || !['duplicated', 'static'].includes(divisionOf(policy))) return [];
        const how = divisionOf(policy) === 'static' ? 'divides it by static weights' : 'duplicates it';
        const message = `${keyText(keyOf(policy))} ${how}: placing ${keyText(keyOf(workload))} anew changes nothing`;
        return [{ object, path: `spec.workloads[${index}]`, message }];
      }),
    ),
};
