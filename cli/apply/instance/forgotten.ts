import { groupOf, keyText, type ObjectKey } from '../../../src/core/object-key';
import { APPLY_SET_ID, PART_OF } from '../../../src/core/private/keys';
import { isIssued } from '../../plan/instance/belonging';
import type { ForgottenSet } from '../../plan/instance/orphan';
import type { ApiServer } from '../api-server';
import { inWindow, type Patience } from '../attempt';
import { listMetadata } from '../contents';
import { Discovery } from '../discovery';

const WINDOW = 16;

/**
 * Objects that the command made and that are in a set without a record, and the kinds that could not be read. A record may be
 * a Secret, too, where another tool keeps it.
 */
export async function forgottenOn(
  server: ApiServer,
  patience: Patience,
): Promise<{ readonly sets: ForgottenSet[]; readonly unread: string[] }> {
  const discovery = await Discovery.read(server, patience);
  const records = new Set<string>();
  const members = new Map<string, { readonly key: ObjectKey; readonly plural: string }[]>();
  const unread: string[] = [];
  await inWindow(WINDOW, discovery.listable, async (served) => {
    const { apiVersion, kind, resource } = served;
    const isRecord = apiVersion === 'v1' && (kind === 'ConfigMap' || kind === 'Secret');
    const [inSets, parents] = await Promise.all([
      listMetadata(server, served, patience, { labelSelector: PART_OF }),
      isRecord ? listMetadata(server, served, patience, { labelSelector: APPLY_SET_ID }) : { items: [] },
    ]);
    for (const each of [inSets, parents])
      if ('refused' in each) unread.push(`${kind} objects cannot be read: ${each.refused}`);
    for (const { metadata } of 'items' in parents ? parents.items : []) records.add(metadata.labels[APPLY_SET_ID]);
    for (const { metadata } of 'items' in inSets ? inSets.items : []) {
      if (!isIssued({ metadata })) continue;
      const key = { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
      const id: string = metadata.labels[PART_OF];
      members.set(id, [...(members.get(id) ?? []), { key, plural: resource.plural }]);
    }
  });
  const sets = [...members]
    .filter(([id]) => !records.has(id))
    .map(([id, all]) => ({
      id,
      resources: [
        ...new Set(all.map(({ key, plural }) => [plural, groupOf(key.apiVersion)].filter(Boolean).join('.'))),
      ].sort(),
      objects: all.map(({ key }) => keyText(key)).sort(),
    }));
  return { sets: sets.sort((a, b) => (a.id < b.id ? -1 : 1)), unread };
}
