import { fieldPath } from './field-path';
import { appliedFields, OBJECT_MANAGER } from './owned-fields';
import type { FieldConflict } from './plan';
import { some } from './prune';
import type { Verdict } from './verdict';

/** Appliers that merge on the client, and forget what left their input as soon as another applier comes. */
const CLIENT_SIDE = /^(kubectl-create|helm)$/;
const MOST = 5;

/** The verdict with what the live object tells about who wrote what, and when. */
export function withOwners(verdict: Verdict, live: any, manifest: any): Verdict {
  if (!live || !['update', 'conflict'].includes(verdict.action)) return verdict;
  const conflicts = verdict.conflicts.map((each) => owned(each, live));
  return {
    ...verdict,
    conflicts,
    notes: [...verdict.notes, ...takeover(live, manifest)],
  };
}

/** When its manager wrote it, through which subresource, and what it is now. */
function owned(conflict: FieldConflict, live: any): FieldConflict {
  const entries = (live.metadata.managedFields ?? []).filter(({ manager }: any) => manager === conflict.manager);
  const last = entries.sort((a: any, b: any) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1)).at(-1);
  const isSecret = live.kind === 'Secret' && live.apiVersion === 'v1';
  const value = isSecret ? undefined : valueAt(live, conflict.path);
  return {
    ...conflict,
    ...(last?.time ? { time: last.time } : {}),
    ...(last?.subresource ? { subresource: last.subresource } : {}),
    ...(value === undefined || typeof value === 'object' ? {} : { live: value }),
  };
}

/** The value at a path as conflicts and changes name it, such as `spec.containers[name="main"].image`. */
export function valueAt(object: any, path: string): unknown {
  let value = object;
  for (const [, name, quoted, item] of path.matchAll(/([^.[\]]+)|\["([^"]*)"\]|\[([^\]]*)\]/g)) {
    if (value === null || typeof value !== 'object') return undefined;
    value = item === undefined ? value[name ?? quoted] : itemOf(value, item);
  }
  return value;
}

function itemOf(list: any, keys: string): any {
  if (!Array.isArray(list)) return undefined;
  if (/^\d+$/.test(keys)) return list[Number(keys)];
  const wanted = [...keys.matchAll(/([^=,]+)=("[^"]*"|[^,]*)/g)].map(([, key, text]) => [key, unquoted(text)]);
  return wanted.length ? list.find((item) => wanted.every(([key, text]) => `${item?.[key]}` === text)) : undefined;
}

function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '');
}

/** What was applied from a client before keeps the fields that the code does not name: nobody else would remove them. */
function takeover(live: any, manifest: any): string[] {
  const entries = (live.metadata.managedFields ?? []).filter(
    ({ manager, operation }: any) => operation === 'Update' && CLIENT_SIDE.test(manager),
  );
  if (appliedFields(live, OBJECT_MANAGER) || !entries.length) return [];
  const [{ manager, time }] = entries;
  const left = [...new Set(entries.flatMap(({ fieldsV1 }: any) => ownedPaths(fieldsV1, manifest)))] as string[];
  const stays = left.length
    ? `; these stay as they are, since the code does not name them: ${some(left.sort(), MOST)}`
    : '';
  return [`"${manager}" applied it${time ? ` on ${time}` : ''} from a client; it is taken over${stays}`];
}

/** Paths that a manager owns, and the manifest does not name. */
export function ownedPaths(fields: any, manifest: any, path = ''): string[] {
  return Object.entries(fields ?? {}).flatMap(([field, inner]: [string, any]) => {
    if (field === '.' || field.startsWith('v:')) return [];
    const named = step(field, manifest, path);
    if (!named || NOT_THEIRS.test(named.path)) return [];
    if (named.value !== undefined && Object.keys(inner).length === 0) return [];
    const below = Object.keys(inner).filter((each) => each !== '.');
    return named.value === undefined && !below.length ? [named.path] : ownedPaths(inner, named.value, named.path);
  });
}

const NOT_THEIRS = /^status(\.|$)/;

function step(field: string, value: any, path: string): { readonly path: string; readonly value: any } | undefined {
  if (field.startsWith('f:')) return { path: fieldPath(path, field.slice(2)), value: value?.[field.slice(2)] };
  if (!field.startsWith('k:')) return undefined;
  const keys = JSON.parse(field.slice(2));
  const isIt = (item: any) => Object.keys(keys).every((key) => item?.[key] === undefined || item[key] === keys[key]);
  const name = Object.entries(keys).map(([key, each]) => `${key}=${each}`);
  return { path: `${path}[${name.join(',')}]`, value: Array.isArray(value) ? value.find(isIt) : undefined };
}
