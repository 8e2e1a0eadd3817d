import type { Duration } from 'cdk8s';
import { type Trouble, troubles } from '../core/private/trouble';
import { seconds } from './private/seconds';

/** The longest period that Karmada takes, in seconds. */
const LONGEST_PERIOD = 1800;

/**
 * How much may change in a time.
 *
 * @example
 * import { Duration } from 'cdk8s';
 * import { ScalingPolicy } from 'cdk8s-karmada';
 *
 * ScalingPolicy.pods(4, Duration.seconds(15));
 */
export class ScalingPolicy {
  /**
   * So many pods.
   *
   * @param pods how many, 1 or more
   * @param period in this time, whole seconds, up to half an hour
   * @throws if one of them is out of bounds
   */
  public static pods(pods: number, period: Duration): ScalingPolicy {
    return new ScalingPolicy('Pods', pods, period);
  }

  /**
   * Such a share of the pods that there are.
   *
   * @param percent how many percent, 1 or more
   * @param period in this time, whole seconds, up to half an hour
   * @throws if one of them is out of bounds
   */
  public static percent(percent: number, period: Duration): ScalingPolicy {
    return new ScalingPolicy('Percent', percent, period);
  }

  private readonly wire: any;

  private constructor(type: string, value: number, period: Duration) {
    const periodSeconds = seconds(period);
    const found: Trouble[] = [];
    if (!Number.isInteger(value) || value < 1 || value >= 2 ** 31) {
      found.push({
        what: `a scaling policy must allow a whole number of 1 ${type === 'Pods' ? 'pod' : 'percent'} or more, got ${value}`,
        fix: 'give what may change in the period, or ScalingSelectPolicy.DISABLED to allow nothing',
      });
    }
    if (periodSeconds === undefined || periodSeconds < 1 || periodSeconds > LONGEST_PERIOD) {
      found.push({
        what: `the period of a scaling policy must be 1 to ${LONGEST_PERIOD} whole seconds, got ${period.toSeconds({ integral: false })}`,
        fix: 'give a period such as Duration.seconds(60)',
      });
    }
    if (found.length > 0) throw troubles(found);
    this.wire = { type, value, periodSeconds };
  }

  /** @internal */
  public _toKarmada(): any {
    return this.wire;
  }
}
