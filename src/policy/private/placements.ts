import type { ApiObject } from 'cdk8s';
import type { ResourceSelector } from '../../core/resource-selector';
import type { Placement } from '../placement';

const DIVIDED = new WeakSet<ApiObject>();

/** Remembers how a policy of the code sends objects out, for overrides that go with some placements only. */
export function sentOut(resources: readonly ResourceSelector[], placement?: Placement): void {
  if (placement?._toKarmada().replicaScheduling?.replicaSchedulingType !== 'Divided') return;
  for (const { _object } of resources) if (_object) DIVIDED.add(_object);
}

/** Whether a policy of the code shares the replicas of an object out among clusters. */
export function isDivided(object: ApiObject): boolean {
  return DIVIDED.has(object);
}
