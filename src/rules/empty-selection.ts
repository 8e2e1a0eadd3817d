import { FindingLevel } from '../core/finding';
import { clusterAffinity } from '../core/private/cluster-affinity';
import { partsOf } from './affinity-parts';
import { fleetOf } from './fleet';
import { PROPAGATION } from './kinds';
import type { Objects } from './objects';
import { affinitiesOf } from './placements';
import { quoted, texts } from './read';
import type { Doubt, InputRule, Surroundings } from './rule';

/** Says what is wrong with each affinity of the policies that selects none of the clusters, each kind of affinity looked at once. */
function eachEmpty(
  objects: Objects,
  around: Surroundings,
  said: (
    affinity: any,
    path: string,
    isEmpty: (part: any) => boolean,
    names: readonly string[],
  ) => Omit<Doubt, 'object'>[],
): Doubt[] {
  const fleet = fleetOf(objects, around);
  if (fleet.length === 0) return [];
  const names = fleet.map(({ name }) => name).sort();
  const known = new Map<string, boolean>();
  const isEmpty = (affinity: any) => {
    const key = JSON.stringify(affinity);
    const answer = known.get(key) ?? !fleet.some(clusterAffinity(affinity));
    known.set(key, answer);
    return answer;
  };
  return PROPAGATION.flatMap((kind) => objects.ofKind(kind)).flatMap((object) =>
    affinitiesOf(object)
      .filter(({ affinity }) => isEmpty(affinity))
      .flatMap(({ affinity, path }) => said(affinity, path, isEmpty, names).map((doubt) => ({ object, ...doubt }))),
  );
}

const isUnknown = (affinity: any, names: readonly string[]) =>
  texts(affinity.clusterNames).length > 0 && !texts(affinity.clusterNames).some((name) => names.includes(name));

export const UNMATCHED_ATTRIBUTE: InputRule = {
  code: 'MC021',
  level: FindingLevel.WARNING,
  title: 'something that no cluster has',
  why: 'Where a placement asks for a label, a provider, a region or a zone that no member cluster has, it selects nothing, and what it is for stays on Karmada.',
  fix: 'correct the value, or set it on the member clusters that are meant',
  see: 'pkg/util/selector.go at v1.18.2',
  check: (objects, around) =>
    eachEmpty(objects, around, (affinity, path, isEmpty, names) =>
      partsOf(affinity, path)
        .filter((part) => isEmpty(part.affinity))
        .map((part) => ({
          path: part.path,
          message: `none of the member clusters ${quoted(names)} fits ${part.words}`,
        })),
    ),
};

export const EMPTY_SELECTION: InputRule = {
  code: 'MC025',
  level: FindingLevel.WARNING,
  title: 'a placement that selects no cluster',
  why: 'Each part of the placement fits some member cluster, but none fits all of them: nothing can be scheduled there.',
  fix: 'leave one of the conditions out, or correct it',
  see: 'pkg/util/selector.go at v1.18.2',
  check: (objects, around) =>
    eachEmpty(objects, around, (affinity, path, isEmpty, names) =>
      isUnknown(affinity, names) || partsOf(affinity, path).some((part) => isEmpty(part.affinity))
        ? []
        : [{ path, message: `none of the member clusters ${quoted(names)} fits all that it asks for` }],
    ),
};
