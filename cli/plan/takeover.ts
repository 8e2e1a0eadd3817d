import { printable } from './answer';
import { sameValue } from './field-path';
import { OBJECT_MANAGER } from './owned-fields';
import { ownedPaths, valueAt } from './ownership';
import type { FieldChange, FieldConflict } from './plan';
import type { Verdict } from './verdict';

/** kubectl's applier that merges on the client. What it set nobody would ever remove, once another applier has come. */
const CLIENT_SIDE = 'kubectl-client-side-apply';
/** Who a server says wrote everything that was there before anybody was recorded, at the first apply of anybody. */
const BEFORE = 'before-first-apply';

/** What of a live object becomes the chart's own. */
export interface Takeover {
  /** Entries of the record of owners that become ours. */
  readonly entries: readonly any[];
  /** Entries that keep what we do not apply: it may be anybody's. */
  readonly shared: readonly any[];
  readonly managers: readonly string[];
}

function oursIn(live: any): any {
  return (live.metadata.managedFields ?? []).find(
    ({ manager, operation, subresource }: any) => manager === OBJECT_MANAGER && operation === 'Apply' && !subresource,
  );
}

/** Is an object taken over with the next apply? Undefined when there is nothing to take, or it was done. */
export function takeoverOf(live: any): Takeover | undefined {
  if (!live || live.metadata.deletionTimestamp) return undefined;
  const ours = oursIn(live);
  const written: any[] = (live.metadata.managedFields ?? []).filter(
    ({ operation, subresource }: any) => operation === 'Update' && !subresource,
  );
  const entries = ours ? [] : written.filter(({ manager }) => manager === CLIENT_SIDE);
  const shared = ours
    ? written.filter(({ manager, fieldsV1 }) => manager === BEFORE && common(fieldsV1, ours.fieldsV1) !== undefined)
    : [];
  if (!entries.length && !shared.length) return undefined;
  const managers = [...new Set<string>([...entries, ...shared].map(({ manager }: any) => manager))];
  return { entries, shared, managers };
}

/** The record of who owns which field, after it. */
export function takenOver(live: any, { entries, shared }: Takeover): any[] {
  const all: any[] = live.metadata.managedFields;
  if (!entries.length) {
    const { fieldsV1: ours } = oursIn(live);
    const left = (entry: any) => ({ ...entry, fieldsV1: without(entry.fieldsV1, ours) });
    return all.map((entry) => (shared.includes(entry) ? left(entry) : entry)).filter(({ fieldsV1 }) => fieldsV1);
  }
  const { apiVersion, time } = entries[entries.length - 1];
  const taken = {
    manager: OBJECT_MANAGER,
    operation: 'Apply',
    apiVersion,
    ...(time ? { time } : {}),
    fieldsType: 'FieldsV1',
    fieldsV1: entries.map(({ fieldsV1 }) => fieldsV1 ?? {}).reduce(united),
  };
  return [...all.filter((entry) => !entries.includes(entry)), taken];
}

function united(one: any, other: any): any {
  const both = { ...one };
  for (const [field, inner] of Object.entries<any>(other))
    both[field] = field in both ? united(both[field], inner) : inner;
  return both;
}

/** Fields that are in both sets; undefined when none is. */
function common(one: any, other: any): any {
  const both: any = {};
  for (const [field, inner] of Object.entries<any>(one ?? {})) {
    if (field === '.' || other?.[field] === undefined) continue;
    const isLeaf = Object.keys(inner).length === 0 || Object.keys(other[field]).length === 0;
    const within = isLeaf ? inner : common(inner, other[field]);
    if (within !== undefined) both[field] = within;
  }
  return Object.keys(both).length ? both : undefined;
}

/** Fields that are in the first set alone; undefined when none is. */
function without(one: any, other: any): any {
  const rest: any = {};
  for (const [field, inner] of Object.entries<any>(one)) {
    if (field === '.') continue;
    if (other?.[field] === undefined) rest[field] = inner;
    else if (Object.keys(inner).length && Object.keys(other[field]).length) {
      const within = without(inner, other[field]);
      if (within !== undefined) rest[field] = within;
    }
  }
  return Object.keys(rest).length ? rest : undefined;
}

/** As one patch of the version that was looked at; of any other it changes nothing. */
export function takeoverPatch(live: any, takeover: Takeover): object[] {
  return [
    { op: 'test', path: '/metadata/resourceVersion', value: live.metadata.resourceVersion },
    { op: 'replace', path: '/metadata/managedFields', value: takenOver(live, takeover) },
  ];
}

/** Conflicts with others than those whose fields are taken over. */
export function conflictsOfOthers(conflicts: readonly FieldConflict[], { managers }: Takeover): FieldConflict[] {
  return conflicts.filter(({ manager }) => !managers.includes(manager));
}

/**
 * The verdict with what the takeover changes: fields that only those appliers own and the code does not name go, or fall
 * back to what the server sets.
 *
 * @param made the object as its server would make it from the code alone; undefined when it does not say
 */
export function withTakeover(verdict: Verdict, live: any, manifest: any, made: any, takeover: Takeover): Verdict {
  const ours = oursIn(live);
  const taken = [
    ...takeover.entries.map(({ fieldsV1 }) => fieldsV1),
    ...takeover.shared.map((each) => common(each.fieldsV1, ours?.fieldsV1)),
  ];
  const those = [...takeover.entries, ...takeover.shared, ours];
  const others = (live.metadata.managedFields ?? []).filter((entry: any) => !those.includes(entry));
  const kept = new Set<string>(others.flatMap(({ fieldsV1 }: any) => ownedPaths(fieldsV1, manifest)));
  const paths = new Set(taken.flatMap((fields) => ownedPaths(fields, manifest)));
  const left = [...paths].filter((path) => !kept.has(path)).sort();
  const notes = [
    ...takeover.entries.slice(0, 1).map(({ manager, time }) => fromClient(manager, time)),
    ...(made || !left.length ? [] : [`not checked which of these go and which its server sets: ${left.join(', ')}`]),
  ];
  const changes = [...verdict.changes, ...(made ? left.flatMap((path) => change(path, live, made)) : [])];
  return { ...verdict, action: 'update', changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)), notes };
}

function fromClient(manager: string, time: string | undefined): string {
  const when = time ? ` on ${time}` : '';
  return `"${printable(manager)}" applied it${when} from a client: what it set is the chart's from now on, and what of it the code does not name goes`;
}

function change(path: string, live: any, made: any): FieldChange[] {
  const [from, to] = [valueAt(live, path), valueAt(made, path)];
  if (from === undefined || sameValue(from, to)) return [];
  const kind = to === undefined ? ('remove' as const) : ('change' as const);
  if (live.kind === 'Secret' && live.apiVersion === 'v1') return [{ path, kind, masked: true }];
  return [{ path, kind, from, ...(to === undefined ? {} : { to }) }];
}
