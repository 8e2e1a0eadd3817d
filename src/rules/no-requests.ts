import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { goesByCapacity } from './placements';
import { containersOf, podOf } from './pods';
import { record } from './read';
import type { InputRule } from './rule';

/** Whether a container asks for a resource; a limit without a request is one. */
export function asksFor(container: any, resource: string): boolean {
  const { requests, limits } = record(container.resources);
  return resource in record(requests) || resource in record(limits);
}

export const NO_REQUESTS: InputRule = {
  code: 'MC061',
  level: FindingLevel.WARNING,
  title: 'division by capacity without resource requests',
  why: 'Where replicas are divided by what clusters have room for, Karmada counts how many more times the requests of one replica fit. Without any it only counts pods: a cluster without free memory looks empty.',
  fix: 'request cpu and memory for each container, or divide by static weights',
  see: 'pkg/estimator/client/general.go at v1.18.2',
  check: (objects) =>
    ['apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', 'batch/Job', 'Pod']
      .flatMap((kind) => objects.ofKind(kind))
      .flatMap((template) => {
        const policy = objects.policyOf(template);
        const containers = containersOf(template);
        if (!policy || !goesByCapacity(policy) || containers.length === 0) return [];
        if (containers.some(({ container }) => asksFor(container, 'cpu') || asksFor(container, 'memory'))) return [];
        const message = `no container requests cpu or memory, but ${keyText(keyOf(policy))} divides by what clusters have room for`;
        return [{ object: template, path: `${podOf(template)?.path}.containers`, message }];
      }),
};
