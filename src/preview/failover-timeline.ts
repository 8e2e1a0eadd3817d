/** How a workload's time line ends when a cluster is lost. */
export enum FailoverEnd {
  /** Its replicas run on other clusters: those that it is moved to, or those that have all of it already. */
  ELSEWHERE = 'elsewhere',
  /** Karmada leaves it where it is until the cluster is back, or somebody acts. */
  STAYS = 'stays',
  /** Karmada takes it off the lost cluster, and no other one takes it, or not all of it. */
  NOWHERE = 'nowhere',
  /** It is decided where it goes, and nothing is sent there until the lost cluster is back. */
  BLOCKED = 'blocked',
  /** Where it goes is not decided here. */
  UNKNOWN = 'unknown',
}

/** One step on the way from the loss of a cluster to running elsewhere. */
export interface FailoverStep {
  /** Seconds after the loss, at the latest. */
  readonly seconds: number;
  /** What happens then. */
  readonly what: string;
  /** The flag, policy or rule that makes it so. */
  readonly because: string;
}

/** Replicas that a cluster gets. */
export interface FailoverShare {
  /** The cluster. */
  readonly name: string;
  /** How many more it gets; 0 for a kind that has none. */
  readonly replicas: number;
}

/** What becomes of a workload when one cluster that it runs on is lost, at worst. */
export interface FailoverTimeline {
  /** The cluster that is lost. */
  readonly cluster: string;
  /** Replicas that are on it; 0 for a kind that has none. */
  readonly replicas: number;
  /** How it ends. */
  readonly end: FailoverEnd;
  /**
   * Seconds until the other clusters are told, at the latest. Images and probes take what they take after that.
   *
   * @default - it does not get that far
   */
  readonly seconds?: number;
  /** Step by step, in order of time. */
  readonly steps: FailoverStep[];
  /** Clusters that get more of it than they had. */
  readonly goesTo: FailoverShare[];
}
