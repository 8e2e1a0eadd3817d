import { Construct, type IConstruct } from 'constructs';
import { MulticloudChart } from '../core/multicloud-chart';
import type { ResourceSelector } from '../core/resource-selector';
import { Propagation } from './private/propagation';
import type { PropagationOptions } from './propagation-options';

/** A policy that sends objects to member clusters: a `PropagationPolicy` or a `ClusterPropagationPolicy`. */
export interface IPropagationPolicy extends IConstruct {
  /** Name of the policy. */
  readonly policyName: string;

  /**
   * Sends out more objects with the same policy.
   *
   * @param selector the objects
   * @throws if the policy cannot send them
   */
  addResource(selector: ResourceSelector): void;

  /**
   * Has nothing sent out before an override policy exists.
   *
   * @param overridePolicyName its name
   * @internal
   */
  _dependOn(overridePolicyName: string): void;
}

/** Options of `PropagationPolicy`. */
export interface PropagationPolicyProps extends PropagationOptions {
  /** The objects that the policy sends out, at least one selector. */
  readonly resources: ResourceSelector[];

  /**
   * Name of the policy. When several policies select an object equally well, the one whose name sorts first wins.
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
 * Sends objects to member clusters.
 *
 * `MulticloudDeployment` makes its own. Use this for anything else: other kinds, objects of any cdk8s-plus, YAML that was
 * included. An object is taken by one policy only, and stays with the one that took it first. For objects that are
 * cluster-scoped or in several namespaces there is `ClusterPropagationPolicy`.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/propagation_types.go
 * @example
 * import { ApiObject } from 'cdk8s';
 * import { MulticloudChart, PropagationPolicy, ResourceSelector } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * const settings = new ApiObject(chart, 'Settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
 * new PropagationPolicy(chart, 'SettingsEverywhere', { resources: [ResourceSelector.of(settings)] });
 */
export class PropagationPolicy extends Construct implements IPropagationPolicy {
  private readonly propagation: Propagation;

  constructor(scope: Construct, id: string, props: PropagationPolicyProps) {
    super(scope, id);
    const { namespace } = MulticloudChart._around(this);
    this.propagation = new Propagation(this, props, props.namespace ?? namespace);
  }

  /** Name of the policy. */
  public get policyName(): string {
    return this.propagation.name;
  }

  /**
   * Sends out more objects with the same policy.
   *
   * @param selector the objects
   * @throws if they are cluster-scoped or of another namespace, if Karmada never sends such objects, or if a selector without
   * a name meets `preemption`
   */
  public addResource(selector: ResourceSelector): void {
    this.propagation.addResource(selector);
  }

  /** @internal */
  public _dependOn(overridePolicyName: string): void {
    this.propagation.dependOn(overridePolicyName);
  }
}
