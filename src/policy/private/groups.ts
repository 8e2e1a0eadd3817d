import { isLabelKey, LABEL_KEY_RULE } from '../../core/private/names';
import type { Trouble } from '../../core/private/trouble';
import type { OverflowingClusterGroup } from '../cluster-group';

/** The longest name of a group. */
const LONGEST = 32;

/** Karmada's ClusterAffinityTerms. */
export function clusterAffinities(groups: readonly OverflowingClusterGroup[]): any[] {
  return groups.map(({ name, clusters, overflow }) => ({
    affinityName: name,
    ...clusters._toKarmada(),
    ...(overflow && { overflowAffinities: clusterAffinities(overflow) }),
  }));
}

/** What is wrong with groups. Mirrors pkg/util/validation/validation.go at v1.18.2, and what Karmada takes without a word. */
export function groupTroubles(groups: readonly OverflowingClusterGroup[]): Trouble[] {
  if (groups.length === 0) {
    return [
      { what: '`groups` is empty, so every cluster could be chosen', fix: 'give one group or more, or `clusters`' },
    ];
  }
  return [
    ...groups.flatMap(({ name }) => nameTroubles(name)),
    ...twice(groups.map(({ name }) => name)),
    ...groups.flatMap(overflowTroubles),
  ];
}

function overflowTroubles({ name: group, clusters, overflow }: OverflowingClusterGroup): Trouble[] {
  if (!overflow) return [];
  const found = overflow.flatMap(({ name }) => nameTroubles(name));
  if (overflow.length === 0) {
    found.push({ what: `\`overflow\` of group "${group}" is empty`, fix: 'give one group or more, or leave it out' });
  } else if (Object.keys(clusters._toKarmada()).length === 0) {
    found.push({
      what: `group "${group}" overflows to other clusters, and chooses all of them itself`,
      fix: 'have it choose some clusters, for instance by name or label',
    });
  }
  return [...found, ...twice([group, ...overflow.map(({ name }) => name)])];
}

function nameTroubles(name: string): Trouble[] {
  if (name.length <= LONGEST && isLabelKey(name)) return [];
  return [
    {
      what: `"${name}" cannot be the name of a group of clusters`,
      fix: `use at most ${LONGEST} characters in all, and ${LABEL_KEY_RULE}`,
    },
  ];
}

function twice(names: readonly string[]): Trouble[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => ({
    what: `two groups of clusters have the name "${name}"`,
    fix: 'give one of the two another name',
  }));
}
