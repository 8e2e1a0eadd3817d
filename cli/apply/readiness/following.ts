import { PART_OF } from '../../plan/chart-input';
import type { ApiServer } from '../api-server';
import { collectionPath, type Resource } from '../discovery';
import type { Wanted } from '../live';
import { Collection, type FollowOptions } from './collection';

/** What is followed on one server: one list and one watch for each kind, whatever the number of objects. */
export class Following {
  private readonly kinds = new Map<string, readonly Collection[]>();

  constructor(
    private readonly server: ApiServer,
    private readonly options: FollowOptions,
  ) {}

  /** Follows these objects: those of the sets only, where all of them are in sets. */
  async follow(wanted: readonly (Wanted & { readonly live: any })[]): Promise<void> {
    const groups = new Map<string, (Wanted & { readonly live: any })[]>();
    for (const each of wanted) {
      const kind = kindOf(each.key);
      groups.set(kind, [...(groups.get(kind) ?? []), each]);
    }
    await allOf(
      [...groups.values()].map(async (group) => {
        const sets = group.map(({ live }) => live?.metadata?.labels?.[PART_OF]);
        const labelSelector = sets.every(Boolean)
          ? `${PART_OF} in (${[...new Set(sets)].sort().join(',')})`
          : undefined;
        const [{ key, resource }] = group;
        await this.all(key, resource, { labelSelector, namespaces: group.map((each) => each.key.namespace) });
      }),
    );
  }

  /** Follows a kind as a whole; in these namespaces, where the server allows no more. */
  async all(
    { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
    resource: Resource,
    {
      labelSelector,
      namespaces = [],
    }: { readonly labelSelector?: string; readonly namespaces?: readonly string[] } = {},
  ): Promise<readonly Collection[]> {
    const open = async (namespace: string) => {
      const path = collectionPath(apiVersion, resource, namespace);
      const collection = new Collection(this.server, { apiVersion, kind, path, labelSelector }, this.options);
      await collection.start();
      return collection;
    };
    const inside = resource.namespaced ? [...new Set(namespaces)] : [];
    const id = kindOf({ apiVersion, kind });
    await Promise.all((this.kinds.get(id) ?? []).map((collection) => collection.stop()));
    let opened = [await open(inside.length === 1 ? inside[0] : '')];
    if (opened[0].refused?.status === 403 && inside.length > 1) opened = await Promise.all(inside.map(open));
    this.kinds.set(id, opened);
    return opened;
  }

  find({ key }: Wanted): any {
    for (const collection of this.of(key)) {
      const found = collection.find(key.namespace, key.name);
      if (found) return found;
    }
    return undefined;
  }

  /** Why a kind cannot be read. */
  refusal(key: { readonly apiVersion: string; readonly kind: string }): string | undefined {
    return this.of(key).find(({ refused }) => refused)?.refusal;
  }

  of(key: { readonly apiVersion: string; readonly kind: string }): readonly Collection[] {
    return this.kinds.get(kindOf(key)) ?? [];
  }

  async stop(): Promise<void> {
    await Promise.all([...this.kinds.values()].flat().map((collection) => collection.stop()));
  }
}

/** All of it, before the first that failed is told: nothing goes on behind the back of whoever tries again. */
export async function allOf(work: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
}

function kindOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  return `${apiVersion} ${kind}`;
}
