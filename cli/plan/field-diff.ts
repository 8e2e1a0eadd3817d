import { fieldPath, sameValue } from './field-path';
import type { FieldChange } from './plan';

/** What a server writes into every object and nobody decides on. */
const SERVER_FIELDS = ['managedFields', 'resourceVersion', 'generation', 'creationTimestamp', 'uid', 'selfLink'];

/** The fields in which two states of one object differ, sorted by path; without what only a server writes. */
export function fieldChanges(before: any, after: any): FieldChange[] {
  const secret = after?.kind === 'Secret' && after?.apiVersion === 'v1';
  const changes: FieldChange[] = [];
  compare('', strip(before), strip(after), changes);
  const shown = secret ? changes.map(masked) : changes;
  return shown.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function strip(object: any): any {
  const { status: _status, metadata, ...rest } = object ?? {};
  const kept = Object.fromEntries(Object.entries(metadata ?? {}).filter(([name]) => !SERVER_FIELDS.includes(name)));
  return { ...rest, metadata: kept };
}

/** Of a Secret only names may be seen: neither values nor what they replace, also not as a whole map or an annotation. */
function masked(change: FieldChange): FieldChange {
  const open = change.path === 'type' || change.path === 'immutable' || change.path.startsWith('metadata.labels');
  return open ? change : { path: change.path, kind: change.kind, masked: true };
}

function compare(path: string, before: any, after: any, changes: FieldChange[]): void {
  if (sameValue(before, after)) return;
  if (before === undefined) add(path, after, changes);
  else if (after === undefined) changes.push({ path, kind: 'remove', from: before });
  else if (isMap(before) && isMap(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(fieldPath(path, name), before[name], after[name], changes);
    }
  } else if (isNamed(before) && isNamed(after)) {
    const names = new Set([...before, ...after].map((item: any) => item.name));
    for (const name of names) {
      const [from, to] = [before, after].map((list) => list.find((item: any) => item.name === name));
      compare(`${path}[name=${name}]`, from, to, changes);
    }
    if (changes.every((change) => !change.path.startsWith(`${path}[`))) changes.push(orderChange(path, before, after));
  } else if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    before.forEach((item, i) => {
      compare(`${path}[${i}]`, item, after[i], changes);
    });
  } else changes.push({ path, kind: 'change', from: before, to: after });
}

/** A new map is shown field by field at its top, so that a label that comes with others is still its own line. */
function add(path: string, after: any, changes: FieldChange[]): void {
  if (/^(metadata\.(labels|annotations)|data|stringData)$/.test(path) && isMap(after)) {
    for (const name of Object.keys(after)) changes.push({ path: fieldPath(path, name), kind: 'add', to: after[name] });
  } else changes.push({ path, kind: 'add', to: after });
}

function orderChange(path: string, before: any[], after: any[]): FieldChange {
  const names = (list: any[]) => list.map((item) => item.name);
  return { path: `${path} (order)`, kind: 'change', from: names(before), to: names(after) };
}

function isMap(value: any): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of things that have names, each another one. */
function isNamed(value: any): value is any[] {
  if (!Array.isArray(value) || !value.length || !value.every((item) => typeof item?.name === 'string')) return false;
  return new Set(value.map((item) => item.name)).size === value.length;
}
