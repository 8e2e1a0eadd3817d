import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { record } from './read';
import type { InputRule } from './rule';
import { CRON_FEDERATED_HPA, FEDERATED_HPA, targetOf } from './scale-targets';

export const AUTOSCALED_REPLICAS: InputRule = {
  code: 'MC135',
  level: FindingLevel.WARNING,
  title: 'replicas of a workload that an autoscaler sets',
  why: 'Whoever applies the workload again sets the number in it, and the autoscaler has to find the right one anew. With server-side apply the two are in conflict about the field.',
  fix: 'leave spec.replicas out of the workload',
  see: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  check: (objects) => {
    const scalers = new Map<any, any>();
    for (const autoscaler of [FEDERATED_HPA, CRON_FEDERATED_HPA].flatMap((kind) => objects.ofKind(kind))) {
      const target = targetOf(objects, autoscaler);
      if (target && !scalers.has(target)) scalers.set(target, autoscaler);
    }
    return [...scalers].flatMap(([target, autoscaler]) => {
      const { replicas } = record(target.spec);
      if (typeof replicas !== 'number') return [];
      const message = `the manifest says ${replicas}, and ${keyText(keyOf(autoscaler))} sets another number: each apply undoes that`;
      return [{ object: target, path: 'spec.replicas', message }];
    });
  },
};
