import type { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-28';
import { MAX_INT64, Quantity } from '../admission/quantity';
import { isLabelKey } from '../core/private/names';
import { type Trouble, troubles } from '../core/private/trouble';

/** Where one grade of nodes ends and the next begins. */
export interface ResourceModelBound {
  /**
   * CPUs that a node can give to pods.
   *
   * @default - CPUs do not tell grades apart
   */
  readonly cpu?: Cpu;

  /**
   * Memory that a node can give to pods.
   *
   * @default - memory does not tell grades apart
   */
  readonly memory?: Size;

  /**
   * Local disk that a node can give to pods.
   *
   * @default - local disk does not tell grades apart
   */
  readonly ephemeralStorage?: Size;

  /**
   * How much a node has of other resources, such as `nvidia.com/gpu`: whole numbers by name.
   *
   * @default - none tell grades apart
   */
  readonly others?: { [resource: string]: number };
}

/** CPUs and gibibytes of memory at which the grades that Karmada sets by itself end (pkg/apis/cluster/mutation, v1.18.2). */
const KARMADA_GRADES: readonly (readonly [string, string])[] = [
  ['1', '4Gi'],
  ['2', '16Gi'],
  ['4', '32Gi'],
  ['8', '64Gi'],
  ['16', '128Gi'],
  ['32', '256Gi'],
  ['64', '512Gi'],
  ['128', '1Ti'],
];

/**
 * How a member cluster sorts its nodes by size, so that Karmada can tell four small nodes from a big one when it counts how many
 * pods still fit.
 *
 * Karmada takes each node for as big as its grade begins. Pods that request something never count as fitting on a node of
 * the first grade, which begins at nothing: let it end below the smallest node that should count.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/cluster/validation/validation.go
 * @example
 * import { Size } from 'cdk8s';
 * import { Cpu } from 'cdk8s-plus-28';
 * import { MemberCluster, MulticloudChart, ResourceModels } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * // four grades: up to 4 CPUs and 16Gi, then up to 16 and 64Gi, then up to 64 and 256Gi, then everything bigger
 * new MemberCluster(chart, 'berlin', {
 *   resourceModels: ResourceModels.endingAt(
 *     { cpu: Cpu.units(4), memory: Size.gibibytes(16) },
 *     { cpu: Cpu.units(16), memory: Size.gibibytes(64) },
 *     { cpu: Cpu.units(64), memory: Size.gibibytes(256) },
 *   ),
 * });
 */
export class ResourceModels {
  /** The nine grades that Karmada gives a cluster which says nothing: from 1 CPU and 4Gi, doubling, to 128 CPUs and 1Ti. */
  public static karmadaGrades(): ResourceModels {
    return new ResourceModels(KARMADA_GRADES.map(([cpu, memory]) => ({ cpu, memory })));
  }

  /**
   * One grade that ends at each bound, and a last one for everything bigger. The first begins at nothing, the others where the
   * one before ends, as Karmada demands.
   *
   * @param bounds at least one, each bigger than the one before and naming the same resources
   * @throws if the bounds name different resources, do not grow, or there are none
   */
  public static endingAt(...bounds: ResourceModelBound[]): ResourceModels {
    return new ResourceModels(
      bounds.map(({ cpu, memory, ephemeralStorage, others = {} }) => ({
        ...(cpu && { cpu: cpu.amount }),
        ...(memory && { memory: memory.asString() }),
        ...(ephemeralStorage && { 'ephemeral-storage': ephemeralStorage.asString() }),
        ...Object.fromEntries(Object.entries(others).map(([name, amount]) => [name, String(amount)])),
      })),
    );
  }

  private readonly ends: readonly ReadonlyMap<string, string>[];

  private constructor(bounds: readonly { readonly [resource: string]: string }[]) {
    const found: Trouble[] =
      bounds.length === 0
        ? [{ what: 'ResourceModels.endingAt is given no bound', fix: 'give one or more; each ends a grade' }]
        : [...unequal(bounds), ...impossible(bounds), ...notGrowing(bounds)];
    if (found.length > 0) throw troubles(found);
    this.ends = bounds.map((bound) => new Map(resourcesOf(bound).map((name) => [name, written(bound[name])])));
  }

  /**
   * The grades as Karmada stores them.
   *
   * @internal
   */
  public _toKarmada(): any[] {
    return Array.from({ length: this.ends.length + 1 }, (_, grade) => ({
      grade,
      ranges: [...this.ends[0].keys()].map((name) => ({
        name,
        min: this.ends[grade - 1]?.get(name) ?? '0',
        max: this.ends[grade]?.get(name) ?? String(MAX_INT64),
      })),
    }));
  }
}

type Bound = { readonly [resource: string]: string };

/** Karmada compares grades resource by resource, in the order in which they stand. */
function resourcesOf(bound: Bound): string[] {
  return Object.keys(bound).sort();
}

/** As Karmada stores it: it takes `1` and `1000m` for different ends of two ranges that meet. */
function written(amount: string): string {
  const quantity = Quantity.parse(amount) as Quantity;
  const text = String(quantity);
  // a number too big for Karmada to compare in its unit is written in bytes
  return quantity.sameForm(quantity) ? text : String(quantity.value);
}

function unequal(bounds: readonly Bound[]): Trouble[] {
  const listed = (bound: Bound) => resourcesOf(bound).join(', ') || 'nothing';
  const [first, ...others] = bounds;
  if (listed(first) === 'nothing') {
    return [{ what: 'bound 1 names no resource', fix: 'give `cpu`, `memory`, `ephemeralStorage` or `others`' }];
  }
  return others.flatMap((bound, index) =>
    listed(bound) === listed(first)
      ? []
      : [
          {
            what: `bound ${index + 2} names ${listed(bound)}, and bound 1 names ${listed(first)}`,
            fix: 'name the same resources in each bound',
          },
        ],
  );
}

function impossible(bounds: readonly Bound[]): Trouble[] {
  const names = new Set(bounds.flatMap(resourcesOf));
  const found: Trouble[] = [...names]
    .filter((name) => !isLabelKey(name))
    .map((name) => ({ what: `"${name}" cannot be the name of a resource`, fix: 'name it as nodes do' }));
  bounds.forEach((bound, index) => {
    for (const name of resourcesOf(bound)) {
      const quantity = Quantity.parse(bound[name]);
      if (quantity && quantity.nano > 0n && quantity.value < MAX_INT64 && (name === 'cpu' || quantity.isWhole))
        continue;
      found.push({
        what: `bound ${index + 1} says ${bound[name]} of ${name}`,
        fix: 'give more than nothing, and a whole number of what is not CPU',
      });
    }
  });
  return found;
}

function notGrowing(bounds: readonly Bound[]): Trouble[] {
  return bounds.slice(1).flatMap((bound, index) =>
    resourcesOf(bound)
      .filter((name) => {
        const [before, after] = [Quantity.parse(bounds[index][name] ?? ''), Quantity.parse(bound[name])];
        return before && after && after.nano <= before.nano;
      })
      .map((name) => ({
        what: `bound ${index + 2} says ${bound[name]} of ${name}, not more than the ${bounds[index][name]} of bound ${index + 1}`,
        fix: 'begin with the smallest nodes, and let every resource grow from bound to bound',
      })),
  );
}
