import { isGentle } from '../mutate/propagation-policy';
import { labelKeyFault } from '../names';
import { type Refusals, shown } from '../refusals';

/** ValidateFailover of pkg/util/validation/validation.go at v1.18.2. */
export function validateFailover(failover: any, path: string, refusals: Refusals): void {
  if (failover?.application) validateApplication(failover.application, `${path}.application`, refusals);
  if (failover?.cluster) {
    validateStatePreservation(failover.cluster.statePreservation, `${path}.cluster.statePreservation`, refusals);
  }
}

function validateApplication(application: any, path: string, refusals: Refusals): void {
  const { purgeMode, gracePeriodSeconds, decisionConditions, statePreservation } = application;
  if (decisionConditions.tolerationSeconds < 0) {
    refusals.outOfRange(
      `${path}.decisionConditions.tolerationSeconds`,
      decisionConditions.tolerationSeconds,
      '0 seconds or more',
    );
  }
  const grace = `${path}.gracePeriodSeconds`;
  if (!isGentle(purgeMode) && gracePeriodSeconds !== undefined) {
    refusals.conflict(
      grace,
      `gracePeriodSeconds ${gracePeriodSeconds} means nothing with purgeMode ${shown(purgeMode)}`,
      'remove gracePeriodSeconds, or set purgeMode to "Gracefully"',
    );
  }
  if (isGentle(purgeMode) && gracePeriodSeconds === undefined) {
    refusals.missing(grace, `purgeMode ${shown(purgeMode)} needs to know how long the old copy may live on`);
  }
  if (gracePeriodSeconds <= 0) refusals.outOfRange(grace, gracePeriodSeconds, '1 second or more');
  validateStatePreservation(statePreservation, `${path}.statePreservation`, refusals);
}

function validateStatePreservation(preservation: any, path: string, refusals: Refusals): void {
  (preservation?.rules ?? []).forEach(({ aliasLabelName }: any, index: number) => {
    const fault = labelKeyFault(aliasLabelName);
    if (fault) refusals.malformed(`${path}.rules[${index}].aliasLabelName`, aliasLabelName, fault);
  });
}
