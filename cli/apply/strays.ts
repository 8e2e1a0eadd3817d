import type { ObjectKey } from '../../src/core/object-key';
import { groupKind, KINDS, type Member, NAMESPACES, parentManifest } from '../plan/apply-set';
import { type ChartInput, PART_OF } from '../plan/chart-input';
import { inWindow } from './attempt';
import { listMetadata } from './contents';
import type { RecordAccess } from './record';

/**
 * The objects with the label of a set, where its exact list is not there or says less than the parent does: another tool
 * may have written to the set, or somebody may have changed the list.
 */
export async function labelled(
  chart: ChartInput,
  live: any,
  recorded: readonly Member[] | undefined,
  access: RecordAccess,
): Promise<{ readonly strays: Member[]; readonly unread: string[] }> {
  const kinds = list(live, KINDS);
  const unread: string[] = [];
  if (recorded && explains(chart, recorded, live)) return { strays: [], unread };
  const { server, discovery, window, patience } = access;
  const found: Member[] = [];
  const served = discovery.listable.filter((each) => kinds.includes(groupKind(each)));
  await inWindow(window, served, async (each) => {
    const labelSelector = `${PART_OF}=${chart.parent.id}`;
    const listed = await listMetadata(server, each, patience, { labelSelector });
    if ('refused' in listed) {
      unread.push(
        `${server.plane}: which ${each.kind} objects have the label of ${chart.path} cannot be read: ${listed.refused}`,
      );
      return;
    }
    for (const { metadata } of listed.items) {
      const key: ObjectKey = {
        apiVersion: each.apiVersion,
        kind: each.kind,
        namespace: metadata.namespace ?? '',
        name: metadata.name,
      };
      found.push({ ...key, uid: metadata.uid, path: chart.path, wave: chart.plane === 'host' ? 0 : 7 });
    }
  });
  return { strays: found, unread };
}

function list(parent: any, name: string): string[] {
  return (parent?.metadata?.annotations?.[name] ?? '').split(',').filter((each: string) => each !== '');
}

/** Are all kinds and namespaces of the parent those of the list? */
function explains(chart: ChartInput, recorded: readonly Member[], live: any): boolean {
  const exact = parentManifest(chart, recorded, '');
  return [KINDS, NAMESPACES].every((name) => {
    const known = list(exact, name);
    return list(live, name).every((each) => known.includes(each));
  });
}
