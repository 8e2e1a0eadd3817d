import type { IMulticloudInstance } from '../multicloud-instance';
import { suggestion } from './suggestion';
import type { Trouble } from './trouble';

const BY_INSTANCE = new WeakMap<IMulticloudInstance, Set<string>>();

/** A member cluster that the code declares. */
export function declareCluster(instance: IMulticloudInstance, name: string): void {
  BY_INSTANCE.set(instance, (BY_INSTANCE.get(instance) ?? new Set()).add(name));
}

/**
 * Names that are none of the clusters of the instance. Nothing is said where the code cannot know all of them: when it declares
 * none, or the instance already runs and others may have joined clusters to it.
 */
export function unknownClusters(instance: IMulticloudInstance, names: readonly string[], at: () => string): Trouble[] {
  const declared = BY_INSTANCE.get(instance);
  if (!declared || instance._existing) return [];
  return [...new Set(names)]
    .filter((name) => !declared.has(name))
    .map((name) => ({
      what: `instance "${instance.instanceName}" has no member cluster "${name}"`,
      at: at(),
      fix: suggestion(name, [...declared], 'clusters'),
    }));
}
