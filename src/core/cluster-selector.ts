import type { ClusterLabel } from './cluster-label';
import type { IMemberCluster } from './member-cluster';
import { type Affinity, both, either, mayOverlap } from './private/affinity';
import { labelTroubles, nameTroubles, placeTroubles } from './private/cluster-names';
import { type Trouble, troubles } from './private/trouble';

/** Where clusters are: what is given has to hold together. At least one list is needed. */
export interface ClusterLocation {
  /**
   * The cluster's provider is one of these.
   *
   * @default - any provider, also none
   */
  readonly providers?: string[];

  /**
   * The cluster's region is one of these.
   *
   * @default - any region, also none
   */
  readonly regions?: string[];

  /**
   * One of the cluster's zones is one of these.
   *
   * @default - any zones, also none
   */
  readonly zones?: string[];
}

/**
 * Chooses member clusters. It never changes: every method gives a new selector.
 *
 * What is combined has to hold together, as in Karmada, and a cluster that is excluded stays out whatever else says. A
 * selector that can choose no cluster at all is an error.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/propagation_types.go
 * @example
 * import { ClusterSelector } from 'cdk8s-karmada';
 *
 * ClusterSelector.location({ regions: ['eu-1', 'eu-2'] })
 *   .and(ClusterSelector.labels({ tier: 'edge' }))
 *   .excluding('eu-1-lab');
 */
export class ClusterSelector {
  /** Every member cluster, also those that join later. */
  public static all(): ClusterSelector {
    return new ClusterSelector({});
  }

  /**
   * The clusters with these names. Synth fails for a name that no member cluster of the instance has, where the code declares
   * them.
   *
   * @param names at least one
   * @throws if there are no names, or one that no cluster can have
   */
  public static names(...names: string[]): ClusterSelector {
    if (names.length === 0) throw nothingSelected('names', 'name one cluster or more');
    refuse(names.flatMap(nameTroubles));
    return new ClusterSelector({ clusterNames: [...new Set(names)] });
  }

  /**
   * These clusters: the same as their names, without a name to mistype.
   *
   * @param clusters at least one
   * @throws if there are no clusters
   */
  public static members(...clusters: IMemberCluster[]): ClusterSelector {
    if (clusters.length === 0) throw nothingSelected('members', 'give one cluster or more');
    return ClusterSelector.names(...clusters.map(({ clusterName }) => clusterName));
  }

  /**
   * The clusters that have all of these labels.
   *
   * @param labels at least one
   * @throws if there are no labels, or a key or value that no label can have
   */
  public static labels(labels: { [key: string]: string }): ClusterSelector {
    if (Object.keys(labels).length === 0) throw nothingSelected('labels', 'give one label or more');
    refuse(Object.entries(labels).flatMap(([key, value]) => labelTroubles(key, [value])));
    return new ClusterSelector({ labelSelector: { matchLabels: { ...labels } } });
  }

  /**
   * The clusters for which all of these hold.
   *
   * @param labels at least one
   * @throws if there are none
   */
  public static matching(...labels: ClusterLabel[]): ClusterSelector {
    if (labels.length === 0) throw nothingSelected('matching', 'give one ClusterLabel or more');
    return new ClusterSelector({ labelSelector: { matchExpressions: labels.map((label) => label._toKarmada()) } });
  }

  /**
   * The clusters in a place.
   *
   * @param location up to three lists; each that is given has to hold
   * @throws if nothing is given, or a value that no cluster can have
   */
  public static location(location: ClusterLocation): ClusterSelector {
    return new ClusterSelector({ fieldSelector: { matchExpressions: fields('location', location, 'In') } });
  }

  /**
   * The clusters that are in none of the places; one that does not say where it is counts too.
   *
   * @param location up to three lists; each that is given has to hold
   * @throws if nothing is given, or a value that no cluster can have
   */
  public static notInLocation(location: ClusterLocation): ClusterSelector {
    return new ClusterSelector({ fieldSelector: { matchExpressions: fields('notInLocation', location, 'NotIn') } });
  }

  /**
   * The clusters that one of the selectors chooses, and more where Karmada cannot say that.
   *
   * @internal
   */
  public static _either(selectors: readonly ClusterSelector[]): ClusterSelector {
    return new ClusterSelector(either(selectors.map(({ affinity }) => affinity)));
  }

  private readonly affinity: Affinity;

  private constructor(affinity: Affinity) {
    const { clusterNames, exclude } = affinity;
    if (clusterNames?.every((name) => exclude?.includes(name))) {
      throw troubles([
        {
          what: 'the selector can choose no cluster: every cluster that it names is left out again',
          fix: 'name a cluster that is in both selectors and not excluded',
        },
      ]);
    }
    this.affinity = affinity;
  }

  /**
   * The clusters that both selectors choose.
   *
   * @param other the other selector
   * @throws if they name clusters and have none in common
   */
  public and(other: ClusterSelector): ClusterSelector {
    return new ClusterSelector(both(this.affinity, other.affinity));
  }

  /**
   * The clusters of this selector without those named.
   *
   * @param names at least one
   * @throws if there are no names, one that no cluster can have, or no cluster is left
   */
  public excluding(...names: string[]): ClusterSelector {
    if (names.length === 0) throw nothingSelected('excluding', 'name one cluster or more to leave out');
    refuse(names.flatMap(nameTroubles));
    return new ClusterSelector(both(this.affinity, { exclude: names }));
  }

  /**
   * The names that the selector spells out, excluded ones too.
   *
   * @internal
   */
  public get _mentioned(): string[] {
    return [...(this.affinity.clusterNames ?? []), ...(this.affinity.exclude ?? [])];
  }

  /**
   * Whether some cluster may be chosen by both, as far as names tell.
   *
   * @internal
   */
  public _mayOverlap(other: ClusterSelector): boolean {
    return mayOverlap(this.affinity, other.affinity);
  }

  /**
   * Karmada's ClusterAffinity; `{}` is every cluster.
   *
   * @internal
   */
  public _toKarmada(): any {
    return { ...this.affinity };
  }
}

/** Mirrors the keys and operators that pkg/util/selector.go at v1.18.2 evaluates. */
function fields(method: string, location: ClusterLocation, operator: string): any[] {
  const lists = [
    { key: 'provider', values: location.providers },
    { key: 'region', values: location.regions },
    { key: 'zone', values: location.zones },
  ].filter((list): list is { key: string; values: string[] } => list.values !== undefined);
  if (lists.length === 0) throw nothingSelected(method, 'give `providers`, `regions` or `zones`');
  refuse(
    lists.flatMap(({ key, values }) =>
      values.length > 0
        ? values.flatMap((value) => placeTroubles(key, value))
        : [
            {
              what: `\`${key}s\` is empty, so it could choose no cluster`,
              fix: `give one ${key} or more, or leave it out`,
            },
          ],
    ),
  );
  return lists.map(({ key, values }) => ({ key, operator, values }));
}

function nothingSelected(method: string, fix: string): Error {
  return troubles([
    {
      what: `ClusterSelector.${method} is given nothing to choose clusters by`,
      fix: method === 'excluding' ? fix : `${fix}, or use ClusterSelector.all()`,
    },
  ]);
}

function refuse(found: Trouble[]): void {
  if (found.length > 0) throw troubles(found);
}
