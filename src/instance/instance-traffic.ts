import { isLabelKey, isLabelValue, LABEL_KEY_RULE, LABEL_VALUE_RULE } from '../core/private/names';
import { type Trouble, troubles } from '../core/private/trouble';

/** Options of `InstanceTraffic.restricted`. */
export interface RestrictedTrafficOptions {
  /**
   * Labels of the namespaces whose pods may read metrics, such as `{ 'kubernetes.io/metadata.name': 'monitoring' }`.
   *
   * @default - nobody reads metrics
   */
  readonly metricsFrom?: { readonly [label: string]: string };
}

/**
 * Who in the host cluster may connect to the pods of a control plane.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @example
 * import { InstanceTraffic } from 'cdk8s-karmada';
 *
 * InstanceTraffic.restricted({ metricsFrom: { 'kubernetes.io/metadata.name': 'monitoring' } });
 */
export class InstanceTraffic {
  /**
   * Each component accepts those who need it, by a NetworkPolicy: etcd only the API servers, the webhook only the API server;
   * the API server accepts everybody. Where pods connect to is not restricted.
   *
   * @throws if a label is none, or `metricsFrom` names none
   */
  public static restricted(options: RestrictedTrafficOptions = {}): InstanceTraffic {
    const labels = Object.entries(options.metricsFrom ?? {});
    const at = 'InstanceTraffic.restricted';
    const wrong: Trouble[] = labels.flatMap(([key, value]) => [
      ...(isLabelKey(key)
        ? []
        : [{ what: `metricsFrom has "${key}", which is no label`, at, fix: `give ${LABEL_KEY_RULE}` }]),
      ...(isLabelValue(value)
        ? []
        : [{ what: `metricsFrom has "${value}", which no label can be`, at, fix: `give ${LABEL_VALUE_RULE}` }]),
    ]);
    if (options.metricsFrom && labels.length === 0) {
      wrong.push({
        what: 'metricsFrom must name a label, got none',
        at,
        fix: "write { 'kubernetes.io/metadata.name': 'monitoring' }, or leave it out so that nobody reads metrics",
      });
    }
    if (wrong.length) throw troubles(wrong);
    return new InstanceTraffic(true, options.metricsFrom);
  }

  /** Everybody in the host cluster may connect to every port: no NetworkPolicy is made, etcd's metrics are open to all. */
  public static unrestricted(): InstanceTraffic {
    return new InstanceTraffic(false);
  }

  private constructor(
    /** @internal */
    public readonly _isRestricted: boolean,
    /** @internal */
    public readonly _metricsFrom?: { readonly [label: string]: string },
  ) {}
}
