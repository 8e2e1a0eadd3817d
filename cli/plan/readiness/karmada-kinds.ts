import { sameValue } from '../field-path';
import { horizontalPodAutoscaler } from './cluster-services';
import { condition, isBehind, NOT_LOOKED, words } from './condition';
import { isTrue } from './network';
import { current, failed, GRACE_MS, inProgress, type Readiness, type Rule } from './verdict';

/** A member cluster that answers. */
export const cluster: Rule = (live) => {
  const ready = condition(live, 'Ready');
  if (!ready) return inProgress('Karmada has not reached it yet');
  if (ready.status !== 'True') return inProgress(`it is not ready: ${words(ready)}`);
  const apis = condition(live, 'CompleteAPIEnablements');
  return apis?.status === 'False' ? current(`Karmada does not know all kinds of it: ${words(apis)}`) : current();
};

/** Where a template is to run is decided. */
export const binding: Rule = (live) => scheduled(live) ?? current();

/** What is missing until a binding is scheduled, in its present form; undefined when nothing is. */
export function scheduled(live: any): Readiness | undefined {
  if (live.spec?.suspension?.scheduling) return current('its scheduling is suspended');
  const seen = live.status?.schedulerObservedGeneration;
  const found = condition(live, 'Scheduled');
  if (isBehind(seen, live)) return inProgress('the scheduler has not looked at it yet');
  if (!found) return inProgress('the scheduler has not looked at it yet');
  if (found.status === 'True') return undefined;
  // Karmada tries again only when the clusters or the policy change
  if (found.reason === 'NoClusterFit') return failed(`no cluster fits (NoClusterFit): ${words(found)}`, GRACE_MS);
  return inProgress(`it is not scheduled (${found.reason}): ${words(found)}`);
}

/** Applied on its member. */
export const work: Rule = (live) => {
  if (condition(live, 'Dispatching')?.status === 'False') return current('its dispatching is suspended');
  return isTrue(live, 'Applied');
};

export const federatedResourceQuota: Rule = (live) =>
  sameValue(live.status?.overall ?? {}, live.spec?.overall ?? {})
    ? current()
    : inProgress('its limits are not counted yet');

export const cronFederatedHpa: Rule = (live) => {
  const histories: any[] = live.status?.executionHistories ?? [];
  const lost = histories.find(({ failedExecutions = [] }) => failedExecutions.length);
  return lost
    ? current(`rule ${lost.ruleName} failed when it ran last: ${words(lost.failedExecutions[0])}`)
    : current();
};

export const federatedHpa: Rule = horizontalPodAutoscaler;

export const multiClusterService: Rule = (live) => isTrue(live, 'ServiceApplied', 'EndpointSliceDispatched');

/** It is done once, and says for each workload how it went. */
export const workloadRebalancer: Rule = (live) => {
  const { observedWorkloads = [], finishTime, observedGeneration } = live.status ?? {};
  if (observedGeneration === undefined || isBehind(observedGeneration, live)) return inProgress(NOT_LOOKED);
  const lost = observedWorkloads.find(
    ({ result, reason }: any) => result === 'Failed' || reason === 'ReferencedBindingNotFound',
  );
  if (lost) {
    const { kind, namespace, name } = lost.workload ?? {};
    return failed(`${[kind, namespace, name].filter(Boolean).join('/')}: ${lost.reason ?? lost.result}`);
  }
  return finishTime ? current() : inProgress('its workloads are not placed anew yet');
};

/** A control plane that Karmada's operator runs. */
export const karmada: Rule = (live) => {
  if (live.status?.observedGeneration === undefined || isBehind(live.status.observedGeneration, live))
    return inProgress(NOT_LOOKED);
  return isTrue(live, 'Ready');
};
