import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import type { Objects } from './objects';
import { divisionOf } from './placements';
import type { Doubt, InputRule } from './rule';
import { targetOf } from './scale-targets';

const MEMBER = 'autoscaling/HorizontalPodAutoscaler';
const RETAIN = 'resourcetemplate.karmada.io/retain-replicas';

function check(objects: Objects): Doubt[] {
  return objects.ofKind(MEMBER).flatMap((autoscaler) => {
    const target = objects.policyOf(autoscaler) && targetOf(objects, autoscaler);
    const policy = target && objects.policyOf(target);
    if (!policy) return [];
    const path = 'spec.scaleTargetRef';
    const [scaled, sender] = [keyText(keyOf(target)), keyText(keyOf(policy))];
    const isRetained = target.kind === 'Deployment' && target.metadata.labels?.[RETAIN] === 'true';
    if (!isRetained) {
      const message = `it scales ${scaled} in each member cluster, and Karmada sets the replicas there back to what ${sender} gives it`;
      return [{ object: autoscaler, path, message }];
    }
    if (divisionOf(policy) === 'duplicated') return [];
    const message = `${sender} divides the replicas of ${scaled}, whose label ${RETAIN} keeps each share from the clusters`;
    return [
      { object: autoscaler, path, message, fix: 'duplicate the workload, or scale it with a FederatedHPA instead' },
    ];
  });
}

export const MEMBER_AUTOSCALER: InputRule = {
  code: 'MC133',
  level: FindingLevel.WARNING,
  title: 'an autoscaler in each member cluster',
  why: 'Karmada sets the replicas of a workload in each cluster, and puts back what an autoscaler of that cluster changes, unless the Deployment has the label resourcetemplate.karmada.io/retain-replicas. With the label no cluster ever gets its share of replicas that are divided.',
  fix: `duplicate a Deployment and label it ${RETAIN}=true (its own labels, not those of the pods), or scale it with a FederatedHPA`,
  see: 'pkg/resourceinterpreter/default/native/retain.go at v1.18.2',
  check,
};
