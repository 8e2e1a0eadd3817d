import { isDnsSubdomain, LABEL_RULE } from '../../core/private/names';
import type { Trouble } from '../../core/private/trouble';
import type { FederatedAutoscalerProps } from '../federated-autoscaler';
import type { ScalingRules } from '../scaling-behavior';
import { ScalingMetric } from '../scaling-metric';
import type { BoundsSchedule } from '../scaling-schedule';
import { ScalingTarget } from '../scaling-target';
import { countTroubles } from './counts';
import { scaleTargetRef } from './scale-target';
import { seconds } from './seconds';

/** The longest window that Karmada takes, in seconds. */
const LONGEST_WINDOW = 3600;

/** The spec of a FederatedHPA; what Karmada's webhook would fill in is written where somebody would ask. */
export function federatedHpaSpec(props: FederatedAutoscalerProps): any {
  const { scaleTarget, minReplicas = 1, maxReplicas, behavior } = props;
  const metrics = props.metrics ?? [ScalingMetric.cpu(ScalingTarget.averageUtilization(80))];
  const { scaleUp, scaleDown } = behavior ?? {};
  return {
    scaleTargetRef: scaleTargetRef(scaleTarget),
    minReplicas,
    maxReplicas,
    metrics: metrics.map((metric) => metric._toKarmada()),
    ...((scaleUp || scaleDown) && {
      behavior: { ...(scaleUp && { scaleUp: rules(scaleUp) }), ...(scaleDown && { scaleDown: rules(scaleDown) }) },
    }),
  };
}

/** What is wrong with the options of an autoscaler. Mirrors pkg/util/lifted/validatingfhpa.go at v1.18.2. */
export function autoscalerTroubles(name: string, props: FederatedAutoscalerProps): Trouble[] {
  const { minReplicas, maxReplicas, metrics, behavior = {} } = props;
  return [
    ...nameTroubles('an autoscaler', name),
    ...countTroubles({ minReplicas, maxReplicas }, 1),
    ...(maxReplicas < (minReplicas ?? 1) && maxReplicas >= 1
      ? [
          {
            what: `\`maxReplicas\` ${maxReplicas} is below \`minReplicas\` ${minReplicas}`,
            fix: 'raise the one or lower the other',
          },
        ]
      : []),
    ...(metrics?.length === 0
      ? [
          {
            what: '`metrics` is empty, so Karmada would take its own default',
            fix: 'give one metric or more, or leave it out for 80 percent of CPU',
          },
        ]
      : []),
    ...(behavior.scaleUp ? rulesTroubles('scaleUp', behavior.scaleUp) : []),
    ...(behavior.scaleDown ? rulesTroubles('scaleDown', behavior.scaleDown) : []),
  ];
}

/** What is wrong with the name of an autoscaler. */
export function nameTroubles(noun: string, name: string): Trouble[] {
  if (isDnsSubdomain(name)) return [];
  return [
    {
      what: `"${name}" cannot be the name of ${noun}`,
      fix: `use at most 253 characters: ${LABEL_RULE}, parted by dots`,
    },
  ];
}

/** What is wrong with the bounds that a schedule sets. */
export function boundsTroubles({ targetMinReplicas: min, targetMaxReplicas: max }: BoundsSchedule): Trouble[] {
  if (min === undefined && max === undefined) {
    return [{ what: 'a schedule sets neither bound', fix: 'give `targetMinReplicas`, `targetMaxReplicas` or both' }];
  }
  const found = countTroubles({ targetMinReplicas: min, targetMaxReplicas: max }, 1);
  if (found.length > 0 || min === undefined || max === undefined || min <= max) return found;
  return [
    {
      what: `\`targetMinReplicas\` ${min} is above \`targetMaxReplicas\` ${max}`,
      fix: 'raise the one or lower the other',
    },
  ];
}

/** Bounds that Karmada would refuse when their time comes, whatever the other schedules did before. */
export function unreachableBounds(props: FederatedAutoscalerProps, schedules: readonly BoundsSchedule[]): Trouble[] {
  const { minReplicas = 1, maxReplicas } = props;
  const highest = Math.max(maxReplicas, ...schedules.map((rule) => rule.targetMaxReplicas ?? 0));
  const lowest = Math.min(minReplicas, ...schedules.map((rule) => rule.targetMinReplicas ?? minReplicas));
  return schedules.flatMap(({ name, targetMinReplicas: min, targetMaxReplicas: max }) => {
    if (max === undefined && min !== undefined && min > highest) {
      return [
        {
          what: `schedule "${name}" raises the smallest number of replicas to ${min}, and the largest is ${highest}`,
          fix: 'give the schedule a `targetMaxReplicas` too, or raise `maxReplicas`',
        },
      ];
    }
    if (min === undefined && max !== undefined && max < lowest) {
      return [
        {
          what: `schedule "${name}" lowers the largest number of replicas to ${max}, and the smallest is ${lowest}`,
          fix: 'give the schedule a `targetMinReplicas` too, or lower `minReplicas`',
        },
      ];
    }
    return [];
  });
}

function rules({ stabilizationWindow, selectPolicy, policies }: ScalingRules): any {
  return {
    stabilizationWindowSeconds: seconds(stabilizationWindow),
    selectPolicy,
    policies: policies?.map((policy) => policy._toKarmada()),
  };
}

function rulesTroubles(direction: string, { stabilizationWindow, policies }: ScalingRules): Trouble[] {
  const found: Trouble[] = [];
  if (stabilizationWindow && (seconds(stabilizationWindow) ?? Infinity) > LONGEST_WINDOW) {
    found.push({
      what: `the \`stabilizationWindow\` of \`${direction}\` must be 0 to ${LONGEST_WINDOW} whole seconds, got ${stabilizationWindow.toSeconds({ integral: false })}`,
      fix: 'give a window such as Duration.minutes(5)',
    });
  }
  if (policies?.length === 0) {
    found.push({
      what: `the \`policies\` of \`${direction}\` are empty`,
      fix: 'give one or more, leave them out, or use ScalingSelectPolicy.DISABLED to allow nothing',
    });
  }
  return found;
}
