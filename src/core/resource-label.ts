import { labelTroubles } from './private/cluster-names';
import { troubles } from './private/trouble';

/**
 * What has to hold for one label of an object, so that a policy is for it.
 *
 * @example
 * import { ResourceLabel, ResourceSelector } from 'cdk8s-karmada';
 *
 * ResourceSelector.matching('v1', 'ConfigMap', ResourceLabel.isIn('tier', 'edge', 'core'), ResourceLabel.exists('team'));
 */
export class ResourceLabel {
  /**
   * The object has the label, with one of the values.
   *
   * @param key key of the label
   * @param values at least one
   * @throws if there are no values, or the key or a value cannot be that of a label
   */
  public static isIn(key: string, ...values: string[]): ResourceLabel {
    return new ResourceLabel(key, 'In', values);
  }

  /**
   * The object does not have the label with any of the values; having no such label is fine.
   *
   * @param key key of the label
   * @param values at least one
   * @throws if there are no values, or the key or a value cannot be that of a label
   */
  public static isNotIn(key: string, ...values: string[]): ResourceLabel {
    return new ResourceLabel(key, 'NotIn', values);
  }

  /**
   * The object has the label, whatever its value.
   *
   * @param key key of the label
   * @throws if the key is not that of a label
   */
  public static exists(key: string): ResourceLabel {
    return new ResourceLabel(key, 'Exists');
  }

  /**
   * The object does not have the label.
   *
   * @param key key of the label
   * @throws if the key is not that of a label
   */
  public static doesNotExist(key: string): ResourceLabel {
    return new ResourceLabel(key, 'DoesNotExist');
  }

  private readonly key: string;
  private readonly operator: string;
  private readonly values?: string[];

  private constructor(key: string, operator: string, values?: string[]) {
    const found = labelTroubles(key, values ?? [], 'label');
    if (values?.length === 0) {
      found.push({
        what: `no values are given for the label "${key}"`,
        fix: 'give one value or more; to ask only whether the label is there, use ResourceLabel.exists or doesNotExist',
      });
    }
    // Karmada takes such a selector, and it never matches anything
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
