import { sameValue } from './field-path';

/** Field manager of the objects that the code names. */
export const OBJECT_MANAGER = 'cdk8s-karmada';
/** Field manager of the keys of an ApplySet parent and of the label of its members. */
export const APPLY_SET_MANAGER = 'cdk8s-karmada-applyset';
/** Field manager of the exact list of members. */
export const INVENTORY_MANAGER = 'cdk8s-karmada-inventory';

/** Field manager of what is filled in beside the code: CA bundles, and what pods have read of certificates. */
export const ISSUE_MANAGER = 'cdk8s-karmada-issue';

/** The fields that a manager applied to a live object, as the API server records them (`fieldsV1`); undefined if none. */
export function appliedFields(live: any, manager: string): { apiVersion: string; fields: any } | undefined {
  const entries = (live.metadata?.managedFields ?? []).filter(
    (entry: any) => entry.manager === manager && entry.operation === 'Apply' && !entry.subresource,
  );
  if (entries.length !== 1) return undefined;
  return { apiVersion: entries[0].apiVersion, fields: entries[0].fieldsV1 ?? {} };
}

function isRecorded(live: any): boolean {
  return (live.metadata?.managedFields ?? []).length > 0;
}

function isManager(live: any, manager: string): boolean {
  return (live.metadata?.managedFields ?? []).some((entry: any) => entry.manager === manager);
}

/**
 * Is it certain that applying the manifest again would change nothing? Yes only when the fields that the manager owns are
 * exactly those of the manifest, and each has the manifest's value on the live object. "No" means that it is in doubt,
 * because a server may normalise or default values: then its dry-run decides.
 */
export function provenUnchanged(manifest: any, live: any, manager: string): boolean {
  if (live.metadata?.deletionTimestamp) return false;
  const owned = appliedFields(live, manager);
  // the first apply of anybody begins the server's record, also one that names no field
  if (!owned) return ownsNothing(manifest, live, manager) && isRecorded(live);
  return owned.apiVersion === manifest.apiVersion && proven(fieldsOf(manifest), live, owned.fields);
}

/** Does the manifest name no field, and does the manager own none? Then it has nothing to apply. */
export function ownsNothing(manifest: any, live: any, manager: string): boolean {
  return Object.keys(fieldsOf(manifest)).length === 0 && !isManager(live, manager);
}

/** A manifest without what only says which object it is. */
function fieldsOf({ apiVersion: _version, kind: _kind, metadata, ...body }: any): any {
  const { name: _name, namespace: _namespace, ...named } = metadata;
  return { ...body, ...(Object.keys(named).length ? { metadata: named } : {}) };
}

function proven(desired: any, live: any, fields: any): boolean {
  if (desired === null || desired === undefined || live === null || live === undefined) return false;
  // a leaf: a scalar, or a map or list that is replaced as a whole
  if (Object.keys(fields).length === 0) return sameValue(desired, live);
  if (Array.isArray(desired)) return Array.isArray(live) && provenList(desired, live, fields);
  if (typeof desired !== 'object' || typeof live !== 'object') return false;
  const owned = Object.keys(fields).filter((field) => field !== '.');
  const wanted = Object.keys(desired);
  return (
    owned.length === wanted.length &&
    wanted.every((name) => fields[`f:${name}`] !== undefined && proven(desired[name], live[name], fields[`f:${name}`]))
  );
}

/** Items of a list that is merged: `k:{…}` names one by its keys, `v:…` by its value; both keep their order. */
function provenList(desired: any[], live: any[], fields: any): boolean {
  const owned = Object.keys(fields).filter((field) => field !== '.');
  if (owned.length !== desired.length) return false;
  const used = new Set<string>();
  let last = -1;
  for (const item of desired) {
    const field = owned.filter((each) => !used.has(each) && names(each, item));
    if (field.length !== 1) return false;
    used.add(field[0]);
    const at = live.findIndex((each) => names(field[0], each));
    if (at <= last) return false;
    last = at;
    if (field[0].startsWith('k:') && !proven(item, live[at], fields[field[0]])) return false;
  }
  return true;
}

/** A key that the item leaves out may be a default (the protocol of a port): the caller refuses when two items fit. */
function names(field: string, item: any): boolean {
  const value = JSON.parse(field.slice(2));
  if (field.startsWith('v:')) return sameValue(value, item);
  if (!field.startsWith('k:') || typeof item !== 'object' || item === null) return false;
  return Object.keys(value).every((key) => item[key] === undefined || sameValue(value[key], item[key]));
}
