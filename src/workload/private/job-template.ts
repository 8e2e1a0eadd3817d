import * as kplus from 'cdk8s-plus-28';
import type { Trouble } from '../../core/private/trouble';
import { CompletionMode, type MulticloudJobTemplateProps } from '../multicloud-job-template-props';
import { countTroubles } from './counts';
import { podTemplate } from './pod-template';
import { podTroubles } from './pod-troubles';
import { seconds, secondsTroubles } from './seconds';
import { unless } from './unless';

/** How many pods of an indexed job may run at once. */
const MOST_INDEXED = 100_000;

/**
 * The spec of a job. How many pods run at once is always said: Karmada reads 0 where nothing is said, and divides what is there.
 */
export function jobSpec(props: MulticloudJobTemplateProps): any {
  const { parallelism, completions = parallelism === undefined ? 1 : undefined } = props;
  return {
    parallelism: parallelism ?? 1,
    completions,
    completionMode: props.completionMode,
    backoffLimit: props.backoffLimit,
    activeDeadlineSeconds: seconds(props.activeDeadline),
    ttlSecondsAfterFinished: seconds(props.ttlAfterFinished),
    template: podTemplate(props, { restartPolicy: props.restartPolicy ?? kplus.RestartPolicy.NEVER }),
  };
}

/** What is wrong with a job, whose kind is given in words. Mirrors pkg/apis/batch/validation of Kubernetes v1.35. */
export function jobTroubles(kind: string, props: MulticloudJobTemplateProps): Trouble[] {
  const { parallelism, completions, backoffLimit, activeDeadline, ttlAfterFinished, restartPolicy } = props;
  const isIndexed = props.completionMode === CompletionMode.INDEXED;
  return [
    ...podTroubles(kind, props),
    ...countTroubles({ parallelism, completions, backoffLimit }),
    ...secondsTroubles({ activeDeadline, ttlAfterFinished }),
    ...unless(
      restartPolicy !== kplus.RestartPolicy.ALWAYS,
      `a ${kind} cannot have the \`restartPolicy\` Always, since it would never end`,
      'give RestartPolicy.ON_FAILURE or RestartPolicy.NEVER, or leave it out',
    ),
    ...unless(
      !isIndexed || completions !== undefined || parallelism === undefined,
      `an indexed ${kind} needs \`completions\`, got none`,
      'give how many indexes there are',
    ),
    ...unless(
      !isIndexed || (parallelism ?? 1) <= MOST_INDEXED,
      `an indexed ${kind} has \`parallelism\` ${parallelism}`,
      `give at most ${MOST_INDEXED}`,
    ),
  ];
}
