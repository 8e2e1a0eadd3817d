import { type Trouble, troubles } from '../core/private/trouble';

/** What a condition in a cluster's status can say. */
export enum ConditionStatus {
  /** It holds. */
  TRUE = 'True',
  /** It does not hold. */
  FALSE = 'False',
  /** Nobody can tell; of `Ready`: Karmada does not reach the cluster. */
  UNKNOWN = 'Unknown',
}

/**
 * What has to hold for one condition in the status of a cluster, such as Karmada's own `Ready` or one that a tool of yours writes.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/clustertaint_types.go
 * @example
 * import { ClusterCondition, ConditionStatus } from 'cdk8s-karmada';
 *
 * ClusterCondition.isIn('Ready', ConditionStatus.FALSE, ConditionStatus.UNKNOWN);
 */
export class ClusterCondition {
  /**
   * The condition has one of the statuses. A cluster without the condition does not match.
   *
   * @param type type of the condition, such as `Ready`
   * @param statuses at least one
   * @throws if there are no statuses or the type is empty
   */
  public static isIn(type: string, ...statuses: ConditionStatus[]): ClusterCondition {
    return new ClusterCondition(type, 'In', statuses);
  }

  /**
   * The condition is there and has none of the statuses. A cluster without the condition does not match here either.
   *
   * @param type type of the condition, such as `Ready`
   * @param statuses at least one
   * @throws if there are no statuses or the type is empty
   */
  public static isNotIn(type: string, ...statuses: ConditionStatus[]): ClusterCondition {
    return new ClusterCondition(type, 'NotIn', statuses);
  }

  private readonly type: string;
  private readonly operator: string;
  private readonly statuses: readonly ConditionStatus[];

  private constructor(type: string, operator: string, statuses: readonly ConditionStatus[]) {
    const found: Trouble[] = [];
    if (type === '') {
      found.push({ what: 'the type of a cluster condition is empty', fix: 'give the type, such as Ready' });
    }
    if (statuses.length === 0) {
      found.push({
        what: `no statuses are given for the cluster condition "${type}"`,
        fix: 'give one or more, such as ConditionStatus.TRUE',
      });
    }
    if (found.length > 0) throw troubles(found);
    this.type = type;
    this.operator = operator;
    this.statuses = [...new Set(statuses)];
  }

  /** @internal */
  public _toKarmada(): any {
    return { conditionType: this.type, operator: this.operator, statusValues: [...this.statuses] };
  }

  /**
   * Whether a cluster can match both. Conditions of two types say nothing about each other.
   *
   * @internal
   */
  public _mayHoldWith(other: ClusterCondition): boolean {
    return this.type !== other.type || this.matching.some((status) => other.matching.includes(status));
  }

  /**
   * Whether every cluster that matches this one matches the other too.
   *
   * @internal
   */
  public _implies(other: ClusterCondition): boolean {
    return this.type === other.type && this.matching.every((status) => other.matching.includes(status));
  }

  private get matching(): ConditionStatus[] {
    return Object.values(ConditionStatus).filter(
      (status) => this.statuses.includes(status) === (this.operator === 'In'),
    );
  }
}
