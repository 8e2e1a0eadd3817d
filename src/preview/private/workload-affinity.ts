import { Unsupported } from './unsupported';

/** The groups that a workload keeps together with, or apart from; each with its namespace in front. */
export interface WorkloadGroups {
  readonly affinity?: string;
  readonly antiAffinity?: string;
}

/** Where the others of its groups are. */
export interface Company {
  /** Clusters that have everything of its affinity group; undefined when nothing of it is anywhere. */
  readonly together?: ReadonlySet<string>;
  /** Clusters that have something of its anti-affinity group. */
  readonly apart: ReadonlySet<string>;
}

/** Nobody else. */
export const ALONE: Company = { together: undefined, apart: new Set() };

/**
 * The groups that a policy puts a template in. What has no namespace is in none.
 *
 * Mirrors `getWorkloadAffinityGroups` in `pkg/detector/detector.go` of Karmada v1.18.2.
 */
export function workloadGroups({ metadata }: any, policy: any): WorkloadGroups {
  const { affinity, antiAffinity } = policy.spec.placement?.workloadAffinity ?? {};
  const group = (term: any) => {
    const value = metadata.labels?.[term?.groupByLabelKey];
    return metadata.namespace && value !== undefined
      ? named(metadata.namespace, term.groupByLabelKey, value)
      : undefined;
  };
  return { affinity: group(affinity), antiAffinity: group(antiAffinity) };
}

function named(namespace: string, key: string, value: string): string {
  return `${namespace}/${key}=${value}`;
}

/** The groups that a ResourceBinding says it is in. */
export function groupsOfBinding({ metadata, spec }: any): WorkloadGroups {
  const { affinityGroup, antiAffinityGroup } = spec.workloadAffinityGroups ?? {};
  const group = (text: string | undefined) => (text ? `${metadata.namespace ?? ''}/${text}` : undefined);
  return { affinity: group(affinityGroup), antiAffinity: group(antiAffinityGroup) };
}

/** One of those whose places depend on each other. */
export interface Neighbour<Place> {
  readonly groups: WorkloadGroups;
  /** Where it is before anything is decided; empty when it is nowhere. */
  readonly previous: readonly string[];
  /** Where it goes, given the others; undefined when it stays. */
  readonly place?: (company: Company) => { readonly place: Place; readonly clusters: readonly (readonly string[])[] };
}

/** More ways in which the others can be placed than this are not followed. */
const MOST = 64;
const OPEN = 'workload affinity: which workload of the group is placed first';

/** Neighbours of the same groups with the same possible places. */
interface Sort {
  readonly groups: WorkloadGroups;
  readonly options: readonly (readonly string[])[];
  count: number;
}

const text = (names: readonly string[]) => [...names].sort().join();

/** By group, those who are in it, by what they could do. */
function sortsOf(
  neighbours: readonly Neighbour<unknown>[],
  options: readonly ReadonlyMap<string, readonly string[]>[],
): Map<string, Map<string, Sort>> {
  const sorts = new Map<string, Map<string, Sort>>();
  neighbours.forEach(({ groups }, index) => {
    const key = sortKey(groups, options[index]);
    const sort = sorts.get(key)?.get(key) ?? { groups, options: [...options[index].values()], count: 0 };
    sort.count += 1;
    for (const at of new Set([
      key,
      groups.affinity && `a ${groups.affinity}`,
      groups.antiAffinity && `b ${groups.antiAffinity}`,
    ])) {
      if (at) sorts.set(at, (sorts.get(at) ?? new Map<string, Sort>()).set(key, sort));
    }
  });
  return sorts;
}

function sortKey(groups: WorkloadGroups, options: ReadonlyMap<string, readonly string[]>): string {
  return [groups.affinity, groups.antiAffinity, ...[...options.keys()].sort()].join('\n');
}

/** Every way in which the others of its groups can be there when it is placed. */
function companies(
  groups: WorkloadGroups,
  own: string,
  sorts: ReadonlyMap<string, ReadonlyMap<string, Sort>>,
): Company[] {
  const around = new Map([
    ...(sorts.get(`a ${groups.affinity}`) ?? []),
    ...(sorts.get(`b ${groups.antiAffinity}`) ?? []),
  ]);
  let found = new Map<string, Company>([['', ALONE]]);
  for (const [key, sort] of around) {
    const others = sort.count - (key === own ? 1 : 0);
    for (let round = 0; round < Math.min(others, sort.options.length); round += 1) {
      const next = new Map<string, Company>();
      for (const company of found.values()) {
        for (const option of sort.options) {
          const joined = join(company, groups, sort.groups, option);
          next.set(`${joined.together && text([...joined.together])};${text([...joined.apart])}`, joined);
        }
      }
      if (next.size > MOST) throw new Unsupported(OPEN);
      found = next;
    }
  }
  return [...found.values()];
}

function join(company: Company, own: WorkloadGroups, other: WorkloadGroups, clusters: readonly string[]): Company {
  if (clusters.length === 0) return company;
  const mate = own.affinity !== undefined && own.affinity === other.affinity;
  const rival = own.antiAffinity !== undefined && own.antiAffinity === other.antiAffinity;
  const allowed = company.together;
  return {
    together: mate ? new Set(allowed ? clusters.filter((name) => allowed.has(name)) : clusters) : allowed,
    apart: rival ? new Set([...company.apart, ...clusters]) : company.apart,
  };
}

/**
 * Places workloads that keep together or apart. Karmada places one after the other, each next to those that are there already,
 * in an order that nothing fixes: a workload has an answer here only where each order gives the same.
 *
 * @returns by neighbour, where it goes; undefined where it stays, an Unsupported where that is open
 */
export function placeNeighbours<Place>(neighbours: readonly Neighbour<Place>[]): (Place | Unsupported | undefined)[] {
  const options = neighbours.map(({ previous }) => new Map([[text(previous), previous]]));
  const results = neighbours.map(() => new Map<string, Place>());
  for (let changed = true; changed; ) {
    changed = false;
    const sorts = sortsOf(neighbours, options);
    neighbours.forEach(({ groups, place }, index) => {
      if (!place || results[index].size > MOST) return;
      results[index].clear();
      for (const company of companies(groups, sortKey(groups, options[index]), sorts)) {
        const { place: result, clusters } = place(company);
        results[index].set(
          JSON.stringify(result, (_, value) => (value instanceof Map ? [...value] : value)),
          result,
        );
        for (const names of clusters) {
          if (!options[index].has(text(names))) {
            options[index].set(text(names), names);
            changed = true;
          }
        }
      }
    });
  }
  return results.map((found, index) => {
    if (!neighbours[index].place) return undefined;
    return found.size === 1 ? [...found.values()][0] : new Unsupported(OPEN);
  });
}
