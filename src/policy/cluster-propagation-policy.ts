import { Construct } from 'constructs';
import type { ResourceSelector } from '../core/resource-selector';
import { Propagation } from './private/propagation';
import type { PropagationOptions } from './propagation-options';
import type { IPropagationPolicy } from './propagation-policy';

/** Options of `ClusterPropagationPolicy`. */
export interface ClusterPropagationPolicyProps extends PropagationOptions {
  /**
   * The objects that the policy sends out, at least one selector: cluster-scoped ones, and those of every namespace that the
   * selector does not leave out with `inNamespace`.
   */
  readonly resources: ResourceSelector[];

  /**
   * Name of the policy. When several cluster policies select an object equally well, the one whose name sorts first wins.
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
 * Sends objects to member clusters that are cluster-scoped, or of several namespaces.
 *
 * An object that a `PropagationPolicy` of its namespace selects goes to that one, whatever the priorities.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/propagation_types.go
 * @example
 * import { ClusterPropagationPolicy, MulticloudChart, ResourceSelector } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new ClusterPropagationPolicy(chart, 'Roles', {
 *   resources: [
 *     ResourceSelector.labelled('rbac.authorization.k8s.io/v1', 'ClusterRole', { team: 'shop' }),
 *     ResourceSelector.everything('rbac.authorization.k8s.io/v1', 'Role').inNamespace('shop'),
 *   ],
 * });
 */
export class ClusterPropagationPolicy extends Construct implements IPropagationPolicy {
  private readonly propagation: Propagation;

  constructor(scope: Construct, id: string, props: ClusterPropagationPolicyProps) {
    super(scope, id);
    this.propagation = new Propagation(this, props);
  }

  /** Name of the policy. */
  public get policyName(): string {
    return this.propagation.name;
  }

  /**
   * Sends out more objects with the same policy.
   *
   * @param selector the objects
   * @throws if Karmada never sends such objects, or if a selector without a name meets `preemption`
   */
  public addResource(selector: ResourceSelector): void {
    this.propagation.addResource(selector);
  }

  /** @internal */
  public _dependOn(overridePolicyName: string): void {
    this.propagation.dependOn(overridePolicyName);
  }
}
