import { keyText, type ObjectKey } from '../../src/core/object-key';
import { permissionLines } from '../plan/permission';
import {
  type Action,
  type FieldChange,
  type FieldConflict,
  type Plan,
  type PlannedObject,
  type PlannedPlane,
  type PlannedSet,
  type Replacement,
  WRITTEN,
} from '../plan/plan';
import { visible } from './error-text';
import type { Paint } from './paint';
import { PLAN_WORDS, prunesText } from './prune-text';
import { count } from './words';

/** One glyph and one word for what happens. */
export const GLYPHS = {
  create: '+',
  update: '~',
  replace: '±',
  unchanged: '=',
  conflict: '!',
  refused: '✗',
  issue: '*',
  prune: '-',
  keep: '.',
};

/** More new objects of one kind in a row are one line. */
const LONGEST_RUN = 8;
/** A note that so many objects share is said once. */
const COMMON = 4;
/** Width of the names, and of the words after them. */
const NAMES = 56;
const WORDS = 96;
const LONGEST_VALUE = 60;
/** Fields of a replacement that are listed. */
const MOST_FIELDS = 10;

/**
 * The plan as a person reads it: totals, what needs a decision, then each server in the order of sending.
 *
 * @param findings what else there is to say about the objects, as text
 */
export function planText(plan: Plan, instance: string, paint: Paint, findings = '', words = PLAN_WORDS): string {
  const totals = totalsText(plan, paint);
  const parts = [
    `${words.title} instance "${instance}"\n`,
    plan.planes.map((plane) => planeText(plane)).join(''),
    `  ${totals}\n`,
    lackingText(plan, paint),
    decisions(plan, paint),
    prunesText(plan, words, paint),
    ...plan.planes.flatMap(({ plane }) => [
      routine(plan, plane, paint),
      ...(plane === 'host' ? [pki(plan, paint)] : []),
    ]),
    plan.notes.length ? `Notes\n${plan.notes.map((note) => `  ${note}\n`).join('')}` : '',
    findings,
  ];
  const text = parts.filter(Boolean).join('\n');
  return visible(`${text}\n${totals}\n`);
}

function planeText({ plane, name, url, version, unopened }: PlannedPlane): string {
  const facts = [name, url, version, unopened].filter(Boolean).join('   ');
  return `  ${plane.padEnd(7)}  ${facts || 'taken for empty; nothing was asked'}\n`;
}

function totalsText({ totals, sets }: Plan, paint: Paint): string {
  const { create, update, replace, unchanged, conflict, refused, records, issue, prune, withdraw, keep } = totals;
  const ended = sets.filter(({ action }) => action === 'delete').length;
  const parts = [
    [create, paint.green(`${GLYPHS.create} ${create} create`)],
    [update, paint.yellow(`${GLYPHS.update} ${update} update`)],
    [replace, paint.red(`${GLYPHS.replace} ${replace} replace`)],
    [conflict, paint.red(`${GLYPHS.conflict} ${count(conflict, 'conflict')}`)],
    [refused, paint.red(`${GLYPHS.refused} ${refused} refused`)],
    [records - ended, paint.green(`${GLYPHS.create} ${count(records - ended, 'record')}`)],
    [ended, paint.red(`${GLYPHS.prune} ${count(ended, 'record')}`)],
    [prune, paint.red(`${GLYPHS.prune} ${prune} prune`)],
    [withdraw, paint.yellow(`${GLYPHS.prune} ${withdraw} withdraw`)],
    [issue, paint.green(`${GLYPHS.issue} ${issue} issue`)],
    [keep, paint.dim(`${GLYPHS.keep} ${keep} kept`)],
    [unchanged, paint.dim(`${GLYPHS.unchanged} ${unchanged} unchanged`)],
  ] as const;
  const shown = parts.filter(([number]) => number > 0).map(([, text]) => text);
  return shown.length ? shown.join('   ') : 'nothing to do';
}

function decisions({ objects }: Plan, paint: Paint): string {
  const needed = objects.filter(needsDecision);
  if (!needed.length) return '';
  const lines = needed.flatMap((object) => [
    objectLine(object, paint, true),
    ...object.conflicts.map((each) => `      ${conflictText(each)}`),
    ...(object.replacement ? replacementLines(object.replacement, paint) : []),
    ...object.notes.map((note) => `      ${note}`),
    ...(object.refusal ? indented(object.refusal.message) : []),
    `      fix: ${fixOf(object)}`,
  ]);
  return `${paint.bold('Needs a decision: apply writes nothing')}\n${lines.join('\n')}\n`;
}

/** Does a person have to say what becomes of it, before anything is written? */
export function needsDecision({ action, replacement }: PlannedObject): boolean {
  return action === 'conflict' || action === 'refused' || (replacement !== undefined && !replacement.allowed);
}

function fixOf({ action, replacement, source }: PlannedObject): string {
  if (replacement) return `allow it with --replace ${replacement.allow}`;
  if (action === 'conflict') return 'leave these fields out of the code, or have the other manager let go of them';
  return `correct the object (${source.file}, document ${source.document})`;
}

/** Which fields cannot change, and what is lost. */
function replacementLines({ fields, losses }: Replacement, paint: Paint): string[] {
  const shown = fields.slice(0, MOST_FIELDS).map((field) => {
    const { path, why, from, to, masked } = field;
    if (masked || (from === undefined && to === undefined)) return `      ${path}   ${why}`;
    return `      ${path}  ${paint.red(valueText(from))} → ${paint.green(valueText(to))}   ${why}`;
  });
  const more = fields.length - shown.length;
  return [...shown, ...(more > 0 ? [`      and ${more} more fields`] : []), ...losses.map((each) => `      ${each}`)];
}

/** Who set a field to what, when, and how. */
export function conflictText({ path, manager, live, subresource, time }: FieldConflict): string {
  const value = live === undefined ? 'something else' : valueText(live);
  return `${path} is set to ${value} by "${manager}"${subresource ? ` through ${subresource}` : ''}${time ? `, ${time}` : ''}`;
}

function lackingText({ lacking = [], planes }: Plan, paint: Paint): string {
  const lines = planes.flatMap(({ plane }) =>
    permissionLines(lacking.filter((each) => each.plane === plane)).map((line) => `  ${plane}: ${line}`),
  );
  if (!lines.length) return '';
  return `${paint.bold('These credentials may not')} (apply writes nothing; plan --rbac prints the roles)\n${lines.join('\n')}\n`;
}

function routine(plan: Plan, plane: string, paint: Paint): string {
  const here = plan.objects.filter((object) => object.plane === plane);
  const changed = here.filter((object) => WRITTEN.includes(object.action) && !needsDecision(object));
  const sets = plan.sets.filter((set) => set.plane === plane && set.action !== 'unchanged');
  if (!changed.length && !sets.length) return '';
  const records = sets.map((set) => recordLine(set, paint));
  const common = commonNotes(changed);
  const plain = changed.map((object) => ({ ...object, notes: object.notes.filter((note) => !common.has(note)) }));
  const lines = runsOf(plain).flatMap((run) => (run.length > LONGEST_RUN ? [runLine(run, paint)] : each(run, paint)));
  const said = [...common].map(([note, objects]) => `    of ${count(objects, 'object')}: ${note}`);
  return `${paint.bold(plane)}\n${[...records, ...lines, ...said].join('\n')}\n`;
}

function recordLine({ action, key, chart }: PlannedSet, paint: Paint): string {
  if (action !== 'delete') return line(action, keyText(key), `record of ${chart}`, paint);
  return `  ${paint.red(`${GLYPHS.prune} delete`)}  ${keyText(key).padEnd(NAMES)}  ${paint.dim(`record of ${chart}, last`)}`;
}

/** What would be said of many objects is said once: the note, and of how many. */
function commonNotes(objects: readonly PlannedObject[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const note of objects.flatMap(({ notes }) => notes)) counts.set(note, (counts.get(note) ?? 0) + 1);
  return new Map([...counts].filter(([, objects]) => objects >= COMMON));
}

/** Neighbours of one kind that are all made anew stand together; everything else is alone. */
function runsOf(objects: readonly PlannedObject[]): PlannedObject[][] {
  const runs: PlannedObject[][] = [];
  for (const object of objects) {
    const run = runs[runs.length - 1];
    const alike = run && [run[0], object].every(({ action, notes }) => action === 'create' && !notes.length);
    if (alike && run[0].key.kind === object.key.kind) run.push(object);
    else runs.push([object]);
  }
  return runs;
}

function runLine(run: readonly PlannedObject[], paint: Paint): string {
  const what = `${run.length} of kind ${run[0].key.kind}`;
  return line('create', what, `${run[0].key.name} to ${run[run.length - 1].key.name}; -o json lists them`, paint);
}

function each(run: readonly PlannedObject[], paint: Paint): string[] {
  return run.flatMap((object) => [objectLine(object, paint, false), ...details(object, paint)]);
}

function objectLine(object: PlannedObject, paint: Paint, withPlane: boolean): string {
  const name = keyText(object.key);
  return line(object.action, withPlane ? `${object.plane}: ${name}` : name, object.path, paint);
}

function line(action: Action, name: string, path: string, paint: Paint): string {
  const colours = {
    create: paint.green,
    update: paint.yellow,
    replace: paint.red,
    unchanged: paint.dim,
    conflict: paint.red,
    refused: paint.red,
  };
  return `  ${colours[action](`${GLYPHS[action]} ${action.padEnd(action === 'refused' ? 8 : 0)}`)}  ${name.padEnd(NAMES)}  ${paint.dim(path)}`.trimEnd();
}

function details({ action, changes, notes, replacement }: PlannedObject, paint: Paint): string[] {
  const fields = action === 'update' ? changes.flatMap((change) => fieldLines(change, paint)) : [];
  if (replacement) fields.push(...replacementLines(replacement, paint));
  return [...fields, ...notes.map((note) => `      ${note}`)];
}

function fieldLines({ path, kind, from, to, masked }: FieldChange, paint: Paint): string[] {
  if (masked) return [`      ${path}  (${kind}, value not shown)`];
  if (kind === 'add') return [`      ${path}  ${paint.green(`+ ${valueText(to)}`)}`];
  if (kind === 'remove') return [`      ${path}  ${paint.red(`- ${valueText(from)}`)}`];
  return [`      ${path}  ${paint.red(valueText(from))} → ${paint.green(valueText(to))}`];
}

export function valueText(any: unknown): string {
  const text = JSON.stringify(any) ?? 'nothing';
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

/** What is issued, and what starts anew for it. */
export function pki(
  { issues, restarts = [] }: Pick<Plan, 'issues' | 'restarts'>,
  paint: Paint,
  when = 'made while applying, kept on the host only',
): string {
  const due = issues.filter(({ action }) => action !== 'keep');
  if (!due.length && !restarts.length) return '';
  const entry = (word: string, key: ObjectKey, words: string) => [
    `  ${word}  ${keyText(key)}`,
    ...wrapped(words).map((text) => `      ${paint.dim(text)}`),
  ];
  const lines = [
    ...due.flatMap(({ key, action, what }) =>
      entry(paint.green(`${GLYPHS.issue} ${action.padEnd(6)}`), key, what.replace(/; it is missing$/, '')),
    ),
    ...restarts.flatMap(({ key, why }) => entry(paint.yellow(`${GLYPHS.update} restart`), key, why)),
  ];
  return `${paint.bold('Keys and certificates')} (${when})\n${lines.join('\n')}\n`;
}

/** Lines of at most so many characters, broken between words. */
function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length >= WORDS) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

function indented(text: string): string[] {
  return text.split('\n').map((each) => `      ${each}`);
}
