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

/** Options of `OverridePolicy`. */
export interface OverridePolicyProps {
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
   * Namespace of the policy and of the objects that it selects.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

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
 * Makes objects differ from cluster to cluster.
 *
 * For a `MulticloudDeployment`, `overrideOn` is shorter. Use this for objects that something else made.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/override_types.go
 * @example
 * import { ApiObject } from 'cdk8s';
 * import { ClusterSelector, MulticloudChart, Overrider, OverridePolicy, ResourceSelector } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 * declare const web: ApiObject;
 *
 * new OverridePolicy(chart, 'Mirror', {
 *   resources: [ResourceSelector.of(web)],
 *   rules: [
 *     { clusters: ClusterSelector.names('berlin'), overriders: [Overrider.image({ registry: 'mirror.example' })] },
 *   ],
 * });
 */
export class OverridePolicy extends Construct {
  private readonly object: ApiObject;
  private readonly rules: OverrideRules;

  constructor(scope: Construct, id: string, props: OverridePolicyProps) {
    super(scope, id);
    const chart = MulticloudChart._around(this);
    const { name, namespace = chart.namespace, labels, annotations } = props;
    const at = () => place(this, this.object);
    this.rules = new OverrideRules(this, props.resources, at, namespace);
    this.object = new PlainObject(this, 'Resource', {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name, namespace, labels, annotations },
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
