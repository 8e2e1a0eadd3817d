import type { Refusals } from '../refusals';
import type { Review } from '../review';
import { validateMetric } from './hpa-metric';
import { validateScaleTarget } from './scale-target';

/** ValidateFederatedHPA of pkg/util/lifted/validatingfhpa.go at v1.18.2. */
export function validateFederatedHpa({ spec, refusals }: Review): void {
  const { minReplicas, maxReplicas, behavior } = spec;
  if (minReplicas < 1) refusals.outOfRange('spec.minReplicas', minReplicas, '1 or more');
  if (maxReplicas < 1) refusals.outOfRange('spec.maxReplicas', maxReplicas, '1 or more');
  if (maxReplicas < minReplicas) {
    refusals.conflict(
      'spec.maxReplicas',
      `maxReplicas ${maxReplicas} is below minReplicas ${minReplicas}`,
      `raise maxReplicas to ${minReplicas} or more, or lower minReplicas`,
    );
  }
  validateScaleTarget(spec.scaleTargetRef, 'spec.scaleTargetRef', refusals);
  (spec.metrics ?? []).forEach((metric: any, index: number) => {
    validateMetric(metric, `spec.metrics[${index}]`, refusals);
  });
  for (const direction of ['scaleUp', 'scaleDown']) {
    if (behavior?.[direction]) validateScaling(behavior[direction], `spec.behavior.${direction}`, refusals);
  }
}

function validateScaling(rules: any, path: string, refusals: Refusals): void {
  const { stabilizationWindowSeconds, selectPolicy, policies } = rules;
  if (stabilizationWindowSeconds < 0 || stabilizationWindowSeconds > 3600) {
    refusals.outOfRange(`${path}.stabilizationWindowSeconds`, stabilizationWindowSeconds, '0 to 3600 seconds');
  }
  if (selectPolicy !== undefined && !['Max', 'Min', 'Disabled'].includes(selectPolicy)) {
    refusals.notAllowed(`${path}.selectPolicy`, selectPolicy, ['Max', 'Min', 'Disabled']);
  }
  if (!policies?.length) refusals.missing(`${path}.policies`, 'an empty list would never scale');
  (policies ?? []).forEach(({ type, value, periodSeconds }: any, index: number) => {
    const at = `${path}.policies[${index}]`;
    if (type !== 'Pods' && type !== 'Percent') refusals.notAllowed(`${at}.type`, type, ['Pods', 'Percent']);
    if (value <= 0) refusals.outOfRange(`${at}.value`, value, '1 or more');
    if (periodSeconds <= 0 || periodSeconds > 1800) {
      refusals.outOfRange(`${at}.periodSeconds`, periodSeconds, '1 to 1800 seconds');
    }
  });
}
