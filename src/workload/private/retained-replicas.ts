import type { Trouble } from '../../core/private/trouble';
import type { PropagationOptions } from '../../policy/propagation-options';
import { isDivided } from './division';
import { unless } from './unless';

const LABEL = 'resourcetemplate.karmada.io/retain-replicas';

/** The label by which Karmada leaves the replicas of a Deployment on member clusters as they are there. */
export const RETAINED = { [LABEL]: 'true' };

/** Whether replicas are left to the member clusters. Any other value of the label means no. */
export function isRetained(labels: { readonly [key: string]: string } = {}): boolean {
  return labels[LABEL] === RETAINED[LABEL];
}

/**
 * What is wrong when replicas are divided and then left as they are on the clusters. Mirrors
 * pkg/resourceinterpreter/default/native/retain.go at v1.18.2.
 */
export function retainTroubles(retained: boolean, options: PropagationOptions): Trouble[] {
  return unless(
    !retained || !isDivided(options),
    'the placement divides the replicas, and the clusters keep their own (`retainReplicas`), so no share would ever reach a running deployment',
    'give Placement.duplicated() and an autoscaler in each cluster, or `autoscale` and no `retainReplicas`',
  );
}
