/** Options of one component of a control plane. */
export interface ComponentOptions {
  /**
   * How many pods it has.
   *
   * @default - 2, or 1 when etcd has one member
   */
  readonly replicas?: number;
}

/** Options of the components of a control plane, by the names that Karmada's operator has for them. */
export interface ComponentsOptions {
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
}
