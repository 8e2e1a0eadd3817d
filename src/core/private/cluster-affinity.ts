import { allOf, type LabelMatch, labelSelector, requirement } from './label-selector';

/** What an affinity reads of a cluster. */
export interface ClusterTraits {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  readonly provider: string;
  readonly region: string;
  readonly zones: readonly string[];
}

/**
 * Whether a ClusterAffinity takes a cluster. All of its parts must: a deny list, labels, the fields provider, region and
 * zone, and an allow list that takes everything when it is empty.
 *
 * Mirrors `ClusterMatches` in `pkg/util/selector.go` of Karmada v1.18.2.
 */
export type ClusterMatch = (cluster: ClusterTraits) => boolean;

function zoneMatch(operator: string, values: readonly string[]): ClusterMatch {
  switch (operator) {
    case 'In':
      return (cluster) => cluster.zones.some((zone) => values.includes(zone));
    case 'NotIn':
      return (cluster) => !cluster.zones.some((zone) => values.includes(zone));
    case 'Exists':
      return (cluster) => cluster.zones.length > 0;
    case 'DoesNotExist':
      return (cluster) => cluster.zones.length === 0;
    default:
      return () => false;
  }
}

type Fields = { readonly [key: string]: string };

/** Thousands of affinities ask the same clusters: each is read once. */
const FIELDS = new WeakMap<ClusterTraits, Fields>();

/** Provider and region as labels; one that is empty is absent. */
function fields(cluster: ClusterTraits): Fields {
  const known = FIELDS.get(cluster);
  if (known) return known;
  const made = {
    ...(cluster.provider === '' ? {} : { provider: cluster.provider }),
    ...(cluster.region === '' ? {} : { region: cluster.region }),
  };
  FIELDS.set(cluster, made);
  return made;
}

function fieldMatch(expressions: readonly any[]): ClusterMatch {
  const zones = expressions
    .filter((each) => each.key === 'zone')
    .map((each) => zoneMatch(each.operator, each.values ?? []));
  const others: LabelMatch = allOf(
    expressions
      .filter((each) => each.key !== 'zone')
      .map((each) => requirement(each.key, each.operator, each.values ?? [])),
  );
  return (cluster) => zones.every((zone) => zone(cluster)) && others(fields(cluster));
}

/** Reads a ClusterAffinity once, to be asked for every cluster. */
export function clusterAffinity(affinity: any): ClusterMatch {
  const exclude = new Set<string>(affinity.exclude ?? []);
  const names = new Set<string>(affinity.clusterNames ?? []);
  const labels = affinity.labelSelector ? labelSelector(affinity.labelSelector) : undefined;
  const field = affinity.fieldSelector ? fieldMatch(affinity.fieldSelector.matchExpressions ?? []) : undefined;
  return (cluster) =>
    !exclude.has(cluster.name) &&
    (labels === undefined || labels(cluster.labels)) &&
    (field === undefined || field(cluster)) &&
    (names.size === 0 || names.has(cluster.name));
}
