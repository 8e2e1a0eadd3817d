import type { ContainerProps } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { isDnsLabel, LABEL_RULE } from '../core/private/names';
import type { Trouble } from '../core/private/trouble';
import type { MulticloudResourceProps } from './multicloud-resource';
import { containerTroubles, podSpec } from './private/pod-template';
import { type Draft, Resource } from './private/resource';

/** Options of `MulticloudDeployment`. */
export interface MulticloudDeploymentProps extends MulticloudResourceProps {
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
export class MulticloudDeployment extends Resource {
  constructor(scope: Construct, id: string, props: MulticloudDeploymentProps) {
    super(scope, id, props, draft(props.name ?? id.toLowerCase(), props));
  }
}

function draft(name: string, props: MulticloudDeploymentProps): Draft {
  const { containers, replicas = 1, podLabels, podAnnotations } = props;
  const selector = props.selector ?? { 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name,
    spec: () => ({
      replicas,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: { ...podLabels, ...selector }, ...(podAnnotations && { annotations: podAnnotations }) },
        spec: podSpec(containers),
      },
    }),
    troubles: [
      ...nameTroubles(name),
      ...containerTroubles(containers),
      ...replicaTroubles(replicas),
      ...selectorTroubles(selector, podLabels),
    ],
  };
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
