import { classify } from '../plan/answer';
import { mergedTaints } from '../plan/cluster-taints';
import { APPLY_SET_MANAGER, OBJECT_MANAGER } from '../plan/owned-fields';
import type { ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';
import type { Leaving } from './departures';
import type { Resource } from './discovery';
import { get } from './live';
import { refusalText } from './sending';
import { mergeInto, STALE_ATTEMPTS, serverSideApply } from './write';

/** Takes away what the code had set on an object that others made: its fields, its taints, the label of the set. */
export async function withdraw(
  server: ApiServer,
  { member, live, resource }: Leaving,
  patience: Patience,
): Promise<string | undefined> {
  const { apiVersion, kind, namespace, name } = member;
  const address = resource as Resource;
  // the uid: what was deleted meanwhile is not made again
  const metadata = { name, ...(namespace ? { namespace } : {}), uid: live.metadata.uid };
  const bare = { apiVersion, kind, metadata };
  const fields = await attempt(server, serverSideApply(member, address, bare, OBJECT_MANAGER), patience, member);
  if (classify(fields) !== 'ok') return refusalText(member, fields);
  for (let n = 1; ; n++) {
    const found = await get(server, { key: member, resource: address }, patience);
    if ('refused' in found) return refusalText(member, found.refused);
    const taints = found.live && mergedTaints([], found.live, member.taints ?? []);
    if (!taints) break;
    const request = mergeInto(found.live, member, address, { spec: { taints } }, OBJECT_MANAGER);
    const answer = await attempt(server, request, patience, member);
    if (classify(answer) === 'ok') break;
    if (classify(answer) !== 'stale' || n === STALE_ATTEMPTS) return refusalText(member, answer);
  }
  const label = await attempt(server, serverSideApply(member, address, bare, APPLY_SET_MANAGER), patience, member);
  return classify(label) === 'ok' ? undefined : refusalText(member, label);
}
