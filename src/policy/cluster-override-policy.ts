import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { MulticloudChart } from '../core/multicloud-chart';
import { addCheck } from '../core/private/check';
import { unknownClusters } from '../core/private/declared-clusters';
import { place } from '../core/private/place';
import { PlainObject } from '../core/private/plain-object';
import { troubles } from '../core/private/trouble';
import type { ResourceSelector } from '../core/resource-selector';
import type { OverrideRule } from './override-rule';
import { OverrideRules } from './private/override-rules';

/** Options of `ClusterOverridePolicy`. */
export interface ClusterOverridePolicyProps {
  /** The objects that differ, at least one selector. `ResourceSelector.of` is needed for overrides that name a container. */
  readonly resources: ResourceSelector[];

  /**
   * What differs where. Every rule that chooses a cluster is applied there, in this order.
   *
   * @default - none; add them with `addRule`
   */
  readonly rules?: OverrideRule[];

  /**
   * Name of the policy. Of several that select an object equally well, the one whose name sorts last has the last word.
   *
   * @default - derived from the construct path, as cdk8s does
   */
  readonly name?: string;

  /**
   * Labels of the policy.
   *
   * @default - the chart's
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the policy.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Makes objects of any namespace, and cluster-scoped ones, differ from cluster to cluster.
 *
 * Karmada applies it before every `OverridePolicy`: those of a namespace have the last word there.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/override_types.go
 * @example
 * import { ClusterOverridePolicy, ClusterSelector, MulticloudChart, Overrider, ResourceSelector } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new ClusterOverridePolicy(chart, 'Mirror', {
 *   resources: [ResourceSelector.everything('apps/v1', 'Deployment')],
 *   rules: [
 *     { clusters: ClusterSelector.names('berlin'), overriders: [Overrider.image({ registry: 'mirror.example' })] },
 *   ],
 * });
 */
export class ClusterOverridePolicy extends Construct {
  private readonly object: ApiObject;
  private readonly rules: OverrideRules;

  constructor(scope: Construct, id: string, props: ClusterOverridePolicyProps) {
    super(scope, id);
    const chart = MulticloudChart._around(this);
    const { name, labels, annotations } = props;
    const at = () => place(this, this.object);
    this.rules = new OverrideRules(this, props.resources, at);
    this.object = new PlainObject(this, 'Resource', {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'ClusterOverridePolicy',
      metadata: { name, labels, annotations },
      liveSpec: () => this.rules.spec,
    });
    const found = this.rules.resourceTroubles;
    if (found.length > 0) throw troubles(found);
    for (const rule of props.rules ?? []) this.addRule(rule);
    addCheck(this, () => [...this.rules.troubles, ...unknownClusters(chart.instance, this.rules.mentioned, at)]);
  }

  /** Name of the policy. */
  public get policyName(): string {
    return this.object.name;
  }

  /**
   * Adds a rule after those that are there.
   *
   * @param rule what differs where
   * @throws if it has no overrides
   */
  public addRule(rule: OverrideRule): void {
    this.rules.add(rule);
  }
}
