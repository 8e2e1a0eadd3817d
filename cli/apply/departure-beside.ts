import type { Member } from '../plan/apply-set';
import { some } from '../plan/prune';
import { foreignIn, instancesOf } from './contents';
import { copiesOf } from './copies';
import type { RecordAccess } from './record';

/** What an object that leaves is looked at beside. */
export interface Beside {
  /** UIDs of all that is deleted. */
  readonly going: ReadonlySet<string>;
  /** The record and the lock of its chart. */
  readonly own: readonly string[];
  /** Nothing of its chart is kept. */
  readonly alone: boolean;
}

/** Why a namespace is not deleted; undefined when nothing in it is in the way. */
export async function whyHeld(
  { name }: Member,
  { going, own, alone }: Beside,
  access: RecordAccess,
): Promise<string | undefined> {
  const foreign = await foreignIn(name, going, access);
  if ('unread' in foreign) return foreign.unread;
  const names = foreign.names.filter((each) => !own.includes(each));
  if (names.length) return `it holds what is not of this chart: ${some(names, 5)}`;
  // what is left is the record itself
  return foreign.names.length && !alone ? 'the record in it lists what is kept' : undefined;
}

/** What else goes with it, or stays without it. */
export async function notesOf(live: any, member: Member, access: RecordAccess): Promise<string[]> {
  if (live.metadata.deletionTimestamp) return ['it is being deleted already'];
  if (member.kind === 'CustomResourceDefinition') {
    const { kind } = live.spec.names;
    const count = await instancesOf(live, access);
    return [
      count === undefined
        ? `all ${kind} objects are deleted with it; how many there are is not known`
        : `${count} ${kind} object${count === 1 ? ' is' : 's are'} deleted with it`,
    ];
  }
  if (access.server.plane !== 'karmada') return [];
  const { clusters, keeper } = await copiesOf(member, live, access);
  const where = clusters.length ? some(clusters, 5) : 'the member clusters';
  return keeper ? [`its copies on ${where} stay: ${keeper} has preserveResourcesOnDeletion`] : [];
}
