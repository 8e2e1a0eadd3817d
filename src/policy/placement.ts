import { ClusterSelector } from '../core/cluster-selector';
import type { ClusterToleration } from '../core/cluster-toleration';
import { type Trouble, troubles } from '../core/private/trouble';

/** Options of every placement. */
export interface PlacementOptions {
  /**
   * The clusters that may be chosen.
   *
   * @default ClusterSelector.all()
   */
  readonly clusters?: ClusterSelector;

  /**
   * The taints of clusters that do not matter.
   *
   * @default - a cluster with a taint is not chosen
   */
  readonly tolerations?: ClusterToleration[];
}

/** Options of `Placement.staticWeight`. */
export interface StaticWeightOptions {
  /**
   * The clusters that may be chosen. Those that no weight is for get no replicas.
   *
   * @default - the clusters that the weights name, when all of them choose by name alone; otherwise all clusters
   */
  readonly clusters?: ClusterSelector;

  /**
   * The taints of clusters that do not matter.
   *
   * @default - a cluster with a taint is not chosen
   */
  readonly tolerations?: ClusterToleration[];
}

/** How much of a workload some clusters get. */
export interface ClusterWeight {
  /** The clusters that have the weight, each of them. The largest counts for a cluster that is in several. */
  readonly clusters: ClusterSelector;

  /** A whole number, 1 or more. Only its ratio to the other weights matters. */
  readonly weight: number;
}

/**
 * Where a workload runs, and how its replicas are shared out among the clusters. Only what Karmada's scheduler really does can
 * be written.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/propagation_types.go
 * @example
 * import { ClusterSelector, Placement } from 'cdk8s-karmada';
 *
 * Placement.staticWeight([
 *   { clusters: ClusterSelector.names('berlin'), weight: 2 },
 *   { clusters: ClusterSelector.names('paris'), weight: 1 },
 * ]);
 */
export class Placement {
  /**
   * Every chosen cluster runs all the replicas: in total, replicas times clusters.
   *
   * @param options clusters and tolerations
   */
  public static duplicated(options: PlacementOptions = {}): Placement {
    return new Placement({ replicaSchedulingType: 'Duplicated' }, options);
  }

  /**
   * The replicas are divided among as few clusters as have room for them.
   *
   * @param options clusters and tolerations
   */
  public static aggregated(options: PlacementOptions = {}): Placement {
    return new Placement({ replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' }, options);
  }

  /**
   * The replicas are divided in proportion to how many more each cluster has room for.
   *
   * @param options clusters and tolerations
   */
  public static dynamicWeight(options: PlacementOptions = {}): Placement {
    return new Placement(weighted({ dynamicWeight: 'AvailableReplicas' }), options);
  }

  /**
   * The replicas are divided in proportion to fixed weights, whatever room there is.
   *
   * What cannot be divided evenly goes, one by one, to the cluster that is furthest behind; ties are settled by the object's
   * UID, so that a single replica may land on either side.
   *
   * @param weights at least one
   * @param options clusters and tolerations
   * @throws if there are no weights, or one is not a whole number of 1 or more
   */
  public static staticWeight(weights: ClusterWeight[], options: StaticWeightOptions = {}): Placement {
    const found = weightTroubles(weights);
    if (found.length > 0) throw troubles(found);
    const staticWeightList = weights.map(({ clusters, weight }) => ({ targetCluster: clusters._toKarmada(), weight }));
    return new Placement(
      weighted({ staticWeightList }),
      // where none of the chosen clusters has a weight Karmada would give each the same, so the named ones are chosen
      { ...options, clusters: options.clusters ?? named(weights) },
      weights.flatMap(({ clusters }) => clusters._mentioned),
    );
  }

  /**
   * The clusters that it spells out.
   *
   * @internal
   */
  public readonly _mentioned: string[];

  private readonly wire: any;

  private constructor(replicaScheduling: any, options: PlacementOptions, mentioned: string[] = []) {
    const clusterAffinity = options.clusters?._toKarmada() ?? {};
    const clusterTolerations = options.tolerations?.map((toleration) => toleration._toKarmada()) ?? [];
    this._mentioned = [...(options.clusters?._mentioned ?? []), ...mentioned];
    this.wire = {
      ...(Object.keys(clusterAffinity).length > 0 && { clusterAffinity }),
      ...(clusterTolerations.length > 0 && { clusterTolerations }),
      // left out it means Duplicated, empty it means Divided: so it is always written
      replicaScheduling,
    };
  }

  /** @internal */
  public _toKarmada(): any {
    return this.wire;
  }
}

function weighted(weightPreference: any): any {
  return { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted', weightPreference };
}

/** The clusters that the weights name, when they choose by nothing else. */
function named(weights: readonly ClusterWeight[]): ClusterSelector | undefined {
  const affinities = weights.map(({ clusters }) => clusters._toKarmada());
  const byName = affinities.every((affinity) => Object.keys(affinity).join() === 'clusterNames');
  return byName ? ClusterSelector.names(...affinities.flatMap(({ clusterNames }) => clusterNames)) : undefined;
}

function weightTroubles(weights: readonly ClusterWeight[]): Trouble[] {
  if (weights.length === 0) {
    return [
      {
        what: 'Placement.staticWeight is given no weights',
        fix: 'give a weight for one selection of clusters or more, or use Placement.dynamicWeight',
      },
    ];
  }
  return weights
    .filter(({ weight }) => !Number.isSafeInteger(weight) || weight < 1)
    .map(({ clusters, weight }) => ({
      what: `weight must be a whole number of 1 or more, got ${weight}${whose(clusters)}`,
      fix: 'give it a weight of 1 or more, or leave it out to send it no replicas',
    }));
}

function whose(clusters: ClusterSelector): string {
  const names: string[] = clusters._toKarmada().clusterNames ?? [];
  return names.length > 0 ? ` for cluster ${names.map((name) => `"${name}"`).join(', ')}` : '';
}
