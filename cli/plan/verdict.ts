import type { ObjectKey } from '../../src/core/object-key';
import { type Answer, answerText, classify, conflictsOf, refusalOf } from './answer';
import { type DesiredObject, PART_OF, type SecretPlace } from './chart-input';
import { fallbacks } from './fallback';
import { fieldChanges } from './field-diff';
import { sameValue } from './field-path';
import { appliedFields, OBJECT_MANAGER, provenUnchanged } from './owned-fields';
import type { Action, FieldChange, FieldConflict, PlannedObject, Refusal, Replacement } from './plan';

/** What will happen to one object. */
export interface Verdict {
  readonly action: Action;
  readonly changes: readonly FieldChange[];
  readonly conflicts: readonly FieldConflict[];
  readonly refusal?: Refusal;
  readonly replacement?: Replacement;
  readonly notes: readonly string[];
  /** ID of the set that it is in, which is none of the input. */
  readonly otherSet?: string;
}

export function create(...notes: string[]): Verdict {
  return { action: 'create', changes: [], conflicts: [], notes };
}

export function refused(refusal: Refusal): Verdict {
  return { action: 'refused', changes: [], conflicts: [], refusal, notes: [] };
}

export function conflict(conflicts: readonly FieldConflict[]): Verdict {
  return { action: 'conflict', changes: [], conflicts, notes: [] };
}

/** The set that an object has to be in: its ID, and those of all charts in the input, between which an object may move. */
export interface Membership {
  readonly id: string;
  readonly siblings: ReadonlySet<string>;
}

/**
 * What the live object alone tells; undefined when only the server's dry-run can. `live`: undefined when there is none.
 */
export function verdictFromLive(object: DesiredObject, live: any, membership: Membership): Verdict | undefined {
  if (live === undefined) return undefined;
  if (object.shared) return { action: 'unchanged', changes: [], conflicts: [], notes: [] };
  if (live.metadata.deletionTimestamp) return create('is being deleted now; it is made anew when it is gone');
  const set = live.metadata.labels?.[PART_OF];
  if (set !== undefined && set !== membership.id && !membership.siblings.has(set)) {
    const path = `metadata.labels["${PART_OF}"]`;
    return { ...conflict([{ path, manager: `${managerOfLabel(live)} (set ${set})` }]), otherSet: set };
  }
  if (set !== membership.id || !provenUnchanged(object.manifest, live, OBJECT_MANAGER)) return undefined;
  return { action: 'unchanged', changes: [], conflicts: [], notes: [] };
}

/** Who says which set an object is in. */
function managerOfLabel(live: any): string {
  const owner = (live.metadata.managedFields ?? []).find(
    (entry: any) => entry.fieldsV1?.['f:metadata']?.['f:labels']?.[`f:${PART_OF}`] !== undefined,
  );
  return owner?.manager ?? 'unknown';
}

/** What the server's dry-run tells. */
export function verdictFromDryRun(object: DesiredObject, live: any, answer: Answer, membership: Membership): Verdict {
  const kind = classify(answer);
  if (kind === 'conflict') return conflict(conflictsOf(answer.body));
  if (kind === 'passing' || kind === 'stale') return unchecked(live, `not checked: ${answerText(object.key, answer)}`);
  if (kind === 'invalid' && takesNoDryRun(answer))
    return unchecked(live, `not checked: ${answerText(object.key, answer)}`);
  if (kind !== 'ok') return refused(refusalOf(object.key, answer));
  if (live === undefined) return create();
  const notes: string[] = [];
  const set = live.metadata.labels?.[PART_OF];
  if (set === undefined && !isOurs(live)) {
    notes.push(`is there already (${managersOf(live)}) and joins the chart; nothing of it is removed`);
  }
  const { metadata } = answer.body;
  const joined = {
    ...answer.body,
    metadata: { ...metadata, labels: { ...metadata.labels, [PART_OF]: membership.id } },
  };
  const changes = fieldChanges(live, joined);
  notes.push(...fallbacks(object.manifest, live, changes));
  const owned = !changes.length && ownershipChanges(live, answer.body);
  if (owned) notes.push('only who owns its fields changes');
  return { action: changes.length || owned ? 'update' : 'unchanged', changes, conflicts: [], notes };
}

/** Fields that the code begins or ceases to name, with the value that they have: a later change of others depends on it. */
function ownershipChanges(live: any, after: any): boolean {
  if (!after.metadata.managedFields) return false;
  const [before, then] = [live, after].map((object) => appliedFields(object, OBJECT_MANAGER)?.fields ?? {});
  return !sameValue(before, then);
}

/** Some old webhooks refuse to be asked what they would do. */
function takesNoDryRun({ status, body }: Answer): boolean {
  return status === 400 && /does not support dry run/.test(String(body?.message));
}

/** The server could not say now what it would do; apply will ask again. */
export function unchecked(live: any, note: string): Verdict {
  return { ...create(note), action: live === undefined ? 'create' : 'update' };
}

/** Why a Secret cannot be compared before its values are read. */
export function secretValuesNote(values: { readonly [key: string]: SecretPlace }): string {
  const places = Object.values(values).map(({ file }) => (file === undefined ? 'environment' : 'file'));
  return `not checked: its values are read when it is applied (from ${[...new Set(places)].sort().join(' and ')})`;
}

function isOurs(live: any): boolean {
  return (live.metadata.managedFields ?? []).some((entry: any) => entry.manager === OBJECT_MANAGER);
}

function managersOf(live: any): string {
  const managers = new Set<string>((live.metadata.managedFields ?? []).map((entry: any) => entry.manager));
  return `fields of ${[...managers].sort().join(', ') || 'unknown managers'}`;
}

/** An object with its verdict, as the plan has it. */
export function planned(
  object: DesiredObject,
  wave: number,
  verdict: Verdict,
  key: ObjectKey = object.key,
): PlannedObject {
  const { plane, chart, path, source } = object;
  const { otherSet: _, ...said } = verdict;
  return { plane, chart, key, wave, path, source, ...said };
}
