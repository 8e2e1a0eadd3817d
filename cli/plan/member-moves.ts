import { resourceText } from '../../src/preview/private/uids';
import type { ChangedResource, MemberEdit } from './blast-radius';
import { sharesOf, shift } from './shift';
import type { Worlds } from './worlds';

/** The edits of clusters, with what each of them moves. */
export function memberEdits(worlds: Worlds, resources: readonly ChangedResource[]): MemberEdit[] {
  const waiting = afterRebalance(worlds, resources);
  return worlds.edits.map((edit) => {
    const name = `Cluster/${edit.cluster} `;
    const moves = resources.filter(({ because }) => because.some((words) => words.startsWith(name)));
    const later = waiting.filter(({ clusters }) => worlds.edits.length === 1 || clusters.has(edit.cluster));
    return {
      ...edit,
      moves: moves.map(({ resource }) => resource),
      afterRebalance: later.map(({ resource }) => resource),
    };
  });
}

/** What stays now and would go elsewhere if it were distributed from scratch. */
function afterRebalance({ before, after, rebalanced }: Worlds, resources: readonly ChangedResource[]) {
  if (!rebalanced) return [];
  const changed = new Set(
    resources.filter(({ clusters }) => clusters.length > 0).map(({ resource }) => resourceText(resource)),
  );
  const old = new Map(before.decisions.map(({ key }, at) => [resourceText(key), at]));
  return after[0].decisions.flatMap(({ key }, at) => {
    const was = old.get(resourceText(key));
    if (was === undefined || changed.has(resourceText(key))) return [];
    const scratch = sharesOf(rebalanced.after.entries[at], 0);
    const moves = shift(sharesOf(after[0].entries[at], 0), scratch).clusters;
    const isNew = shift(sharesOf(rebalanced.before.entries[was], 0), scratch).clusters.length > 0;
    if (moves.length === 0 || !isNew || rebalanced.after.unsupported[at].length > 0) return [];
    return [{ resource: key, clusters: new Set(moves.map(({ name }) => name)) }];
  });
}
