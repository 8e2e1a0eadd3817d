import { keyText } from '../../src/core/object-key';
import { answerText, classify } from '../plan/answer';
import type { ApiServer } from './api-server';
import { attempt, inWindow, type Patience } from './attempt';
import { collectionPath, type Resource, type ServedKind } from './discovery';
import { readPages } from './pages';
import type { RecordAccess } from './record';

const metadata = (kind: string) => `application/json;as=${kind};g=meta.k8s.io;v=v1,application/json`;
/** Objects without their bodies, when the server can leave these out. */
export const METADATA_ONLY = metadata('PartialObjectMetadataList');
/** The same of one object. */
export const ITS_METADATA_ONLY = metadata('PartialObjectMetadata');

/** Groups whose objects are made out of others when they are asked for, and kinds that merely tell what happened. */
const TRANSIENT = /^(metrics\.k8s\.io|events\.k8s\.io)\//;

/** What Kubernetes itself puts into each namespace. */
const FIXTURES: readonly string[] = ['ServiceAccount/default', 'ConfigMap/kube-root-ca.crt'];

/**
 * What is in a namespace besides the objects that go, and besides what belongs to other objects and goes with them; or why
 * that cannot be said.
 */
export async function foreignIn(
  namespace: string,
  going: ReadonlySet<string>,
  access: RecordAccess,
): Promise<{ readonly names: string[] } | { readonly unread: string }> {
  const { server, discovery, window, patience } = access;
  const names: string[] = [];
  let unread: string | undefined;
  const kinds = discovery.listable.filter(
    ({ apiVersion, kind, resource }) => resource.namespaced && !TRANSIENT.test(apiVersion) && kind !== 'Event',
  );
  await inWindow(window, kinds, async (each) => {
    const listed = await listMetadata(server, each, patience, { namespace });
    if ('refused' in listed) unread ??= `whether ${each.kind} objects are in it cannot be read: ${listed.refused}`;
    else names.push(...listed.items.filter((item) => isForeign(each, item, going)).map((item) => nameOf(each, item)));
  });
  return unread === undefined ? { names: names.sort() } : { unread };
}

function isForeign({ kind }: ServedKind, { metadata }: any, going: ReadonlySet<string>): boolean {
  if (going.has(metadata.uid) || FIXTURES.includes(`${kind}/${metadata.name}`)) return false;
  // Kubernetes makes them out of a Service, and an object with an owner goes with the owner
  return kind !== 'Endpoints' && !metadata.ownerReferences?.length;
}

function nameOf({ apiVersion, kind }: ServedKind, { metadata }: any): string {
  return keyText({ apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name });
}

/** All objects of a kind, or those with a label, without their bodies; or the server's words. */
export async function listMetadata(
  server: ApiServer,
  { apiVersion, kind, resource }: ServedKind,
  patience: Patience,
  options: { readonly namespace?: string; readonly labelSelector?: string } = {},
): Promise<{ readonly items: any[] } | { readonly refused: string }> {
  const { namespace = '', labelSelector } = options;
  const path = collectionPath(apiVersion, resource, namespace);
  const pages = await readPages(server, { path, labelSelector, accept: METADATA_ONLY }, patience);
  if ('items' in pages) return pages;
  if (pages.refused.status === 404) return { items: [] };
  return { refused: answerText({ apiVersion, kind, namespace, name: '' }, pages.refused) };
}

/** How many objects of the kind there are that a definition defines; undefined when the server does not say. */
export async function instancesOf(definition: any, { server, patience }: RecordAccess): Promise<number | undefined> {
  const { group, names, scope, versions } = definition.spec;
  const version = versions.find(({ served }: any) => served)?.name;
  if (!version) return 0;
  const resource: Resource = { plural: names.plural, namespaced: scope === 'Namespaced' };
  const path = collectionPath(`${group}/${version}`, resource, '');
  const response = await attempt(
    server,
    { method: 'GET', path, query: { limit: '1' }, accept: METADATA_ONLY },
    patience,
  );
  if (classify(response) !== 'ok') return response.status === 404 ? 0 : undefined;
  return (response.body?.items?.length ?? 0) + (response.body?.metadata?.remainingItemCount ?? 0);
}
