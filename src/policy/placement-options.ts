import type { ClusterSelector } from '../core/cluster-selector';
import type { ClusterToleration } from '../core/cluster-toleration';
import type { ClusterGroup, OverflowingClusterGroup } from './cluster-group';
import type { ClusterSpread } from './cluster-spread';

/** Options of every placement. */
export interface PlacementOptions {
  /**
   * The clusters that may be chosen. With `groups` it is left out.
   *
   * @default - all clusters; for `Placement.staticWeight` the clusters that the weights name, when all of them choose by name
   * alone
   */
  readonly clusters?: ClusterSelector;

  /**
   * The taints of clusters that do not matter.
   *
   * @default - a cluster with a taint is not chosen
   */
  readonly tolerations?: ClusterToleration[];

  /**
   * Key of a label: objects of one namespace that have the same value of it go to the same clusters. Karmada looks at it from
   * v1.17 on, where its gate `WorkloadAffinity` is on; an object without the label goes anywhere.
   *
   * @default - wherever others are
   */
  readonly colocateByLabel?: string;

  /**
   * Key of a label: objects of one namespace that have the same value of it go to different clusters. Karmada looks at it from
   * v1.17 on, where its gate `WorkloadAffinity` is on; an object without the label goes anywhere.
   *
   * @default - wherever others are
   */
  readonly separateByLabel?: string;
}

/** Options of `Placement.duplicated`. */
export interface DuplicatedOptions extends PlacementOptions {
  /**
   * Groups of clusters that are tried one after another, until one can take the workload (`clusterAffinities`).
   *
   * @default - all clusters that may be chosen are tried together
   */
  readonly groups?: ClusterGroup[];

  /**
   * How many clusters are chosen, and in how many regions.
   *
   * @default - all that may be chosen
   */
  readonly spread?: ClusterSpread;
}

/** Options of `Placement.aggregated` and `Placement.dynamicWeight`. */
export interface DividedOptions extends PlacementOptions {
  /**
   * Groups of clusters that are tried one after another, until one can take the workload (`clusterAffinities`). A group may have
   * others to overflow to.
   *
   * @default - all clusters that may be chosen are tried together
   */
  readonly groups?: OverflowingClusterGroup[];

  /**
   * How many clusters are chosen, and in how many regions.
   *
   * @default - any number of those that may be chosen
   */
  readonly spread?: ClusterSpread;
}

/** Options of `Placement.staticWeight`: without a spread, which Karmada would ignore here. */
export interface StaticWeightOptions extends PlacementOptions {
  /**
   * Groups of clusters that are tried one after another, until one can take the workload (`clusterAffinities`). Each needs a
   * cluster with a weight.
   *
   * @default - all clusters that may be chosen are tried together
   */
  readonly groups?: ClusterGroup[];
}

/** How much of a workload some clusters get. */
export interface ClusterWeight {
  /** The clusters that have the weight, each of them. The largest counts for a cluster that is in several. */
  readonly clusters: ClusterSelector;

  /** A whole number, 1 or more. Only its ratio to the other weights matters. */
  readonly weight: number;
}
