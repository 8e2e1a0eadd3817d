import { keyOf } from '../../src/core/object-key';
import { byName } from '../../src/core/private/by-name';
import { steersKarmada } from '../../src/preview/private/claim';
import type { Decided } from '../../src/preview/private/decided';
import { resourceText } from '../../src/preview/private/uids';
import type { BlastTotals, ChangedCluster, ChangedResource, ResourceChange, Steering } from './blast-radius';
import { sameValue } from './field-path';
import { sharesOf } from './shift';
import type { Worlds } from './worlds';

function fleetNames({ before, after }: Worlds): string[] {
  return [...new Set([...before.clusters, ...after[0].clusters])];
}

function load(side: Decided): Map<string, number> {
  const loads = new Map<string, number>();
  for (const each of side.entries) {
    for (const [name, replicas] of sharesOf(each, 0)) loads.set(name, (loads.get(name) ?? 0) + replicas);
  }
  return loads;
}

/** Clusters where something differs, by name. */
export function changedClusters(worlds: Worlds, resources: readonly ChangedResource[]): ChangedCluster[] {
  const [was, is] = [load(worlds.before), load(worlds.after[0])];
  const found = new Map<string, { leave: number; arrive: number; images: number; resources: Set<ChangedResource> }>();
  const at = (name: string) => {
    const known = found.get(name) ?? { leave: 0, arrive: 0, images: 0, resources: new Set<ChangedResource>() };
    found.set(name, known);
    return known;
  };
  for (const each of resources) {
    for (const { name, before, after } of each.clusters) {
      const difference = (after ?? 0) - (before ?? 0);
      const cluster = at(name);
      cluster.resources.add(each);
      if (difference > 0) cluster.arrive += difference;
      else cluster.leave -= difference;
    }
    for (const { clusters } of each.fields) for (const name of clusters) at(name).resources.add(each);
    for (const name of new Set(each.images.flatMap(({ clusters }) => clusters))) {
      at(name).images += 1;
      at(name).resources.add(each);
    }
  }
  return [...found]
    .sort(([a], [b]) => byName(a, b))
    .map(([name, { resources: differing, ...rest }]) => ({
      ...{ name, before: was.get(name) ?? 0, after: is.get(name) ?? 0 },
      ...rest,
      resources: differing.size,
    }));
}

/** What all of it adds up to. */
export function totalsOf(
  worlds: Worlds,
  resources: readonly ChangedResource[],
  unchanged: number,
  clusters: readonly ChangedCluster[],
): BlastTotals {
  const of = (change: ResourceChange) => resources.filter((each) => each.change === change).length;
  const total = (field: 'moved' | 'started' | 'stopped') =>
    resources.reduce((result, { replicas }) => result + replicas[field], 0);
  const replicasOf = (side: Decided) => [...load(side).values()].reduce((result, each) => result + each, 0);
  return {
    resources: {
      before: worlds.before.decisions.length,
      after: worlds.after[0].decisions.length,
      ...{ new: of('new'), gone: of('gone'), moved: of('moved'), resized: of('resized'), changed: of('changed') },
      ...{ unchanged, unknown: of('unknown') },
    },
    replicas: {
      ...{ before: replicasOf(worlds.before), after: replicasOf(worlds.after[0]) },
      ...{ moved: total('moved'), started: total('started'), stopped: total('stopped') },
    },
    clusters: {
      images: clusters.filter(({ images }) => images > 0).length,
      changed: clusters.length,
      unchanged: fleetNames(worlds).length - clusters.length,
    },
  };
}

/** Objects that steer Karmada and are not the same on both sides; clusters have a part of their own. */
export function steering({ before, after }: Worlds): Steering[] {
  const [was, is] = [before, after[0]].map(
    ({ objects }) => new Map(objects.filter(steersKarmada).map((each) => [resourceText(keyOf(each)), each])),
  );
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((text): Steering[] => {
    const [from, to] = [was.get(text), is.get(text)];
    if ((from ?? to).kind === 'Cluster') return [];
    if (!from) return [{ object: keyOf(to), change: 'new' }];
    if (!to) return [{ object: keyOf(from), change: 'gone' }];
    return sameValue(from, to) ? [] : [{ object: keyOf(to), change: 'changed' }];
  });
}
