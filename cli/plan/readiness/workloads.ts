import { condition, unobserved, words } from './condition';
import { current, failed, inProgress, type Readiness, type Rule } from './verdict';

function replicasAre(number: number, which: string): string {
  return `${number} ${which} ${number === 1 ? 'replica is' : 'replicas are'}`;
}

/** Rolled out: as many pods as wanted, of the newest template, and no old ones. */
export const deployment: Rule = (live) => {
  const late = unobserved(live);
  if (late) return late;
  const wanted: number = live.spec?.replicas ?? 1;
  const { replicas = 0, updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0 } = live.status ?? {};
  const failure = condition(live, 'ReplicaFailure');
  if (failure?.status === 'True') return failed(`no pod can be made: ${words(failure)}`);
  const progressing = condition(live, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    return failed(`the rollout does not progress: ${words(progressing)}`);
  if (live.spec?.paused) return updatedReplicas < wanted ? current('it is paused: nothing is rolled out') : current();
  if (updatedReplicas < wanted) return inProgress(`${updatedReplicas} of ${wanted} replicas are updated`);
  if (replicas > updatedReplicas)
    return inProgress(`${replicasAre(replicas - updatedReplicas, 'old')} not replaced yet`);
  if (readyReplicas < wanted) return inProgress(`${readyReplicas} of ${wanted} replicas are ready`);
  if (availableReplicas < wanted) return inProgress(`${availableReplicas} of ${wanted} replicas are available`);
  const available = condition(live, 'Available');
  return available?.status === 'False' ? inProgress(`it is not available: ${words(available)}`) : current();
};

export const statefulSet: Rule = (live) => {
  const late = unobserved(live);
  if (late) return late;
  const wanted: number = live.spec?.replicas ?? 1;
  const { replicas = 0, readyReplicas = 0, updatedReplicas = 0, currentRevision, updateRevision } = live.status ?? {};
  if (replicas < wanted) return inProgress(`${replicas} of ${wanted} replicas are made`);
  if (replicas > wanted) return inProgress(`${replicasAre(replicas - wanted, 'surplus')} still ending`);
  if (readyReplicas < wanted) return inProgress(`${readyReplicas} of ${wanted} replicas are ready`);
  const strategy = live.spec?.updateStrategy ?? {};
  if (strategy.type === 'OnDelete') return current();
  const updated = wanted - (strategy.rollingUpdate?.partition ?? 0);
  if (updatedReplicas < updated && currentRevision !== updateRevision) {
    return inProgress(`${updatedReplicas} of ${updated} replicas are updated`);
  }
  return current();
};

export const daemonSet: Rule = (live) => {
  const late = unobserved(live);
  if (late) return late;
  const { desiredNumberScheduled: wanted = 0, currentNumberScheduled = 0, numberAvailable = 0 } = live.status ?? {};
  const { updatedNumberScheduled = 0, numberReady = 0 } = live.status ?? {};
  if (wanted === 0) return current('no node matches it');
  if (currentNumberScheduled < wanted) return inProgress(`${currentNumberScheduled} of ${wanted} nodes have its pod`);
  const byHand = live.spec?.updateStrategy?.type === 'OnDelete';
  if (!byHand && updatedNumberScheduled < wanted)
    return inProgress(`${updatedNumberScheduled} of ${wanted} pods are updated`);
  if (numberReady < wanted) return inProgress(`${numberReady} of ${wanted} pods are ready`);
  return numberAvailable < wanted ? inProgress(`${numberAvailable} of ${wanted} pods are available`) : current();
};

export const replicaSet: Rule = (live) => {
  const late = unobserved(live);
  if (late) return late;
  const failure = condition(live, 'ReplicaFailure');
  if (failure?.status === 'True') return failed(`no pod can be made: ${words(failure)}`);
  return counted(live, ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas']);
};

function counted(live: any, counters: readonly string[]): Readiness {
  const wanted: number = live.spec?.replicas ?? 1;
  for (const counter of counters) {
    const number: number = live.status?.[counter] ?? 0;
    const what = counter === 'fullyLabeledReplicas' ? 'labelled' : counter.replace('Replicas', '');
    if (number < wanted) return inProgress(`${number} of ${wanted} replicas are ${what}`);
  }
  return current();
}
