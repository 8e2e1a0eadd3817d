import type { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Trouble } from '../core/private/trouble';
import type { MulticloudRolloutProps } from './multicloud-rollout-props';
import { countTroubles, seconds, secondsTroubles } from './private/amounts';
import { type Draft, Resource } from './private/resource';
import { rolloutSpec, rolloutTroubles } from './private/rollout';
import { unless } from './private/unless';

/** What Kubernetes waits for a rollout to go on, in seconds, when nothing else is said. */
const PROGRESS_DEADLINE = 600;

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
  /** @throws if Kubernetes would refuse the deployment; the error names everything that is wrong with it */
  constructor(scope: Construct, id: string, props: MulticloudDeploymentProps) {
    super(scope, id, props, draft(props.name ?? id.toLowerCase(), props));
  }
}

function draft(name: string, props: MulticloudDeploymentProps): Draft {
  const { replicas = 1, strategy, progressDeadline, paused } = props;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name,
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
