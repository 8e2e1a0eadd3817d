import type { Member } from '../apply-set';
import type { Plane } from '../plan';

/** How an instance is destroyed. */
export interface InstanceLeave {
  /** Etcd's volumes, the authorities, the namespace: all of it goes. Else what is needed to come back stays. */
  readonly deleteData: boolean;
  /** What was made for it: etcd's volumes and what was issued. */
  readonly belongings: readonly Member[];
}

/**
 * The order in which the components of a control plane are stopped, the last of the list first. Nobody is left without what
 * it needs to end well: etcd is the last.
 */
const STOPPED: readonly (readonly string[])[] = [
  ['etcd'],
  ['karmada-apiserver'],
  ['karmada-aggregated-apiserver'],
  ['karmada-webhook'],
  ['karmada-controller-manager', 'karmada-scheduler', 'karmada-kube-controller-manager'],
];
const WORKLOADS: readonly string[] = ['Deployment', 'StatefulSet', 'CronJob'];
/** Of etcd; what is not in the list above, as add-ons, comes after the last. */
const FIRST = 2;
/** Keys and volumes go when nobody has them in use any longer. */
const BELONGING = 1;

/** The turn of an object of an instance that is destroyed, as a wave: the highest goes first. */
export function waveWhenDestroyed(member: Member): number {
  if (member.belonging) return BELONGING;
  if (!WORKLOADS.includes(member.kind)) return 0;
  const at = STOPPED.findIndex((names) => names.includes(member.name));
  return FIRST + (at < 0 ? STOPPED.length : at);
}

/** What Karmada calls in: while it stands and nobody answers, nothing can be written when the data comes back. */
const CALLED: readonly string[] = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService'];

/** Why an object of an instance stays when it is destroyed; undefined when it goes. */
export function whyItStays(plane: Plane, { kind }: Member, { deleteData }: InstanceLeave): string | undefined {
  if (plane === 'karmada') return CALLED.includes(kind) ? undefined : IN_DATA;
  return kind === 'Namespace' && !deleteData ? 'what is kept is in it' : undefined;
}

export const IN_DATA = "it stays in etcd's data";
