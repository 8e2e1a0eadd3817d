import { keyText } from '../../src/core/object-key';
import { place } from '../plan/document';
import { permissionLines } from '../plan/permission';
import {
  type FieldChange,
  type Plan,
  type PlannedObject,
  type PlannedPrune,
  type PlanTotals,
  type Replacement,
  WRITTEN,
} from '../plan/plan';
import { clipped, code, markdownTable, prose, row } from './markdown';
import { MarkdownPage } from './markdown-page';
import type { findingsData } from './plan-findings';
import { conflictText, GLYPHS, needsDecision, valueText } from './plan-text';
import { count } from './words';

/** By this a bot finds the comment that it wrote before. */
const MARK = '<!-- cdk8s-karmada plan -->';
const WHOLE = '`cdk8s-karmada plan -o json` has all of it.';
const MOST_CHARACTERS = 300;

/** The plan as a comment of a pull request: totals, what needs a decision open, the rest folded; never too long for one. */
export function planMarkdown(plan: Plan, instance: string, findings: ReturnType<typeof findingsData> = []): string {
  const servers = plan.planes.map(({ plane, name, url, version, unopened }) => {
    const facts = [name, url, version, unopened].filter(Boolean).join(', ');
    return `${plane}: ${facts ? prose(facts) : 'taken for empty'}`;
  });
  const head = [MARK, `### Plan for ${prose(instance)}`, `**${totalsText(plan.totals)}**`, servers.join('<br>')];
  const page = new MarkdownPage(`${head.join('\n\n')}\n`);
  decisions(page, plan);
  prunes(page, plan);
  for (const { plane } of plan.planes) {
    const changed = plan.objects.filter(
      (each) => each.plane === plane && WRITTEN.includes(each.action) && !needsDecision(each),
    );
    const title = `${plane} (${changed.length})`;
    const table = markdownTable(['', 'object', 'what', 'construct'], []);
    page.add({
      title,
      what: `objects on ${plane}`,
      share: 0.6,
      folded: true,
      head: table,
      items: changed,
      show: objectRow,
    });
  }
  page.add({
    ...{ title: `Keys and certificates (${plan.totals.issue})`, what: 'Secrets to issue', share: 0.5, folded: true },
    items: plan.issues.filter(({ action }) => action !== 'keep'),
    show: ({ action, key, what }) => `- ${action} ${code(keyText(key))}: ${cell(what)}\n`,
  });
  page.add({
    ...{ title: `Restarts (${plan.restarts?.length ?? 0})`, what: 'workloads to restart', share: 0.6, folded: true },
    items: plan.restarts ?? [],
    show: ({ key, why }) => `- ${code(keyText(key))}: ${cell(why)}\n`,
  });
  page.add({
    ...{ title: `Findings (${findings.length})`, what: 'findings', share: 0.7, folded: true },
    items: findings.filter(({ acknowledged }) => acknowledged === undefined),
    show: ({ code: name, level, resource, message }) =>
      `- ${level} ${name}, ${code(keyText(resource))}: ${cell(message)}\n`,
  });
  page.add({
    ...{ title: 'Notes', what: 'notes', share: 0.9, folded: true },
    items: plan.notes,
    show: (note) => `- ${cell(note)}\n`,
  });
  return page.text(WHOLE);
}

function totalsText(totals: PlanTotals): string {
  const { create, update, replace, unchanged, conflict, refused, prune, keep, issue, records } = totals;
  const parts: readonly (readonly [number, string])[] = [
    [create, `${create} create`],
    [update, `${update} update`],
    [replace, `${replace} replace`],
    [conflict, count(conflict, 'conflict')],
    [refused, `${refused} refused`],
    [records, count(records, 'record')],
    [prune, `${prune} prune`],
    [issue, `${issue} issue`],
    [keep, `${keep} kept`],
    [unchanged, `${unchanged} unchanged`],
  ];
  return (
    parts
      .filter(([number]) => number > 0)
      .map(([, text]) => text)
      .join(', ') || 'nothing to do'
  );
}

function decisions(page: MarkdownPage, plan: Plan): void {
  const { lacking = [], planes, objects } = plan;
  page.add({
    ...{ title: 'These credentials may not', what: 'permissions', share: 0.3 },
    items: planes.flatMap(({ plane }) =>
      permissionLines(lacking.filter((each) => each.plane === plane)).map((line) => `${plane}: ${line}`),
    ),
    show: (line) => `- ${prose(line)}\n`,
  });
  page.add({
    ...{ title: 'Needs a decision: apply writes nothing', what: 'conflicts and refusals', share: 0.5 },
    items: objects.filter(needsDecision),
    show: decisionText,
  });
}

function decisionText(object: PlannedObject): string {
  const { plane, key, path, source, conflicts, refusal, action, notes, replacement } = object;
  const lines = [
    ...conflicts.map(conflictText),
    ...(refusal ? [refusal.message] : []),
    ...replacementWords(replacement),
    ...notes,
  ];
  const where = `${prose(path)} (${prose(place(source))})`;
  return `- **${action}** ${code(`${plane}: ${keyText(key)}`)}, ${where}\n${lines.map((line) => `  - ${cell(line)}\n`).join('')}`;
}

function prunes(page: MarkdownPage, { prunes: all }: Plan): void {
  const table = markdownTable(['', 'object', 'why'], []);
  const show = ({ action, plane, key, reason, why, allow, notes }: PlannedPrune) => {
    const words = [reason, ...(why ? [why] : []), ...(allow ? [`it goes with --allow-prune ${allow}`] : []), ...notes];
    return row([action, code(`${plane}: ${keyText(key)}`), words.map(cell).join('<br>')]);
  };
  const going = all.filter(({ action }) => action !== 'keep');
  const title = `No longer in the code, deleted (${going.length})`;
  page.add({ title, what: 'objects to delete', share: 0.5, head: table, items: going, show });
  const kept = all.filter(({ action }) => action === 'keep');
  page.add({
    ...{
      title: `No longer in the code, kept (${kept.length})`,
      what: 'objects that are kept',
      share: 0.3,
      folded: true,
    },
    ...{ head: table, items: kept, show },
  });
}

/** Which fields cannot change, what is lost, and how it is allowed. */
function replacementWords(replacement: Replacement | undefined): string[] {
  if (!replacement) return [];
  const { fields, losses, allow, allowed } = replacement;
  const changes = fields.map(({ path, from, to, why }) => {
    return from === undefined && to === undefined
      ? `${path}: ${why}`
      : `${path}: ${valueText(from)} → ${valueText(to)} (${why})`;
  });
  return [...changes, ...losses, ...(allowed ? [] : [`allow it with --replace ${allow}`])];
}

function objectRow({ action, key, changes, notes, path, replacement }: PlannedObject): string {
  const what = [
    ...(action === 'update' ? changes.map(changeText) : []),
    ...[...replacementWords(replacement), ...notes].map(cell),
  ];
  return row([GLYPHS[action], code(keyText(key)), what.join('<br>'), prose(path)]);
}

function changeText({ path, kind, from, to, masked }: FieldChange): string {
  if (masked) return `${code(path)} (${kind}, value not shown)`;
  const value = (any: unknown) => code(clipped(valueText(any), MOST_CHARACTERS));
  if (kind === 'add') return `${code(path)} + ${value(to)}`;
  if (kind === 'remove') return `${code(path)} - ${value(from)}`;
  return `${code(path)} ${value(from)} → ${value(to)}`;
}

function cell(text: string): string {
  return prose(clipped(text, MOST_CHARACTERS));
}
