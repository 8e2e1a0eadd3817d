import { type Check, type Observation, seenOr, whenSeen } from './check';
import type { InstanceSnapshot } from './instance-snapshot';
import { newestEvents } from './newest-events';

/** All members of etcd are ready. */
export const ETCD_READY: Check<InstanceSnapshot> = {
  id: 'etcd-ready',
  title: 'all members of etcd are ready',
  why: 'Everything that Karmada knows is in etcd. It takes more than half of the members to write; with fewer, the API server answers nothing.',
  fix: 'see why its pods do not run (check pods) and whether their volumes are bound (check etcd-pvc-bound)',
  see: 'https://etcd.io/docs/v3.6/op-guide/failures/',
  look: ({ statefulSets, events, namespace }) =>
    whenSeen(statefulSets, (all) => {
      const about = `StatefulSet/${namespace}/etcd`;
      const found = all.find(({ metadata }) => metadata.name === 'etcd');
      if (!found) return [{ state: 'fails', about, cause: 'it is not there', fix: 'apply the instance again' }];
      return [{ about, ...judged(found, seenOr(events, [])) }];
    }),
};

function judged({ spec, status }: any, events: readonly any[]): Observation {
  const replicas: number = spec?.replicas ?? 1;
  const ready: number = status?.readyReplicas ?? 0;
  if (ready >= replicas) return { state: 'ok', cause: `${ready} of ${replicas} members are ready` };
  const quorum = Math.floor(replicas / 2) + 1;
  const left = ready - quorum;
  const means =
    left < 0
      ? `${quorum} are needed, so nothing can be written`
      : left === 0
        ? 'the loss of one more stops it'
        : `${left} more may go`;
  const told = newestEvents(events, 'StatefulSet', (name) => name === 'etcd') || newestEvents(events, 'Pod', isMember);
  return { state: 'fails', cause: `${ready} of ${replicas} members are ready: ${means}${told}` };
}

function isMember(pod: string): boolean {
  return /^etcd-\d+$/.test(pod);
}
