/** When something is scaled. */
export interface ScalingSchedule {
  /** Name of the rule, at most 32 characters, unique in its schedule. */
  readonly name: string;

  /** When, as a cron expression of 5 to 7 fields such as `0 8 * * MON-FRI`, or a macro such as `@hourly`. */
  readonly schedule: string;

  /**
   * The time zone that the schedule is in, such as `Europe/Berlin`.
   *
   * @default - that of Karmada's controller manager, which is UTC in Karmada's images
   */
  readonly timeZone?: string;

  /**
   * Whether the rule rests.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * How many runs that went well are kept in the status, 1 to 32.
   *
   * @default 3
   */
  readonly successfulHistoryLimit?: number;

  /**
   * How many runs that failed are kept in the status, 0 to 32.
   *
   * @default 3
   */
  readonly failedHistoryLimit?: number;
}

/** When an autoscaler's bounds change, and to what: at least one of the two. */
export interface BoundsSchedule extends ScalingSchedule {
  /**
   * The smallest number of replicas from then on.
   *
   * @default - as it was
   */
  readonly targetMinReplicas?: number;

  /**
   * The largest number of replicas from then on.
   *
   * @default - as it was
   */
  readonly targetMaxReplicas?: number;
}

/** When a workload is scaled, and to how many replicas. */
export interface ReplicasSchedule extends ScalingSchedule {
  /** Number of replicas from then on, 0 or more. */
  readonly targetReplicas: number;
}
