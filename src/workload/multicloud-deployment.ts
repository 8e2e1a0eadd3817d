import type { ApiObject } from 'cdk8s';
import type { ContainerProps } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { ClusterSelector } from '../core/cluster-selector';
import { MulticloudChart } from '../core/multicloud-chart';
import { isDnsLabel, LABEL_RULE, limited } from '../core/private/names';
import { PlainObject } from '../core/private/plain-object';
import { type Trouble, troubles } from '../core/private/trouble';
import { ResourceSelector } from '../core/resource-selector';
import { OverridePolicy } from '../policy/override-policy';
import type { Overrider } from '../policy/overrider';
import type { Placement } from '../policy/placement';
import { PropagationPolicy } from '../policy/propagation-policy';
import { containerTroubles, podSpec } from './private/pod-template';

/** Options of `MulticloudDeployment`. */
export interface MulticloudDeploymentProps {
  /**
   * The containers, at least one. Each is rendered as described and no further: no resource requests, probes, pull policy or
   * security context that are not given.
   */
  readonly containers: ContainerProps[];

  /**
   * Number of pods: in each cluster when the placement duplicates, else in all clusters together.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Where it runs.
   *
   * @default Placement.duplicated()
   */
  readonly placement?: Placement;

  /**
   * Whether the ConfigMaps, Secrets, service accounts and volume claims that the pods use go along. Services do not.
   *
   * @default true
   */
  readonly autoPropagate?: boolean;

  /**
   * Whether Karmada refuses to delete the deployment. It does not protect the copies on member clusters.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;

  /**
   * Name of the deployment.
   *
   * @default - the construct's id, in lower case
   */
  readonly name?: string;

  /**
   * Namespace.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * Labels of the deployment; its pods have their own.
   *
   * @default - the chart's
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the deployment; its pods have their own.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Labels of the pods, besides those that they are selected by.
   *
   * @default - none
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };

  /**
   * The labels that the pods are selected by. Kubernetes does not let them change, so give those of a deployment that exists.
   *
   * @default - `app.kubernetes.io/name` with the deployment's name
   */
  readonly selector?: { [key: string]: string };
}

/**
 * A deployment on several clusters: the template, the policy that says where it runs, and what differs from cluster to cluster.
 *
 * The policies have the name `<name>-deployment`, cut to 253 characters with a hash where it would be longer.
 *
 * @example
 * import { ClusterSelector, MulticloudChart, MulticloudDeployment, Overrider, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * const web = new MulticloudDeployment(chart, 'web', {
 *   replicas: 3,
 *   containers: [{ image: 'registry.example/web:1.4.0', portNumber: 8080 }],
 *   placement: Placement.staticWeight([
 *     { clusters: ClusterSelector.names('berlin'), weight: 2 },
 *     { clusters: ClusterSelector.names('paris'), weight: 1 },
 *   ]),
 * });
 * web.overrideOn(ClusterSelector.names('paris'), Overrider.image({ registry: 'mirror.paris.example' }));
 */
export class MulticloudDeployment extends Construct {
  /** The deployment itself, for patches. Overrides are looked up in what it becomes. */
  public readonly template: ApiObject;

  /** The policy that says where it runs. */
  public readonly propagation: PropagationPolicy;

  private readonly policyName: string;
  private overrides?: OverridePolicy;

  constructor(scope: Construct, id: string, props: MulticloudDeploymentProps) {
    super(scope, id);
    const chart = MulticloudChart._around(this);
    const { namespace = chart.namespace, containers, replicas = 1 } = props;
    const name = props.name ?? id.toLowerCase();
    const selector = props.selector ?? { 'app.kubernetes.io/name': name };
    const found = [
      ...nameTroubles(name),
      ...containerTroubles(containers),
      ...replicaTroubles(replicas),
      ...selectorTroubles(selector, props.podLabels),
    ];
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: this.node.path })));

    this.policyName = limited(`${name}-deployment`);
    this.template = new PlainObject(this, 'Resource', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name,
        namespace,
        labels: {
          ...props.labels,
          ...(props.deletionProtection && { 'resourcetemplate.karmada.io/deletion-protected': 'Always' }),
        },
        annotations: props.annotations,
      },
      spec: {
        replicas,
        selector: { matchLabels: selector },
        template: {
          metadata: {
            labels: { ...props.podLabels, ...selector },
            ...(props.podAnnotations && { annotations: props.podAnnotations }),
          },
          spec: podSpec(containers),
        },
      },
    });
    this.propagation = new PropagationPolicy(this, 'Propagation', {
      name: this.policyName,
      namespace,
      resources: [ResourceSelector.of(this.template)],
      placement: props.placement,
      autoPropagate: props.autoPropagate ?? true,
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

function nameTroubles(name: string): Trouble[] {
  if (isDnsLabel(name)) return [];
  return [
    {
      what: `"${name}" cannot be the name of a deployment`,
      fix: `give a \`name\` of at most 63 characters: ${LABEL_RULE}`,
    },
  ];
}

function replicaTroubles(replicas: number): Trouble[] {
  if (Number.isInteger(replicas) && replicas >= 0 && replicas < 2 ** 31) return [];
  return [
    { what: `\`replicas\` must be a whole number of 0 or more, got ${replicas}`, fix: 'give how many pods to run' },
  ];
}

function selectorTroubles(selector: { [key: string]: string }, podLabels: { [key: string]: string } = {}): Trouble[] {
  if (Object.keys(selector).length === 0) {
    return [
      { what: '`selector` is empty, so it would select every pod', fix: 'give one label or more, or leave it out' },
    ];
  }
  return Object.entries(selector)
    .filter(([key, value]) => (podLabels[key] ?? value) !== value)
    .map(([key, value]) => ({
      what: `the pods are selected by the label "${key}" with value "${value}", and \`podLabels\` gives it "${podLabels[key]}"`,
      fix: 'leave it out of `podLabels`, or give the same in `selector`',
    }));
}
