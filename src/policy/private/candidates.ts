import type { ClusterSelector } from '../../core/cluster-selector';
import type { ClusterToleration } from '../../core/cluster-toleration';
import { labelTroubles } from '../../core/private/cluster-names';
import type { Trouble } from '../../core/private/trouble';
import type { OverflowingClusterGroup } from '../cluster-group';
import type { ClusterSpread } from '../cluster-spread';
import type { PlacementOptions } from '../placement-options';
import { groupTroubles } from './groups';

/** What any placement can be told. */
export interface AnyPlacementOptions extends PlacementOptions {
  readonly groups?: readonly OverflowingClusterGroup[];
  readonly spread?: ClusterSpread;
}

/** What is wrong with the options of a placement. */
export function placementTroubles(options: AnyPlacementOptions): Trouble[] {
  const { clusters, groups, tolerations = [], spread } = options;
  const found = groups ? groupTroubles(groups) : [];
  if (clusters && groups) {
    found.push({
      what: '`clusters` and `groups` are both given, and Karmada takes one of the two',
      fix: 'keep `clusters` for one selection, or `groups` for several',
    });
  }
  return [...found, ...(spread ? spreadTroubles(options, spread) : []), ...idle(tolerations), ...byLabel(options)];
}

/** What clusters can be chosen from at one time: each group with its overflow. */
export function selections({ clusters, groups }: AnyPlacementOptions): ClusterSelector[][] {
  if (groups) return groups.map((group) => [group, ...(group.overflow ?? [])].map((each) => each.clusters));
  return clusters ? [[clusters]] : [];
}

function spreadTroubles(options: AnyPlacementOptions, spread: ClusterSpread): Trouble[] {
  return selections(options).flatMap((selectors, index) => {
    const affinities = selectors.map((selector) => selector._toKarmada());
    if (!affinities.every(({ clusterNames }) => clusterNames)) return [];
    const named = affinities.flatMap(({ clusterNames, exclude = [] }) =>
      clusterNames.filter((name: string) => !exclude.includes(name)),
    );
    const most = new Set(named).size;
    if (most >= spread._least) return [];
    const whose = options.groups ? `group "${options.groups[index].name}"` : '`clusters`';
    return [
      {
        what: `the spread needs ${spread._least} clusters, and ${whose} names ${most}`,
        fix: 'name more clusters, or lower `min` of the spread',
      },
    ];
  });
}

/** Karmada takes the time of the first toleration that fits a taint. */
function idle(tolerations: readonly ClusterToleration[]): Trouble[] {
  return tolerations.flatMap((toleration, index) =>
    toleration._evicts && tolerations.slice(0, index).some((earlier) => earlier._covers(toleration))
      ? [
          {
            what: `the toleration of "${toleration._key}" with a time is never looked at: one before it fits the same taints`,
            fix: 'put it first, or take the other one away',
          },
        ]
      : [],
  );
}

function byLabel({ colocateByLabel, separateByLabel }: PlacementOptions): Trouble[] {
  const found = [colocateByLabel, separateByLabel].flatMap((key) =>
    key === undefined ? [] : labelTroubles(key, [], 'label'),
  );
  if (colocateByLabel !== undefined && colocateByLabel === separateByLabel) {
    found.push({
      what: `\`colocateByLabel\` and \`separateByLabel\` are both "${colocateByLabel}"`,
      fix: 'give two different labels, or one of the two only',
    });
  }
  return found;
}
