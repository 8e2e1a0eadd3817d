import { type Trouble, troubles } from '../core/private/trouble';

/** From how many to how many. */
export interface GroupRange {
  /**
   * At least so many, a whole number of 1 or more; where there are fewer, nothing is scheduled.
   *
   * @default 1
   */
  readonly min?: number;

  /** At most so many, a whole number of 1 or more. */
  readonly max: number;
}

/**
 * How many clusters are chosen, and in how many regions.
 *
 * That is all that Karmada's scheduler spreads by: it takes other constraints, such as by zone or provider, and spreads nothing.
 *
 * @see https://github.com/karmada-io/karmada/tree/v1.18.2/pkg/scheduler/core/spreadconstraint
 * @example
 * import { ClusterSpread, Placement } from 'cdk8s-karmada';
 *
 * Placement.duplicated({ spread: ClusterSpread.regions({ min: 2, max: 3 }, { min: 2, max: 6 }) });
 */
export class ClusterSpread {
  /**
   * So many of the clusters that may be chosen. Those that have the workload already come first, then those with most room.
   *
   * @param clusters how many
   * @throws if a number is not a whole one of 1 or more, or `max` is below `min`
   */
  public static clusters(clusters: GroupRange): ClusterSpread {
    return new ClusterSpread(clusters);
  }

  /**
   * So many clusters in so many regions, at least one in each. Clusters that name no region are not chosen, and whether there is
   * room for all replicas does not count.
   *
   * @param regions how many regions
   * @param clusters how many clusters in all of them together
   * @throws if a number is not a whole one of 1 or more, a `max` is below its `min`, or there are more regions than clusters
   */
  public static regions(regions: GroupRange, clusters: GroupRange): ClusterSpread {
    return new ClusterSpread(clusters, regions);
  }

  /**
   * So many clusters, all of one region.
   *
   * @param clusters how many
   * @throws if a number is not a whole one of 1 or more, or `max` is below `min`
   */
  public static singleRegion(clusters: GroupRange): ClusterSpread {
    return new ClusterSpread(clusters, { max: 1 });
  }

  /**
   * The least number of clusters that satisfies it.
   *
   * @internal
   */
  public readonly _least: number;

  private readonly wire: any;

  private constructor(clusters: GroupRange, regions?: GroupRange) {
    const found = [...(regions ? rangeTroubles('regions', regions) : []), ...rangeTroubles('clusters', clusters)];
    const { min: leastRegions = 1 } = regions ?? {};
    if (found.length === 0 && clusters.max < leastRegions) {
      found.push({
        what: `at most ${clusters.max} clusters cannot be in ${leastRegions} regions or more: Karmada would choose one of each region`,
        fix: `raise \`max\` of clusters to ${leastRegions} or more, or lower \`min\` of regions`,
      });
    }
    if (found.length > 0) throw troubles(found);
    this._least = Math.max(clusters.min ?? 1, leastRegions);
    this.wire = [...(regions ? [constraint('region', regions)] : []), constraint('cluster', clusters)];
  }

  /** @internal */
  public _toKarmada(): any {
    return this.wire;
  }
}

/** Left out, the most would be none: Karmada gives it no default. */
function constraint(spreadByField: string, { min = 1, max }: GroupRange): any {
  return { spreadByField, minGroups: min, maxGroups: max };
}

function rangeTroubles(noun: string, { min = 1, max }: GroupRange): Trouble[] {
  const found: Trouble[] = [];
  for (const [name, value] of Object.entries({ min, max })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    found.push({
      what: `\`${name}\` of ${noun} must be a whole number of 1 or more, got ${value}`,
      fix: `give how many ${noun} to choose at ${name === 'min' ? 'least' : 'most'}`,
    });
  }
  if (found.length === 0 && max < min) {
    found.push({
      what: `\`max\` of ${noun} is ${max}, below its \`min\` ${min}`,
      fix: `raise \`max\` to ${min} or more, or lower \`min\` to ${max} or less`,
    });
  }
  return found;
}
