import type { k8s } from 'cdk8s-plus-28';

/** Options of the pods of one component of a control plane. */
export interface ComponentPodOptions {
  /**
   * The whole reference of another image: with a digest, or with a tag that is no floating one. It stays when the release
   * of the instance changes.
   *
   * @default - the image of the release, from `privateRegistry` if there is one
   */
  readonly image?: string;

  /**
   * What its container asks for, and its limits. What is not named keeps its default.
   *
   * @default - a request that fits a fleet of some ten clusters, and no limits: a control plane should get slow before it stops
   */
  readonly resources?: k8s.ResourceRequirements;

  /**
   * Labels of the nodes that may run it.
   *
   * @default - every node
   */
  readonly nodeSelector?: { readonly [label: string]: string };

  /**
   * Taints of nodes that it may run on all the same.
   *
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * Which nodes its pods prefer or need, instead of the default.
   *
   * @default - each pod on a node of its own, for etcd always, for all others where there is one
   */
  readonly affinity?: k8s.Affinity;

  /**
   * How its pods spread, instead of the default. Without a `labelSelector` a constraint is about its own pods.
   *
   * @default - evenly over zones, where that is possible
   */
  readonly topologySpreadConstraints?: k8s.TopologySpreadConstraint[];

  /**
   * More flags for its start, without the dashes; they replace those of the same name. Only flags that the component has in
   * this release are taken, and none that the parts of the control plane find each other by.
   *
   * @default - none
   */
  readonly extraArgs?: { readonly [flag: string]: string };
}

/** Options of one component of a control plane. */
export interface ComponentOptions extends ComponentPodOptions {
  /**
   * How many pods it has.
   *
   * @default - 2, or 1 when etcd has one member
   */
  readonly replicas?: number;
}

/** Options of the scheduler estimators. */
export interface SchedulerEstimatorOptions extends ComponentOptions {
  /**
   * Names of the member clusters that get one, each at most 35 characters. `<cluster>-kubeconfig`, a Secret that
   * `cdk8s-karmada member join` makes, lets it read that cluster's nodes and pods.
   */
  readonly clusters: string[];
}

/** Options of the components of a control plane, by the names that Karmada's operator has for them. */
export interface ComponentsOptions {
  /**
   * The database. How many members it has is up to its storage.
   *
   * @default - see `ComponentPodOptions`
   */
  readonly etcd?: ComponentPodOptions;

  /**
   * The API server that people, members and all other components talk to.
   *
   * @default - see `ComponentOptions`
   */
  readonly karmadaApiServer?: ComponentOptions;

  /**
   * Serves the Clusters, and the way through to each of them.
   *
   * @default - see `ComponentOptions`
   */
  readonly karmadaAggregatedApiServer?: ComponentOptions;

  /**
   * Kubernetes' own housekeeping on Karmada: namespaces, garbage, certificates of members.
   *
   * @default - see `ComponentOptions`
   */
  readonly kubeControllerManager?: ComponentOptions;

  /**
   * Turns policies into bindings and bindings into what each member gets.
   *
   * @default - see `ComponentOptions`
   */
  readonly karmadaControllerManager?: ComponentOptions;

  /**
   * Decides which members get how many replicas.
   *
   * @default - see `ComponentOptions`
   */
  readonly karmadaScheduler?: ComponentOptions;

  /**
   * Checks and completes policies; while no pod of it answers, none can be written.
   *
   * @default - see `ComponentOptions`
   */
  readonly karmadaWebhook?: ComponentOptions;

  /**
   * Takes replicas away from members that cannot run them, so that the scheduler finds better ones. It asks the estimators.
   *
   * @default - it is not installed
   */
  readonly karmadaDescheduler?: ComponentOptions;

  /**
   * Searches resources of all members, and is a proxy to them.
   *
   * @default - it is not installed
   */
  readonly karmadaSearch?: ComponentOptions;

  /**
   * Serves metrics of all members; a FederatedHPA needs it.
   *
   * @default - it is not installed
   */
  readonly karmadaMetricsAdapter?: ComponentOptions;

  /**
   * Tells the scheduler how many more replicas a member really has room for: one for each member that is named.
   *
   * @default - none is installed, and the scheduler counts with the sums that members report
   */
  readonly karmadaSchedulerEstimator?: SchedulerEstimatorOptions;
}
