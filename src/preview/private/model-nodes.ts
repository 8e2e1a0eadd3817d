import type { ClusterFacts } from './cluster';
import { millis, type Nanos, quantity, units } from './quantity';

/** Pods that a node of a resource model can hold. */
export const PODS_PER_NODE = 110n;

/** Nodes of one grade of a cluster's resource models, each of the smallest size of that grade. */
export interface ModelNodes {
  readonly count: number;
  readonly size: (resource: string) => Nanos;
}

/** The nodes that the resource models of a cluster stand for, the smallest first; undefined when there is no model to go by. */
export function modelNodes({ summary, models }: ClusterFacts): ModelNodes[] | undefined {
  const modelings: readonly any[] = summary.allocatableModelings ?? [];
  if (modelings.length === 0 || models.length === 0 || modelings.some(({ count }) => count < 0)) return undefined;
  return models
    .map(({ grade, ranges = [] }: any) => ({
      grade,
      count: modelings.reduce((sum, each) => (each.grade === grade ? sum + each.count : sum), 0),
      size: (resource: string) => quantity(ranges.find(({ name }: any) => name === resource)?.min ?? 0, 'the fleet'),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.grade - b.grade);
}

/** Resources that a virtual node has an opinion on; whatever else is asked for is ignored. */
export function isNodeResource(name: string): boolean {
  return (
    ['cpu', 'memory', 'ephemeral-storage', 'pods'].includes(name) ||
    name.startsWith('hugepages-') ||
    name.startsWith('attachable-volumes-') ||
    (name.includes('/') && !name.startsWith('requests.'))
  );
}

/** An amount as nodes count it: processors in thousandths, all else in whole units. */
export function counted(resource: string, amount: Nanos): bigint {
  return resource === 'cpu' ? millis(amount) : units(amount);
}
