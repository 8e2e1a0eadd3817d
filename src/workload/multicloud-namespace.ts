import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ClusterSelector } from '../core/cluster-selector';
import { MulticloudChart } from '../core/multicloud-chart';
import { isDnsLabel, LABEL_RULE } from '../core/private/names';
import { PlainObject } from '../core/private/plain-object';
import { troubles } from '../core/private/trouble';
import { ResourceSelector } from '../core/resource-selector';
import { ClusterOverridePolicy } from '../policy/cluster-override-policy';
import { ClusterPropagationPolicy } from '../policy/cluster-propagation-policy';
import type { Overrider } from '../policy/overrider';
import type { Placement } from '../policy/placement';
import { DESCRIPTION, descriptionTroubles, PROTECTED } from './private/resource-metadata';
import { unless } from './private/unless';

/** Namespaces that Karmada never sends anywhere by itself. Mirrors pkg/controllers/namespace at v1.18.2. */
const RESERVED = /^(?:kube-.*|karmada-system|karmada-cluster|karmada-es-.*|default)$/;

/** Options of `MulticloudNamespace`. */
export interface MulticloudNamespaceProps {
  /**
   * Name of the namespace.
   *
   * @default - the construct's id, in lower case
   */
  readonly name?: string;

  /**
   * Labels.
   *
   * @default - the chart's
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * What people should know about it, in at most 512 characters. Consoles of Karmada show it.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether Karmada refuses to delete it. It does not protect the copies on member clusters.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;

  /**
   * The clusters that get it. Karmada makes it on those, too, that anything in it is sent to.
   *
   * @default - every cluster: Karmada sees to it without a policy
   */
  readonly placement?: Placement;
}

/**
 * A namespace on several clusters.
 *
 * Karmada itself sends every namespace to every member cluster; one with a placement goes where that says.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/controllers/namespace/namespace_sync_controller.go
 * @example
 * import { ClusterSelector, MulticloudChart, MulticloudNamespace, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudNamespace(chart, 'shop');
 * new MulticloudNamespace(chart, 'billing', {
 *   deletionProtection: true,
 *   placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin') }),
 * });
 */
export class MulticloudNamespace extends Construct {
  /** The object itself, for patches. */
  public readonly template: ApiObject;

  /** Name of the policies that belong to it. */
  public readonly policyName: string;

  private readonly propagation?: ClusterPropagationPolicy;
  private overrides?: ClusterOverridePolicy;

  /** @throws if Kubernetes would refuse the namespace, or it belongs to the cluster */
  constructor(scope: Construct, id: string, props: MulticloudNamespaceProps = {}) {
    super(scope, id);
    MulticloudChart._around(this);
    const { name = id.toLowerCase(), labels, annotations, description, deletionProtection, placement } = props;
    const found = [
      ...unless(
        isDnsLabel(name),
        `"${name}" cannot be the name of a namespace`,
        `give a \`name\` of at most 63 characters: ${LABEL_RULE}`,
      ),
      ...unless(!RESERVED.test(name), `the namespace "${name}" belongs to the cluster`, 'give another `name`'),
      ...descriptionTroubles(description),
    ];
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: this.node.path })));
    this.policyName = `${name}-namespace`;
    this.template = new PlainObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        labels: {
          ...labels,
          ...(deletionProtection && PROTECTED),
          ...(placement && { 'namespace.karmada.io/skip-auto-propagation': 'true' }),
        },
        annotations: { ...annotations, ...(description !== undefined && { [DESCRIPTION]: description }) },
      },
    });
    if (placement) {
      const resources = [ResourceSelector.of(this.template)];
      this.propagation = new ClusterPropagationPolicy(this, 'Propagation', {
        name: this.policyName,
        placement,
        resources,
      });
    }
  }

  /**
   * Makes it differ on some clusters. What is called later comes on top, on clusters that both choose.
   *
   * @param clusters the clusters that it differs on
   * @param overriders what differs, at least one thing
   * @throws if there are no overrides
   */
  public overrideOn(clusters: ClusterSelector, ...overriders: Overrider[]): void {
    if (!this.overrides) {
      const resources = [ResourceSelector.of(this.template)];
      this.overrides = new ClusterOverridePolicy(this, 'Overrides', { name: this.policyName, resources });
      this.propagation?._dependOn(this.policyName);
    }
    this.overrides.addRule({ clusters, overriders });
  }
}
