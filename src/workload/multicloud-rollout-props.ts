import type { Duration } from 'cdk8s';
import type { MulticloudPodProps } from './multicloud-pod-props';

/** Options of everything whose pods are replaced when they change: deployments, stateful sets, daemon sets. */
export interface MulticloudRolloutProps extends MulticloudPodProps {
  /**
   * The labels that the pods are selected by. Kubernetes does not let them change, so give those of a workload that exists.
   *
   * @default - `app.kubernetes.io/name` with the workload's name
   */
  readonly selector?: { [key: string]: string };

  /**
   * How long a new pod must be ready before it counts as available, in whole seconds.
   *
   * @default - as Kubernetes does: 0 seconds
   */
  readonly minReady?: Duration;

  /**
   * How many old revisions are kept to go back to.
   *
   * @default - as Kubernetes does: 10
   */
  readonly revisionHistoryLimit?: number;

  /**
   * Any text; another text replaces the pods on every cluster, as `kubectl rollout restart` does. It becomes an annotation of
   * the pods, `workload.cdk8s-karmada.io/restart-token`.
   *
   * @default - pods are replaced when something else about them changes
   */
  readonly restartToken?: string;
}
