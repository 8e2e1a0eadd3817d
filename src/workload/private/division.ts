import type { Trouble } from '../../core/private/trouble';
import type { PropagationOptions } from '../../policy/propagation-options';
import { unless } from './unless';

/** Whether the placement gives each cluster a share. */
export function isDivided({ placement }: PropagationOptions): boolean {
  return placement?._toKarmada().replicaScheduling?.replicaSchedulingType === 'Divided';
}

/**
 * What is wrong when a placement divides what Karmada finds no number of replicas in. The kind is given in words. Mirrors
 * pkg/resourceinterpreter/default/native/replica.go at v1.18.2.
 */
export function divisionTroubles(kind: string, options: PropagationOptions, why: string): Trouble[] {
  return unless(
    !isDivided(options),
    `the placement divides, and Karmada does not divide a ${kind}: ${why}`,
    'give Placement.duplicated() with the clusters that it is for',
  );
}
