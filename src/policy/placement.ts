import { ClusterSelector } from '../core/cluster-selector';
import { type Trouble, troubles } from '../core/private/trouble';
import type { ClusterWeight, DividedOptions, DuplicatedOptions, StaticWeightOptions } from './placement-options';
import { type AnyPlacementOptions, placementTroubles, selections } from './private/candidates';
import { clusterAffinities } from './private/groups';

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
   * @param options where to
   * @throws if Karmada would refuse the options, or take some of them and never look at them
   */
  public static duplicated(options: DuplicatedOptions = {}): Placement {
    return new Placement({ replicaSchedulingType: 'Duplicated' }, options);
  }

  /**
   * The replicas are divided among as few clusters as have room for them.
   *
   * @param options where to
   * @throws if Karmada would refuse the options, or take some of them and never look at them
   */
  public static aggregated(options: DividedOptions = {}): Placement {
    return new Placement({ replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' }, options);
  }

  /**
   * The replicas are divided in proportion to how many more each cluster has room for.
   *
   * @param options where to
   * @throws if Karmada would refuse the options, or take some of them and never look at them
   */
  public static dynamicWeight(options: DividedOptions = {}): Placement {
    return new Placement(weighted({ dynamicWeight: 'AvailableReplicas' }), options);
  }

  /**
   * The replicas are divided in proportion to fixed weights, whatever room there is.
   *
   * What cannot be divided evenly goes, one by one, to the cluster that is furthest behind; ties are settled by the object's
   * UID, so that a single replica may land on either side.
   *
   * @param weights at least one
   * @param options where to
   * @throws if there are no weights, one is not a whole number of 1 or more, weights and clusters do not meet, or Karmada would
   * refuse the options
   */
  public static staticWeight(weights: ClusterWeight[], options: StaticWeightOptions = {}): Placement {
    const found = weightTroubles(weights);
    if (found.length > 0) throw troubles(found);
    const staticWeightList = weights.map(({ clusters, weight }) => ({ targetCluster: clusters._toKarmada(), weight }));
    // where none of the chosen clusters has a weight Karmada would give each the same, so the named ones are chosen
    const clusters = options.clusters ?? (options.groups ? undefined : named(weights));
    return new Placement(weighted({ staticWeightList }), { ...options, clusters }, weights);
  }

  /**
   * The clusters that it spells out.
   *
   * @internal
   */
  public readonly _mentioned: string[];

  private readonly wire: any;

  private constructor(
    replicaScheduling: any,
    private readonly options: AnyPlacementOptions,
    weights: readonly ClusterWeight[] = [],
  ) {
    const { clusters, groups, tolerations = [], spread, colocateByLabel, separateByLabel } = options;
    const found = [...placementTroubles(options), ...meetingTroubles(weights, options)];
    if (found.length > 0) throw troubles(found);
    const clusterAffinity = clusters?._toKarmada() ?? {};
    const chosen = [...selections(options).flat(), ...weights.map((weight) => weight.clusters)];
    this._mentioned = chosen.flatMap((selector) => selector._mentioned);
    this.wire = {
      ...(Object.keys(clusterAffinity).length > 0 && { clusterAffinity }),
      ...(groups && { clusterAffinities: clusterAffinities(groups) }),
      ...(tolerations.length > 0 && { clusterTolerations: tolerations.map((toleration) => toleration._toKarmada()) }),
      ...(spread && { spreadConstraints: spread._toKarmada() }),
      // left out it means Duplicated, empty it means Divided: so it is always written
      replicaScheduling,
      ...((colocateByLabel ?? separateByLabel) && {
        workloadAffinity: {
          ...(colocateByLabel && { affinity: { groupByLabelKey: colocateByLabel } }),
          ...(separateByLabel && { antiAffinity: { groupByLabelKey: separateByLabel } }),
        },
      }),
    };
  }

  /**
   * Everywhere that this placement may choose, whichever group it is: where something has to be that the workload is reached by,
   * such as its Service. Karmada cannot say every union of selections; then it is more clusters than that.
   *
   * @internal
   */
  public _reach(): Placement {
    const chosen = selections(this.options).flat();
    const clusters = chosen.length > 0 ? ClusterSelector._either(chosen) : undefined;
    return Placement.duplicated({ clusters, tolerations: this.options.tolerations });
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

/** What Karmada would take without a word: weights of clusters that are never chosen, and choices without a weight. */
function meetingTroubles(weights: readonly ClusterWeight[], options: AnyPlacementOptions): Trouble[] {
  const chosen = selections(options);
  if (weights.length === 0 || chosen.length === 0) return [];
  const meets = (one: readonly ClusterSelector[], weight: ClusterWeight) =>
    one.some((selector) => selector._mayOverlap(weight.clusters));
  const idle = weights.filter((weight) => !chosen.some((one) => meets(one, weight)));
  const unweighted = (options.groups ?? []).filter(
    (_, index) => !weights.some((weight) => meets(chosen[index], weight)),
  );
  return [
    ...idle.map(({ clusters, weight }) => ({
      what: `the weight ${weight}${whose(clusters)} is for clusters that cannot be chosen`,
      fix: 'let `clusters` or `groups` choose them, or take the weight away',
    })),
    ...unweighted.map(({ name }) => ({
      what: `no cluster of group "${name}" has a weight, so Karmada would give each of them the same`,
      fix: 'give one of its clusters a weight',
    })),
  ];
}

function whose(clusters: ClusterSelector): string {
  const names: string[] = clusters._toKarmada().clusterNames ?? [];
  return names.length > 0 ? ` for cluster ${names.map((name) => `"${name}"`).join(', ')}` : '';
}
