import { isDnsSubdomain, LABEL_RULE } from '../../core/private/names';
import type { Trouble } from '../../core/private/trouble';
import type { ResourceSelector } from '../../core/resource-selector';
import type { Placement } from '../placement';
import type { PropagationOptions } from '../propagation-options';

/** The spec of both kinds of policy, without what changes after the policy was made. */
export function specOf(options: PropagationOptions, placement: Placement): any {
  const { priority, preemption, schedulerName, conflictResolution, activationPreference } = options;
  const { preserveResourcesOnDeletion, suspension, failover, schedulePriority } = options;
  return {
    placement: placement._toKarmada(),
    ...(priority !== undefined && { priority }),
    ...(preemption && { preemption }),
    ...(schedulerName && { schedulerName }),
    ...(conflictResolution && { conflictResolution }),
    ...(activationPreference && { activationPreference }),
    ...(preserveResourcesOnDeletion !== undefined && { preserveResourcesOnDeletion }),
    ...(suspension && { suspension: suspension._toKarmada() }),
    ...(failover && {
      failover: {
        ...(failover.application && { application: failover.application._toKarmada() }),
        ...(failover.cluster && { cluster: failover.cluster._toKarmada() }),
      },
    }),
    ...(schedulePriority && {
      schedulePriority: { priorityClassSource: 'KubePriorityClass', priorityClassName: schedulePriority },
    }),
  };
}

/** What is wrong with the options, whatever the policy selects. */
export function optionTroubles(options: PropagationOptions): Trouble[] {
  const { autoPropagate, priority = 0, dependentOverrides = [], schedulerName, failover, schedulePriority } = options;
  const found: Trouble[] = [];
  if (!Number.isInteger(priority) || priority < -(2 ** 31) || priority >= 2 ** 31) {
    found.push({
      what: `\`priority\` must be a whole number of 32 bits, got ${priority}`,
      fix: 'give a whole number such as 10; the highest wins',
    });
  }
  for (const name of dependentOverrides) found.push(...nameTroubles('dependentOverrides', 'an override policy', name));
  if (schedulerName === '') {
    found.push({ what: '`schedulerName` is empty', fix: 'give the name of a scheduler, or leave it out' });
  }
  if (schedulePriority !== undefined) {
    found.push(...nameTroubles('schedulePriority', 'a PriorityClass', schedulePriority));
  }
  if (failover && !failover.application && !failover.cluster) {
    found.push({
      what: '`failover` says nothing about the application nor about clusters',
      fix: 'give `application`, such as ApplicationFailover.gracefully(), or `cluster`, or leave `failover` out',
    });
  }
  if (failover?.application && autoPropagate === false) {
    found.push({
      what: '`autoPropagate` is false, and with `failover.application` what the application refers to has to move with it',
      fix: 'leave `autoPropagate` out, or leave `failover.application` out',
    });
  }
  return found;
}

/** Whether the webhook turns propagateDeps on for what is selected. */
export function isServiceImport({ _type }: ResourceSelector): boolean {
  return _type === 'multicluster.x-k8s.io/v1alpha1 ServiceImport';
}

function nameTroubles(prop: string, noun: string, name: string): Trouble[] {
  if (isDnsSubdomain(name)) return [];
  return [
    {
      what: `"${name}" in \`${prop}\` cannot be the name of ${noun}`,
      fix: `use at most 253 characters: parts with . between them, each of ${LABEL_RULE}`,
    },
  ];
}
