import { isCron } from '../cron';
import type { Refusals } from '../refusals';
import { shown } from '../refusals';
import type { Review } from '../review';
import { isTimeZone } from '../time-zone';
import { validateScaleTarget } from './scale-target';

const MAX_INT32 = 2147483647;

/** pkg/webhook/cronfederatedhpa/validating.go at v1.18.2. */
export function validateCronFederatedHpa({ spec, refusals }: Review): void {
  const { kind, apiVersion } = spec.scaleTargetRef;
  const scalesHpa = apiVersion === 'autoscaling.karmada.io/v1alpha1';
  if (scalesHpa && kind !== 'FederatedHPA') {
    refusals.notAllowed('spec.scaleTargetRef.kind', kind, ['FederatedHPA']);
    return;
  }
  validateScaleTarget(spec.scaleTargetRef, 'spec.scaleTargetRef', refusals);
  const names = new Set<string>();
  (spec.rules ?? []).forEach((rule: any, index: number) => {
    const path = `spec.rules[${index}]`;
    if (names.has(rule.name)) {
      refusals.duplicate(`${path}.name`, `two rules are named ${shown(rule.name)}`, 'give each rule a name of its own');
    }
    names.add(rule.name);
    if (!isCron(rule.schedule)) {
      const wanted = 'a cron expression of 5 to 7 fields or a macro such as @hourly (no @every, no TZ=)';
      refusals.malformed(`${path}.schedule`, rule.schedule, wanted);
    }
    if (rule.timeZone !== undefined && !isTimeZone(rule.timeZone)) {
      refusals.malformed(`${path}.timeZone`, rule.timeZone, 'a time zone such as Asia/Shanghai or UTC');
    }
    if (scalesHpa) validateBounds(rule, path, refusals);
    else validateReplicas(rule, kind, path, refusals);
  });
}

function validateBounds(rule: any, path: string, refusals: Refusals): void {
  const { targetMinReplicas, targetMaxReplicas } = rule;
  const [min, max] = [`${path}.targetMinReplicas`, `${path}.targetMaxReplicas`];
  if (targetMinReplicas === undefined && targetMaxReplicas === undefined) {
    refusals.missing(max, 'a rule for a FederatedHPA sets targetMinReplicas, targetMaxReplicas or both');
  }
  if (targetMinReplicas <= 0) refusals.outOfRange(min, targetMinReplicas, '1 or more');
  if (targetMaxReplicas <= 0) refusals.outOfRange(max, targetMaxReplicas, '1 or more');
  if ((targetMinReplicas ?? 1) > (targetMaxReplicas ?? MAX_INT32)) {
    refusals.conflict(
      min,
      `targetMinReplicas ${targetMinReplicas ?? 1} is above targetMaxReplicas ${targetMaxReplicas}`,
      'raise targetMaxReplicas, or lower targetMinReplicas',
    );
  }
}

function validateReplicas({ targetReplicas }: any, kind: string, path: string, refusals: Refusals): void {
  if (targetReplicas === undefined)
    refusals.missing(`${path}.targetReplicas`, `a rule for a ${kind} sets its replicas`);
  else if (targetReplicas < 0) refusals.outOfRange(`${path}.targetReplicas`, targetReplicas, '0 or more');
}
