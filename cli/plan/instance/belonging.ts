import type { Member } from '../apply-set';
import { OBJECT_MANAGER } from '../owned-fields';
import { toldToStay } from '../protection';
import type { Judgement } from '../prune';

/** What becomes of the data of an instance that is destroyed. */
export type DataLeave = 'keep' | 'delete';

const KEPT = 'it is data of the instance, or a key that fits the data: with it the instance can come back';

/** Of what was made for an instance: is it deleted with the control plane? Unless the instance is destroyed it is let go. */
export function judgeBelonging({ kind, belonging }: Member, live: any, data: DataLeave | undefined): Judgement {
  if (data === undefined) return { action: 'release' };
  const told = toldToStay(live);
  if (told) return { action: 'keep', why: told };
  if (kind === 'Secret' && !isIssued(live)) return { action: 'keep', why: `it was made by ${makers(live)}` };
  return belonging === 'data' && data === 'keep' ? { action: 'keep', why: KEPT } : { action: 'prune' };
}

/** Did the command make this Secret, or one of its verbs? */
export function isIssued({ metadata }: any): boolean {
  const managers: string[] = (metadata.managedFields ?? []).map((entry: any) => String(entry.manager));
  return managers.some((manager) => manager === OBJECT_MANAGER || manager.startsWith(`${OBJECT_MANAGER}-`));
}

function makers({ metadata }: any): string {
  const managers = (metadata.managedFields ?? []).map((entry: any) => `"${entry.manager}"`);
  return [...new Set(managers)].sort().join(', ') || 'somebody else';
}

/** What the Secrets of a PKI plan are: an authority or a key pair that is lost does not come back. */
export function belongingsOf(plan: any): Map<string, NonNullable<Member['belonging']>> {
  const names = (list: string): string[] => (plan?.[list] ?? []).map(({ secret }: any) => secret);
  const issued = ['certificates', 'kubeconfigs', 'memberKubeconfigs'].flatMap(names);
  return new Map([
    ...issued.map((name) => [name, 'credential'] as const),
    ...['authorities', 'keyPairs'].flatMap(names).map((name) => [name, 'data'] as const),
  ]);
}
