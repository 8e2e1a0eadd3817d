import type { Trouble } from '../../core/private/trouble';
import type { MulticloudRolloutProps } from '../multicloud-rollout-props';
import { countTroubles } from './counts';
import { nameTroubles } from './object-name';
import { type PodTemplateOptions, podTemplate } from './pod-template';
import { labelTroubles, podTroubles } from './pod-troubles';
import { seconds, secondsTroubles } from './seconds';
import { unless } from './unless';

/** Of the pods, not of cdk8s-karmada's own keys: those never reach a member cluster. */
const RESTART_TOKEN = 'workload.cdk8s-karmada.io/restart-token';

/** What the specs of deployments, stateful sets and daemon sets have in common. */
export function rolloutSpec(name: string, props: MulticloudRolloutProps, claims?: PodTemplateOptions['claims']): any {
  const selector = selectorOf(name, props);
  const { restartToken } = props;
  return {
    selector: { matchLabels: selector },
    minReadySeconds: seconds(props.minReady),
    revisionHistoryLimit: props.revisionHistoryLimit,
    template: podTemplate(props, {
      labels: selector,
      annotations: restartToken === undefined ? {} : { [RESTART_TOKEN]: restartToken },
      claims,
    }),
  };
}

/** What is wrong with a workload whose pods are replaced when they change; its kind is given in words. */
export function rolloutTroubles(
  kind: string,
  name: string,
  props: MulticloudRolloutProps,
  longest?: number,
): Trouble[] {
  const { minReady, revisionHistoryLimit } = props;
  return [
    ...nameTroubles(kind, name, longest),
    ...podTroubles(kind, props),
    ...selectorTroubles(selectorOf(name, props), props.podLabels),
    ...secondsTroubles({ minReady }),
    ...countTroubles({ revisionHistoryLimit }),
  ];
}

/** The labels that the pods are selected by. */
export function selectorOf(name: string, props: MulticloudRolloutProps): { [key: string]: string } {
  return props.selector ?? { 'app.kubernetes.io/name': name };
}

function selectorTroubles(selector: { [key: string]: string }, podLabels: { [key: string]: string } = {}): Trouble[] {
  return [
    ...unless(
      Object.keys(selector).length > 0,
      '`selector` is empty, so it would select every pod',
      'give one label or more, or leave it out',
    ),
    ...labelTroubles('selector', selector),
    ...Object.entries(selector)
      .filter(([key, value]) => (podLabels[key] ?? value) !== value)
      .map(([key, value]) => ({
        what: `the pods are selected by the label "${key}" with value "${value}", and \`podLabels\` gives it "${podLabels[key]}"`,
        fix: 'leave it out of `podLabels`, or give the same in `selector`',
      })),
  ];
}
