import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ClusterSelector } from '../../core/cluster-selector';
import { MulticloudChart } from '../../core/multicloud-chart';
import { limited } from '../../core/private/names';
import { PlainObject } from '../../core/private/plain-object';
import { type Trouble, troubles } from '../../core/private/trouble';
import { ResourceSelector } from '../../core/resource-selector';
import { OverridePolicy } from '../../policy/override-policy';
import type { Overrider } from '../../policy/overrider';
import { propagationOptions } from '../../policy/private/propagation-options';
import { PropagationPolicy } from '../../policy/propagation-policy';
import type { IMulticloudResource, MulticloudResourceProps } from '../multicloud-resource';

/** An object to be made, out of the props of its construct. */
export interface Draft {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Made only when nothing is wrong. */
  readonly spec: () => any;
  /** What is wrong with the props. */
  readonly troubles: readonly Trouble[];
}

/**
 * What all that goes to member clusters has in common. Users do not see it: to them each construct has these members itself, and
 * `IMulticloudResource` is what they share.
 *
 * @internal
 */
export abstract class Resource extends Construct implements IMulticloudResource {
  /** The object itself, for patches. Overrides are looked up in what it becomes. */
  public readonly template: ApiObject;

  /** The policy that says where it goes. */
  public readonly propagation: PropagationPolicy;

  /** Name of the policies that belong to it. */
  public readonly policyName: string;

  private overrides?: OverridePolicy;

  constructor(scope: Construct, id: string, props: MulticloudResourceProps, draft: Draft) {
    super(scope, id);
    const chart = MulticloudChart._around(this);
    const { namespace = chart.namespace, labels, annotations } = props;
    const { apiVersion, kind, name, spec } = draft;
    if (draft.troubles.length > 0)
      throw troubles(draft.troubles.map((trouble) => ({ ...trouble, at: this.node.path })));

    this.policyName = limited(`${name}-${kind.toLowerCase()}`);
    this.template = new PlainObject(this, 'Resource', {
      apiVersion,
      kind,
      metadata: {
        name,
        namespace,
        labels: {
          ...labels,
          ...(props.deletionProtection && { 'resourcetemplate.karmada.io/deletion-protected': 'Always' }),
        },
        annotations,
      },
      spec: spec(),
    });
    this.propagation = new PropagationPolicy(this, 'Propagation', {
      autoPropagate: true,
      ...propagationOptions(props),
      name: this.policyName,
      namespace,
      resources: [ResourceSelector.of(this.template)],
    });
  }

  /**
   * Makes it differ on some clusters. What is called later comes on top, on clusters that both choose.
   *
   * @param clusters the clusters that it differs on
   * @param overriders what differs, at least one thing
   * @throws if there are no overrides
   */
  public overrideOn(clusters: ClusterSelector, ...overriders: Overrider[]): void {
    this.overrides ??= new OverridePolicy(this, 'Overrides', {
      name: this.policyName,
      namespace: this.template.metadata.namespace,
      resources: [ResourceSelector.of(this.template)],
    });
    this.overrides.addRule({ clusters, overriders });
  }
}
