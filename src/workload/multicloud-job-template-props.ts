import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { MulticloudPodProps } from './multicloud-pod-props';

/** How the pods of a job stand for its completions. */
export enum CompletionMode {
  /** Any pod that succeeds is one completion. */
  NON_INDEXED = 'NonIndexed',

  /** Each pod has a number from 0 up, and the job is complete when there is one success for each. */
  INDEXED = 'Indexed',
}

/** Options of everything that runs pods to completion: jobs, and what makes jobs by the clock. */
export interface MulticloudJobTemplateProps extends MulticloudPodProps {
  /**
   * How many pods run at once. This is what Karmada divides between clusters, where the placement divides.
   *
   * @default 1
   */
  readonly parallelism?: number;

  /**
   * How many pods must succeed. Where the placement divides, each cluster gets its share of them too.
   *
   * @default - 1 when `parallelism` is not given; else the pods find out from each other when the work is done
   */
  readonly completions?: number;

  /**
   * How the pods stand for completions.
   *
   * @default - as Kubernetes does: CompletionMode.NON_INDEXED
   */
  readonly completionMode?: CompletionMode;

  /**
   * How often pods may fail before the job has failed.
   *
   * @default - as Kubernetes does: 6 times
   */
  readonly backoffLimit?: number;

  /**
   * How long the job may take, all its pods together, in whole seconds.
   *
   * @default - as long as it takes
   */
  readonly activeDeadline?: Duration;

  /**
   * How long a job is kept once it is over, in whole seconds. Karmada deletes it, and its copies on the clusters with it.
   *
   * @default - it is kept
   */
  readonly ttlAfterFinished?: Duration;

  /**
   * Whether a container that fails is started again in its pod: `RestartPolicy.ON_FAILURE`, or `RestartPolicy.NEVER` for a new
   * pod in its place.
   *
   * @default RestartPolicy.NEVER
   */
  readonly restartPolicy?: kplus.RestartPolicy;
}
