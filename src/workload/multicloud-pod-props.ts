import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { MulticloudResourceProps } from './multicloud-resource';

/** What a container needs of something that nodes count beside CPU and memory, such as GPUs. */
export interface ExtendedResource {
  /** Name of the resource as nodes report it, such as `nvidia.com/gpu`. */
  readonly name: string;

  /** How many of them, a whole number of 1 or more: they are not shared. */
  readonly count: number;

  /**
   * Name of the container that needs them.
   *
   * @default - the first container
   */
  readonly container?: string;
}

/** Options of everything that runs pods on member clusters. */
export interface MulticloudPodProps extends MulticloudResourceProps {
  /**
   * The containers, at least one. Each is rendered as described and no further: no resource requests, probes, pull policy or
   * security context that are not given.
   */
  readonly containers: kplus.ContainerProps[];

  /**
   * Containers that run before the others, one after the other. One with `restartPolicy` keeps running beside them, as a sidecar.
   *
   * @default - none
   */
  readonly initContainers?: kplus.ContainerProps[];

  /**
   * What containers need of resources beside CPU and memory, such as GPUs. Karmada counts them where it looks for room.
   *
   * @default - nothing
   */
  readonly extendedResources?: ExtendedResource[];

  /**
   * Volumes of the pods beside those that a container mounts.
   *
   * @default - those that a container mounts
   */
  readonly volumes?: kplus.Volume[];

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
   * How the pods look up names. At most 3 servers and 32 search domains; clusters older than Kubernetes 1.28 take 6 domains.
   *
   * @default - as Kubernetes does: `ClusterFirst`
   */
  readonly dns?: kplus.PodDnsProps;

  /**
   * Names that the pods know without asking DNS, for `/etc/hosts`.
   *
   * @default - none
   */
  readonly hostAliases?: kplus.HostAlias[];

  /**
   * Whether the pods use the network of their node.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;

  /**
   * How long a pod may take to stop before it is killed, in whole seconds.
   *
   * @default - as Kubernetes does: 30 seconds
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * How long a pod stays bound to a node that is not ready or cannot be reached, in whole seconds.
   *
   * @default - as each cluster does: 300 seconds, unless it says otherwise
   */
  readonly nodeUnavailableToleration?: Duration;

  /**
   * Which nodes the pods want, and which other pods they want near or far, inside each cluster.
   *
   * @default - none
   */
  readonly affinity?: kplus.k8s.Affinity;

  /**
   * Taints of nodes that the pods put up with.
   *
   * @default - those of `nodeUnavailableToleration`
   */
  readonly tolerations?: kplus.k8s.Toleration[];

  /**
   * How the pods spread over nodes and zones, inside each cluster.
   *
   * @default - as each cluster does
   */
  readonly topologySpreadConstraints?: kplus.k8s.TopologySpreadConstraint[];

  /**
   * Labels that a node must have to run the pods.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Name of the service account that the pods run as. With `autoPropagate` Karmada sends it along.
   *
   * @default - as Kubernetes does: `default`
   */
  readonly serviceAccountName?: string;

  /**
   * Whether the pods get a token of their service account.
   *
   * @default - as the service account says
   */
  readonly automountServiceAccountToken?: boolean;

  /**
   * Names of the Secrets that images are pulled with.
   *
   * @default - those of the service account
   */
  readonly imagePullSecrets?: string[];

  /**
   * Security settings of all containers of a pod. What is not given is not set.
   *
   * @default - none
   */
  readonly podSecurityContext?: kplus.PodSecurityContextProps;

  /**
   * Name of the pods' priority class on the member clusters.
   *
   * @default - as each cluster does
   */
  readonly priorityClassName?: string;
}
