import type { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import type { Trouble } from '../core/private/trouble';
import type { Placement } from '../policy/placement';
import type { FederatedAutoscaler, FederatedAutoscalerOptions } from './federated-autoscaler';
import type { MulticloudResourceOptions } from './multicloud-resource';
import type { MulticloudRolloutProps } from './multicloud-rollout-props';
import type { MulticloudService, MulticloudServiceProps } from './multicloud-service';
import type { AdoptProps, MulticloudYamlProps } from './multicloud-yaml';
import { autoscaled } from './private/autoscaled';
import { countTroubles } from './private/counts';
import { exposed } from './private/expose';
import { adopted, draftIn, existing, fromYaml, GIVEN } from './private/given';
import { type Draft, Resource } from './private/resource';
import { isRetained, RETAINED, retainTroubles } from './private/retained-replicas';
import { rolloutSpec, rolloutTroubles } from './private/rollout';
import { seconds, secondsTroubles } from './private/seconds';
import { unless } from './private/unless';

/** What Kubernetes waits for a rollout to go on, in seconds, when nothing else is said. */
const PROGRESS_DEADLINE = 600;

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };

/** Options of `MulticloudDeployment`. */
export interface MulticloudDeploymentProps extends MulticloudRolloutProps {
  /**
   * Number of pods: in each cluster when the placement duplicates, else in all clusters together.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * How pods are replaced: one by one, or all at once. Each cluster does it by itself, at the same time.
   *
   * @default - as Kubernetes does: one by one, 25 % more and 25 % fewer at most
   */
  readonly strategy?: kplus.DeploymentStrategy;

  /**
   * How long a rollout may stand still before Kubernetes reports that it failed, in whole seconds. Longer than `minReady`.
   *
   * @default - as Kubernetes does: 600 seconds
   */
  readonly progressDeadline?: Duration;

  /**
   * Whether changes of the pods wait (`spec.paused`): what runs goes on running, and scaling still works. To stop Karmada from
   * sending anything, suspend the propagation instead.
   *
   * @default false
   */
  readonly paused?: boolean;

  /**
   * Whether each cluster keeps the number of pods that it has, for a HorizontalPodAutoscaler in the member clusters: Karmada
   * gives `replicas` to a new deployment and never again. The placement has to duplicate.
   *
   * @default false
   */
  readonly retainReplicas?: boolean;
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
 * web.exposeViaService(); // a Service wherever the pods may be
 */
export class MulticloudDeployment extends Resource {
  /**
   * Sends out a deployment that something else makes: any cdk8s-plus, an `Include`, a construct of your team. Its defaults stay.
   *
   * @param construct the deployment, or a construct whose default child it is
   * @param options where it goes, and how
   * @throws if there is no deployment behind it, or it is sent out already
   */
  public static of(construct: IConstruct, options: MulticloudResourceOptions = {}): MulticloudDeployment {
    return new MulticloudDeployment(construct as Construct, GIVEN, existing(construct, options, DEPLOYMENT));
  }

  /**
   * Sends out the deployment in a text.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the text, and where it goes
   * @throws if the text is not YAML or does not hold one deployment
   */
  public static fromYaml(scope: Construct, id: string, props: MulticloudYamlProps): MulticloudDeployment {
    return new MulticloudDeployment(scope, id, fromYaml(props, DEPLOYMENT));
  }

  /**
   * Takes over a deployment that runs on a member cluster already. Its pods go on running as they are.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the deployment as it is there, and where it goes
   * @throws if it had better stay with its cluster, or pods would be made anew
   */
  public static adopt(scope: Construct, id: string, props: AdoptProps): MulticloudDeployment {
    return new MulticloudDeployment(scope, id, adopted(props, DEPLOYMENT));
  }

  private readonly placement?: Placement;

  /** @throws if Kubernetes would refuse the deployment; the error names everything that is wrong with it */
  constructor(scope: Construct, id: string, props: MulticloudDeploymentProps) {
    super(scope, id, props, givenDeployment(props) ?? draft(props.name ?? id.toLowerCase(), props));
    this.placement = props.placement;
  }

  /**
   * Makes its Service, with the deployment's name and the ports of the containers. Karmada does not send Services along with workloads, so it goes to
   * every cluster that the deployment may ever be on, fallback and overflow groups included.
   *
   * @param options what is different about the Service
   * @throws if the containers say no ports, or the pods are selected by more than labels
   */
  public exposeViaService(options: MulticloudServiceProps = {}): MulticloudService {
    return exposed(this, this.placement, options);
  }

  /**
   * Makes its autoscaler, which changes `replicas` by what the pods on all clusters use together. Where they go is still the
   * placement's decision, which should divide.
   *
   * @param options how many pods at most, and by which metrics
   * @throws if it has an autoscaler already, or Karmada would refuse it
   * @example
   * import { MulticloudDeployment, ScalingMetric, ScalingTarget } from 'cdk8s-karmada';
   *
   * declare const web: MulticloudDeployment;
   *
   * const autoscaler = web.autoscale({
   *   maxReplicas: 30,
   *   metrics: [ScalingMetric.cpu(ScalingTarget.averageUtilization(60))],
   * });
   * autoscaler.addSchedule({ name: 'morning', schedule: '0 8 * * MON-FRI', targetMinReplicas: 10 });
   */
  public autoscale(options: FederatedAutoscalerOptions): FederatedAutoscaler {
    return autoscaled(this, options);
  }
}

function givenDeployment(props: MulticloudDeploymentProps): Draft | undefined {
  return draftIn(props, ({ metadata }) => retainTroubles(isRetained(metadata.labels), props));
}

function draft(name: string, props: MulticloudDeploymentProps): Draft {
  const { replicas = 1, strategy, progressDeadline, paused, retainReplicas = false } = props;
  return {
    ...DEPLOYMENT,
    name,
    metadata: { labels: retainReplicas ? RETAINED : undefined },
    spec: () => ({
      replicas,
      strategy: strategy && kplus.k8s.toJson_DeploymentStrategy((strategy as any)._toKube()),
      progressDeadlineSeconds: seconds(progressDeadline),
      paused,
      ...rolloutSpec(name, props),
    }),
    troubles: [
      ...rolloutTroubles('deployment', name, props),
      ...countTroubles({ replicas }),
      ...secondsTroubles({ progressDeadline }),
      ...deadlineTroubles(props),
      ...retainTroubles(retainReplicas || isRetained(props.labels), props),
    ],
  };
}

function deadlineTroubles({ minReady, progressDeadline }: MulticloudDeploymentProps): Trouble[] {
  const ready = minReady?.toSeconds({ integral: false }) ?? 0;
  const deadline = progressDeadline?.toSeconds({ integral: false }) ?? PROGRESS_DEADLINE;
  return unless(
    deadline > ready,
    `\`progressDeadline\` is ${deadline} s and \`minReady\` ${ready} s, so no rollout would ever succeed`,
    'give a `progressDeadline` that is longer than `minReady`',
  );
}
