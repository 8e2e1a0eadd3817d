import type { Duration } from 'cdk8s';
import type { ScalingPolicy } from './scaling-policy';

/** Which of several policies decides. */
export enum ScalingSelectPolicy {
  /** The one that allows the largest change. */
  MAX = 'Max',
  /** The one that allows the smallest change. */
  MIN = 'Min',
  /** None: there is no scaling in this direction. */
  DISABLED = 'Disabled',
}

/** How fast replicas may change in one direction. */
export interface ScalingRules {
  /**
   * How long the most careful recommendation of the past counts, in whole seconds, up to an hour.
   *
   * @default - 0 for scaling up; for scaling down what Karmada's controller manager is told, 5 minutes by itself
   */
  readonly stabilizationWindow?: Duration;

  /**
   * Which of several policies decides.
   *
   * @default ScalingSelectPolicy.MAX
   */
  readonly selectPolicy?: ScalingSelectPolicy;

  /**
   * What may change in a time, at least one policy.
   *
   * @default - up: 4 pods or 100 percent in 15 seconds; down: 100 percent in 15 seconds
   */
  readonly policies?: ScalingPolicy[];
}

/** How fast replicas may change. */
export interface ScalingBehavior {
  /**
   * How fast replicas may be added.
   *
   * @default - as the defaults of `ScalingRules` say
   */
  readonly scaleUp?: ScalingRules;

  /**
   * How fast replicas may be taken away.
   *
   * @default - as the defaults of `ScalingRules` say
   */
  readonly scaleDown?: ScalingRules;
}
