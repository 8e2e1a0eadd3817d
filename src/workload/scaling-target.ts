import { Quantity } from '../admission/quantity';
import { type Trouble, troubles } from '../core/private/trouble';

/**
 * What a metric is held at.
 *
 * @example
 * import { ScalingMetric, ScalingTarget } from 'cdk8s-karmada';
 *
 * ScalingMetric.cpu(ScalingTarget.averageUtilization(60));
 */
export class ScalingTarget {
  /**
   * A share of what the pods request. Pods that request nothing have none.
   *
   * @param percent percent of the request, 1 or more
   * @throws if it is no whole number of 1 or more
   */
  public static averageUtilization(percent: number): ScalingTarget {
    if (!Number.isInteger(percent) || percent < 1 || percent >= 2 ** 31) {
      throw troubles([
        {
          what: `\`averageUtilization\` must be a whole number of 1 percent or more, got ${percent}`,
          fix: 'give the share of the request that a pod should use on average, such as 60',
        },
      ]);
    }
    return new ScalingTarget('Utilization', 'averageUtilization', percent);
  }

  /**
   * An amount for each pod, on average.
   *
   * @param amount a Kubernetes quantity above 0, such as `500m` or `2Gi`
   * @throws if it is none
   */
  public static averageValue(amount: string): ScalingTarget {
    refuse(amountTroubles('averageValue', amount));
    return new ScalingTarget('AverageValue', 'averageValue', amount);
  }

  /**
   * An amount for all pods together; for `ScalingMetric.object` alone.
   *
   * @param amount a Kubernetes quantity above 0, such as `10k`
   * @throws if it is none
   */
  public static value(amount: string): ScalingTarget {
    refuse(amountTroubles('value', amount));
    return new ScalingTarget('Value', 'value', amount);
  }

  /**
   * Which of the three it is, as Karmada's field spells it.
   *
   * @internal
   */
  public readonly _field: string;

  private readonly type: string;
  private readonly amount: unknown;

  private constructor(type: string, field: string, amount: unknown) {
    this.type = type;
    this._field = field;
    this.amount = amount;
  }

  /** @internal */
  public _toKarmada(): any {
    return { type: this.type, [this._field]: this.amount };
  }
}

function amountTroubles(field: string, amount: string): Trouble[] {
  const quantity = Quantity.parse(amount);
  if (quantity && quantity.nano > 0n && amount === amount.trim()) return [];
  return [
    {
      what: `\`${field}\` must be a quantity above 0, got "${amount}"`,
      fix: 'give a quantity such as 500m, 10k or 2Gi',
    },
  ];
}

function refuse(found: Trouble[]): void {
  if (found.length > 0) throw troubles(found);
}
