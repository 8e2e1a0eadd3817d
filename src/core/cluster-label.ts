import { labelTroubles } from './private/cluster-names';
import { type Trouble, troubles } from './private/trouble';

/**
 * What has to hold for one label of a cluster.
 *
 * @example
 * import { ClusterLabel, ClusterSelector } from 'cdk8s-karmada';
 *
 * ClusterSelector.matching(ClusterLabel.isIn('tier', 'edge', 'core'), ClusterLabel.doesNotExist('lab'));
 */
export class ClusterLabel {
  /**
   * The cluster has the label, with one of the values.
   *
   * @param key key of the label
   * @param values at least one
   * @throws if there are no values, or Karmada's API server would take the key or a value for no label
   */
  public static isIn(key: string, ...values: string[]): ClusterLabel {
    return new ClusterLabel(key, 'In', values);
  }

  /**
   * The cluster does not have the label with any of the values; having no such label is fine.
   *
   * @param key key of the label
   * @param values at least one
   * @throws if there are no values, or Karmada's API server would take the key or a value for no label
   */
  public static isNotIn(key: string, ...values: string[]): ClusterLabel {
    return new ClusterLabel(key, 'NotIn', values);
  }

  /**
   * The cluster has the label, whatever its value.
   *
   * @param key key of the label
   * @throws if the key is not that of a label
   */
  public static exists(key: string): ClusterLabel {
    return new ClusterLabel(key, 'Exists');
  }

  /**
   * The cluster does not have the label.
   *
   * @param key key of the label
   * @throws if the key is not that of a label
   */
  public static doesNotExist(key: string): ClusterLabel {
    return new ClusterLabel(key, 'DoesNotExist');
  }

  private readonly key: string;
  private readonly operator: string;
  private readonly values?: string[];

  private constructor(key: string, operator: string, values?: string[]) {
    const found: Trouble[] = labelTroubles(key, values ?? []);
    if (values?.length === 0) {
      found.push({
        what: `no values are given for the cluster label "${key}"`,
        fix: 'give one value or more; to ask only whether the label is there, use ClusterLabel.exists or doesNotExist',
      });
    }
    if (found.length > 0) throw troubles(found);
    this.key = key;
    this.operator = operator;
    this.values = values;
  }

  /** @internal */
  public _toKarmada(): any {
    return { key: this.key, operator: this.operator, ...(this.values && { values: this.values }) };
  }
}
