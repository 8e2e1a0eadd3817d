import { gunzipSync, gzipSync } from 'node:zlib';
import { type Member, sortedMembers } from '../plan/apply-set';

const KEY = 'inventory';

/** The `data` of an ApplySet parent: the exact list of its members, packed, since thousands have to fit into 1 MiB. */
export function inventoryData(members: readonly Member[]): { [key: string]: string } {
  const list = JSON.stringify({ schema: '1', members: sortedMembers(members) });
  return { [KEY]: gzipSync(list, { level: 9 }).toString('base64') };
}

/** The members that a live parent records; undefined when it records none, or not in a way that we can read. */
export function membersOf(parent: any): Member[] | undefined {
  const packed = parent?.data?.[KEY];
  if (typeof packed !== 'string') return undefined;
  try {
    const { members } = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8'));
    return Array.isArray(members) ? members : undefined;
  } catch {
    return undefined;
  }
}
