import { FindingLevel } from '../core/finding';
import { suggestion } from '../core/private/suggestion';
import { fleetOf } from './fleet';
import { OVERRIDE, PROPAGATION } from './kinds';
import { overrideRulesOf } from './overrides';
import { affinitiesOf } from './placements';
import { record, texts } from './read';
import type { InputRule } from './rule';

/** Where a policy names clusters, each with its path. */
function placesOf(policy: any): { readonly affinity: any; readonly path: string }[] {
  if (policy.kind.endsWith('OverridePolicy')) {
    return overrideRulesOf(policy).map(({ targetCluster, path }) => ({
      affinity: record(targetCluster),
      path: `${path}targetCluster`,
    }));
  }
  const suspended = record(record(record(policy.spec).suspension).dispatchingOnClusters);
  return [...affinitiesOf(policy), { affinity: suspended, path: 'spec.suspension.dispatchingOnClusters' }];
}

export const UNKNOWN_CLUSTER: InputRule = {
  code: 'MC023',
  level: FindingLevel.WARNING,
  title: 'a cluster that the fleet does not have',
  why: 'Karmada takes any name: one that fits no cluster selects nothing, and says nothing.',
  fix: 'correct the name, or add the cluster to the fleet',
  see: 'pkg/util/selector.go at v1.18.2',
  check: (objects, around) => {
    const names = fleetOf(objects, around).map(({ name }) => name);
    if (names.length === 0) return [];
    const known = new Set(names);
    return [...PROPAGATION, ...OVERRIDE]
      .flatMap((kind) => objects.ofKind(kind))
      .flatMap((object) =>
        placesOf(object).flatMap(({ affinity, path }) =>
          ['clusterNames', 'exclude'].flatMap((field) =>
            texts(affinity[field])
              .filter((name) => !known.has(name))
              .map((name) => ({
                object,
                path: `${path}.${field}`,
                message: `no member cluster is called "${name}"`,
                fix: suggestion(name, names, 'clusters'),
              })),
          ),
        ),
      );
  },
};
