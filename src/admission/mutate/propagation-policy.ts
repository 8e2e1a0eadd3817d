import type { Review } from '../review';

const SERVICE_IMPORT = 'multicluster.x-k8s.io/v1alpha1';

/** Seconds that an old copy may live on when nothing else is said. */
const GRACE_PERIOD = 600;

/** True for both names of the gentle purge mode; `Graciously` is the older one. */
export function isGentle(purgeMode: string): boolean {
  return purgeMode === 'Gracefully' || purgeMode === 'Graciously';
}

/** pkg/webhook/propagationpolicy/mutating.go at v1.18.2. */
export function mutatePropagationPolicy(review: Review): void {
  for (const selector of review.spec.resourceSelectors ?? []) selector.namespace ||= review.namespace;
  mutatePropagation(review, 'karmada.io/propagation-policy-controller');
}

/** pkg/webhook/clusterpropagationpolicy/mutating.go at v1.18.2. */
export function mutateClusterPropagationPolicy(review: Review): void {
  mutatePropagation(review, 'karmada.io/cluster-propagation-policy-controller');
}

function mutatePropagation(review: Review, finalizer: string): void {
  const { spec, metadata } = review;
  for (const constraint of spec.placement.spreadConstraints ?? []) {
    if (!constraint.spreadByField && !constraint.spreadByLabel) constraint.spreadByField = 'cluster';
    constraint.minGroups ||= 1;
  }
  const importsService = (spec.resourceSelectors ?? []).some(
    (selector: any) => selector.kind === 'ServiceImport' && selector.apiVersion === SERVICE_IMPORT,
  );
  if (importsService) spec.propagateDeps = true;
  const scheduling = spec.placement.replicaScheduling;
  if (scheduling?.replicaSchedulingType === 'Divided') scheduling.replicaDivisionPreference ||= 'Weighted';
  const application = spec.failover?.application;
  if (application && isGentle(application.purgeMode)) application.gracePeriodSeconds ??= GRACE_PERIOD;
  metadata.finalizers ??= [];
  if (!metadata.finalizers.includes(finalizer)) metadata.finalizers.push(finalizer);
}
