import type { ObjectKey } from '../../src/core/object-key';
import type { ApiRequest } from './api-server';
import { objectPath, type Resource } from './discovery';

/** Writes may take longer than reads: webhooks are asked. */
export const WRITE_MS = 60_000;
/** How often an object that has changed since it was looked at is looked at anew. */
export const STALE_ATTEMPTS = 5;

/**
 * Server-side apply of a manifest: unknown fields are refused, fields of others are never taken.
 *
 * @param options.force take fields over: only between managers of our own
 */
export function serverSideApply(
  key: ObjectKey,
  resource: Resource,
  manifest: any,
  manager: string,
  options: { readonly dryRun?: boolean; readonly force?: boolean } = {},
): ApiRequest {
  return {
    method: 'PATCH',
    path: objectPath(key, resource),
    query: {
      fieldManager: manager,
      fieldValidation: 'Strict',
      ...(options.dryRun ? { dryRun: 'All' } : {}),
      ...(options.force ? { force: 'true' } : {}),
    },
    body: manifest,
    contentType: 'application/apply-patch+yaml', // JSON is YAML
    timeoutMs: WRITE_MS,
  };
}

/** A merge of some fields into an object as it was read: refused when it has changed since. */
export function mergeInto(live: any, key: ObjectKey, resource: Resource, fields: any, manager: string): ApiRequest {
  const { resourceVersion } = live.metadata;
  return {
    method: 'PATCH',
    path: objectPath(key, resource),
    query: { fieldManager: manager, fieldValidation: 'Strict' },
    body: { ...fields, metadata: { ...fields.metadata, resourceVersion } },
    contentType: 'application/merge-patch+json',
    timeoutMs: WRITE_MS,
  };
}

/** Deletes an object if it is still what was looked at: neither another one of its name nor one that has changed. */
export function deleteUnchanged(key: ObjectKey, resource: Resource, { metadata }: any): ApiRequest {
  const { uid, resourceVersion } = metadata;
  return {
    method: 'DELETE',
    path: objectPath(key, resource),
    body: {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: { uid, resourceVersion },
      propagationPolicy: 'Background',
    },
    timeoutMs: WRITE_MS,
  };
}

/** JSON patch (RFC 6902). */
export function jsonPatch(
  key: ObjectKey,
  resource: Resource,
  operations: readonly object[],
  manager: string,
): ApiRequest {
  return {
    method: 'PATCH',
    path: objectPath(key, resource),
    query: { fieldManager: manager },
    body: operations,
    contentType: 'application/json-patch+json',
    timeoutMs: WRITE_MS,
  };
}
