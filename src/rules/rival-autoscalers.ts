import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { grouped } from './grouped';
import type { InputRule } from './rule';
import { CRON_FEDERATED_HPA, FEDERATED_HPA, targetKey } from './scale-targets';

export const RIVAL_AUTOSCALERS: InputRule = {
  code: 'MC134',
  level: FindingLevel.WARNING,
  title: 'two autoscalers for one workload',
  why: 'A CronFederatedHPA that scales a workload itself sets its replicas at its hours. A FederatedHPA sets them by the metrics every few seconds: it undoes what the schedule did.',
  fix: 'let the CronFederatedHPA scale the FederatedHPA: its scaleTargetRef names that, and its rules say targetMinReplicas and targetMaxReplicas',
  see: 'pkg/controllers/cronfederatedhpa/cronfederatedhpa_job.go at v1.18.2',
  check: (objects) => {
    const byTarget = grouped(objects.ofKind(FEDERATED_HPA), (autoscaler) => [targetKey(autoscaler)]);
    return objects.ofKind(CRON_FEDERATED_HPA).flatMap((schedule) => {
      const [other] = byTarget.get(targetKey(schedule)) ?? [];
      if (!other) return [];
      const { kind, name } = schedule.spec.scaleTargetRef;
      const message = `${keyText(keyOf(other))} scales ${kind} "${name}" too: each undoes what the other did`;
      return [{ object: schedule, path: 'spec.scaleTargetRef', message }];
    });
  },
};
