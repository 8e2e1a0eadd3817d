import type { ObjectKey } from '../../src/core/object-key';
import type { Answer } from '../plan/answer';
import type { ApiServer } from './api-server';
import { attempt, inWindow, type Patience } from './attempt';
import { collectionPath, objectPath, type Resource } from './discovery';
import { readPages } from './pages';

/** An object to read, and how it is addressed. */
export interface Wanted {
  readonly key: ObjectKey;
  readonly resource: Resource;
}

/** What was found: the object, or `undefined`; or the answer that kept us from looking. */
export type Found = { readonly live: any } | { readonly refused: Answer };

/** From this many objects of a kind in a namespace on, one list is cheaper than reading each. */
const LIST_FROM = 3;

/** Reads live objects; the results are in the order of what was asked for. */
export async function readLive(
  server: ApiServer,
  wanted: readonly Wanted[],
  window: number,
  patience: Patience,
): Promise<Found[]> {
  const found = new Map<Wanted, Found>();
  const groups = new Map<string, Wanted[]>();
  for (const each of wanted) {
    const path = collectionPath(each.key.apiVersion, each.resource, each.key.namespace);
    groups.set(path, [...(groups.get(path) ?? []), each]);
  }
  const listed = [...groups].filter(([, members]) => members.length >= LIST_FROM);
  const single = [...groups.values()].filter((members) => members.length < LIST_FROM).flat();
  const jobs = [
    ...listed.map(
      ([path, members]) =>
        () =>
          list(server, path, members, found, patience),
    ),
    ...single.map((each) => async () => void found.set(each, await get(server, each, patience))),
  ];
  await inWindow(window, jobs, (job) => job());
  return wanted.map((each) => found.get(each) ?? { live: undefined });
}

/** Reads one live object. */
export async function get(server: ApiServer, { key, resource }: Wanted, patience: Patience): Promise<Found> {
  const response = await attempt(server, { method: 'GET', path: objectPath(key, resource) }, patience, key);
  if (response.status === 200) return { live: response.body };
  return response.status === 404 ? { live: undefined } : { refused: response };
}

async function list(
  server: ApiServer,
  path: string,
  members: readonly Wanted[],
  found: Map<Wanted, Found>,
  patience: Patience,
): Promise<void> {
  const { key } = members[0];
  const { apiVersion, kind } = key;
  const byName = new Map(members.map((each) => [each.key.name, each]));
  const keep = ({ metadata }: any) => byName.has(metadata.name);
  const pages = await readPages(server, { path, key, keep }, patience);
  if ('refused' in pages) {
    const { refused } = pages;
    if (refused.status !== 404) for (const each of members) found.set(each, { refused });
    return;
  }
  for (const item of pages.items) {
    const each = byName.get(item.metadata.name);
    if (each) found.set(each, { live: { apiVersion, kind, ...item } });
  }
}
