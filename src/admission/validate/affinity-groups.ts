import * as codes from '../codes';
import { labelKeyFault } from '../names';
import { type Refusals, shown } from '../refusals';
import { isEmptyAffinity, validateClusterAffinity } from './cluster-affinity';

/** `clusterAffinities` and their overflow groups (pkg/util/validation/validation.go at v1.18.2). */
export function validateAffinityGroups(groups: readonly any[], path: string, refusals: Refusals): void {
  const names = new Set<string>();
  groups.forEach((group, index) => {
    const at = `${path}[${index}]`;
    const fault = labelKeyFault(group.affinityName);
    if (fault) {
      refusals.add(
        codes.MALFORMED,
        at,
        `affinityName must be ${fault}, got ${shown(group.affinityName)}`,
        `rename the group`,
      );
    }
    if (names.has(group.affinityName)) {
      refusals.duplicate(
        path,
        `two groups are named ${shown(group.affinityName)}`,
        'give each cluster affinity group a name of its own',
      );
    }
    names.add(group.affinityName);
    validateClusterAffinity(group, at, refusals);
    validateOverflow(group, `${at}.overflowAffinities`, refusals);
  });
}

function validateOverflow(group: any, path: string, refusals: Refusals): void {
  if (!group.overflowAffinities) return;
  if (isEmptyAffinity(group)) {
    refusals.conflict(
      path,
      `group ${shown(group.affinityName)} overflows to other clusters but selects all of them itself`,
      'select the clusters of the group itself by clusterNames, labelSelector, fieldSelector or exclude',
    );
  }
  const names = new Set<string>([group.affinityName]);
  group.overflowAffinities.forEach((overflow: any, index: number) => {
    const name = `${path}[${index}].affinityName`;
    const fault = labelKeyFault(overflow.affinityName);
    if (fault) refusals.malformed(name, overflow.affinityName, fault);
    if (names.has(overflow.affinityName)) {
      refusals.duplicate(
        name,
        `${shown(overflow.affinityName)} is already the name of this group or of an overflow before it`,
        'give each overflow group a name of its own',
      );
    }
    names.add(overflow.affinityName);
    validateClusterAffinity(overflow, `${path}[${index}]`, refusals);
  });
}
