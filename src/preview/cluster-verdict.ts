/** Why a cluster gets nothing of a resource. */
export interface ClusterVerdict {
  /** The cluster. */
  readonly cluster: string;
  /** Whether it gets the resource, in at least one outcome. */
  readonly placed: boolean;
  /**
   * Why it gets nothing, in Karmada's words where Karmada has some.
   *
   * @default - it gets the resource
   */
  readonly reason?: string;
}
