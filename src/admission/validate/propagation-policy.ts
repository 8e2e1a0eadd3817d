import { shown } from '../refusals';
import type { Review } from '../review';
import { validateFailover } from './failover';
import { validatePlacement } from './placement';
import { validateSelectorNamespaces } from './resource-selectors';

/** ValidatePropagationSpec of pkg/util/validation/validation.go at v1.18.2, the same for both kinds of policy. */
export function validatePropagationPolicy(review: Review): void {
  const { spec, refusals } = review;
  validatePlacement(spec.placement, 'spec.placement', refusals);
  if (spec.failover?.application && !spec.propagateDeps) {
    refusals.conflict(
      'spec.propagateDeps',
      'failover.application needs propagateDeps: what the application depends on has to move with it',
      'set propagateDeps to true, or remove failover.application',
    );
  }
  validateFailover(spec.failover, 'spec.failover', refusals);
  validateSelectorNamespaces(review);
  if (spec.preemption === 'Always') requireNames(review);
  const { dispatching, dispatchingOnClusters } = spec.suspension ?? {};
  if (dispatching && dispatchingOnClusters?.clusterNames?.length) {
    refusals.conflict(
      'spec.suspension.suspension',
      `dispatching is suspended everywhere and on ${dispatchingOnClusters.clusterNames.map(shown).join(', ')}`,
      'keep suspension.dispatching for all clusters, or suspension.dispatchingOnClusters for some',
    );
  }
}

function requireNames({ spec, refusals }: Review): void {
  (spec.resourceSelectors ?? []).forEach(({ name, kind }: any, index: number) => {
    if (name !== '') return;
    refusals.conflict(
      `spec.resourceSelectors[${index}].name`,
      `preemption is "Always" but this selector takes every ${kind || 'object'} from other policies`,
      'name the object in the selector, or set preemption to "Never"',
    );
  });
}
