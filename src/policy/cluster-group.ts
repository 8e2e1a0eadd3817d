import type { ClusterSelector } from '../core/cluster-selector';

/** Clusters that are tried together, under a name. */
export interface ClusterGroup {
  /** Name of the group (`affinityName`): at most 32 characters that a label key may have, of no other group of the placement. */
  readonly name: string;

  /** The clusters of the group. */
  readonly clusters: ClusterSelector;
}

/** Clusters that are tried together, and others that are added while these are too full. */
export interface OverflowingClusterGroup extends ClusterGroup {
  /**
   * Groups that are added one after another while those before have no room (`overflowAffinities`), and left again in reverse
   * order. The group itself may then not choose all clusters. Karmada knows it from v1.18 on.
   *
   * @default - where the group has no room, the next group is tried instead
   */
  readonly overflow?: ClusterGroup[];
}
