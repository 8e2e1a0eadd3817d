import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { MulticloudChart } from '../core/multicloud-chart';
import { addCheck } from '../core/private/check';
import { unknownClusters } from '../core/private/declared-clusters';
import { place } from '../core/private/place';
import { PlainObject } from '../core/private/plain-object';
import { troubles } from '../core/private/trouble';
import type { ResourceSelector } from '../core/resource-selector';
import { Placement } from './placement';
import type { PropagationOptions } from './propagation-options';

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
 * included. An object is taken by one policy only, and stays with the one that took it first.
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
export class PropagationPolicy extends Construct {
  private readonly object: ApiObject;

  constructor(scope: Construct, id: string, props: PropagationPolicyProps) {
    super(scope, id);
    const chart = MulticloudChart._around(this);
    const {
      resources,
      name,
      namespace,
      labels,
      annotations,
      placement = Placement.duplicated(),
      autoPropagate = false,
    } = props;
    this.object = new PlainObject(this, 'Resource', {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'PropagationPolicy',
      metadata: { name, namespace, labels, annotations },
      spec: {
        resourceSelectors: resources.map((selector) => selector._toKarmada(namespace)),
        placement: placement._toKarmada(),
        propagateDeps: autoPropagate,
      },
    });
    if (resources.length === 0) {
      throw troubles([
        {
          what: 'PropagationPolicy is given no resources, so it would send nothing anywhere',
          at: place(this, this.object),
          fix: 'give one selector or more in `resources`, such as ResourceSelector.of(object)',
        },
      ]);
    }
    addCheck(this, () => unknownClusters(chart.instance, placement._mentioned, () => place(this, this.object)));
  }

  /** Name of the policy. */
  public get policyName(): string {
    return this.object.name;
  }
}
