import { condition, unobserved } from './condition';

/** What a Deployment still lacks; undefined when its rollout is complete. */
export function deploymentLacks(live: any): string | undefined {
  const late = unobserved(live);
  if (late) return late;
  const wanted: number = live.spec?.replicas ?? 1;
  const { replicas = 0, updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0 } = live.status ?? {};
  const failure = condition(live, 'ReplicaFailure');
  if (failure?.status === 'True') return `no pod can be made: ${failure.message ?? failure.reason}`;
  const progressing = condition(live, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    return `the rollout does not progress: ${progressing.message}`;
  if (updatedReplicas < wanted) return `${updatedReplicas} of ${wanted} replicas are updated`;
  if (replicas > updatedReplicas) return `${replicas - updatedReplicas} old replicas are still ending`;
  if (readyReplicas < wanted) return `${readyReplicas} of ${wanted} replicas are ready`;
  if (availableReplicas < wanted) return `${availableReplicas} of ${wanted} replicas are available`;
  return undefined;
}
