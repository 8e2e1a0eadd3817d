import type { Check, Observation } from './check';
import type { InstanceSnapshot } from './instance-snapshot';
import { onKarmada } from './on-karmada';

/** Who leads by a lease, and where it is on Karmada. */
const LEADERS: readonly (readonly [lease: string, namespace: string])[] = [
  ['karmada-controller-manager', 'karmada-system'],
  ['karmada-scheduler', 'karmada-system'],
  ['kube-controller-manager', 'kube-system'],
];
/** What clocks differ by, and an answer takes. */
const SLACK_MS = 15_000;

/** The controllers have leaders. */
export const LEASES_HELD: Check<InstanceSnapshot> = {
  id: 'leases-held',
  title: 'the controllers and the scheduler of Karmada have leaders that are at work',
  why: 'Of several replicas only the one that holds the lease works, and it renews the lease every few seconds. A lease that is out of time means that nobody works, even where pods are ready.',
  fix: 'look at the logs of the component: whether it reaches the API server, and what it waits for',
  see: 'https://kubernetes.io/docs/concepts/architecture/leases/',
  look: (snapshot) =>
    onKarmada(
      snapshot,
      ({ leases }) => leases,
      (all) => LEADERS.map(([name, namespace]) => judged(name, namespace, all, nowOn(snapshot))),
    ),
};

/** By the clock of those who write leases, as far as it is known. */
function nowOn({ nowMs, clocks }: InstanceSnapshot): number {
  const found = clocks.find(({ plane }) => plane === 'host')?.clock;
  return found && 'seen' in found ? nowMs + found.seen.aheadMs : nowMs;
}

function judged(name: string, namespace: string, all: readonly any[], nowMs: number): Observation {
  const about = `Lease/${namespace}/${name}`;
  const lease = all.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  if (!lease) return { state: 'fails', about, cause: 'it is not there: nobody ever led' };
  const { holderIdentity, renewTime, leaseDurationSeconds = 15 } = lease.spec ?? {};
  if (!holderIdentity) return { state: 'fails', about, cause: 'nobody holds it' };
  const lateMs = nowMs - Date.parse(renewTime) - leaseDurationSeconds * 1000;
  if (lateMs > SLACK_MS) {
    return { state: 'fails', about, cause: `${holderIdentity} holds it, and has not renewed it since ${renewTime}` };
  }
  return { state: 'ok', about, cause: `${holderIdentity} holds it` };
}
