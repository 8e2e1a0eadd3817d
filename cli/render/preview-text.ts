import { keyText } from '../../src/core/object-key';
import { visible } from './error-text';
import { findingText } from './finding-text';
import type { Paint } from './paint';
import type { Outcome, PreviewedResource, PreviewReport } from './preview-report';
import { collisionRows, shortageRows } from './preview-sections';
import { capacityTime, certainty, changes, images, type PreviewView, shares, sorted, totals } from './preview-view';
import { table } from './table';
import { count, firsts } from './words';

/** More resources than these get a line each in place of a table. */
const MOST_TABLES = 100;
/** Rows of the tables that are about all resources. */
const MOST_ROWS = 50;

/** The preview as a person reads it: how sure it is, totals, a table for each resource, the rest in lists. */
export function previewText(view: PreviewView, width: number, paint: Paint): string {
  const { report } = view;
  const { placed, loose } = sorted(report);
  const sure = view.othersKnown ? certainty(view) : paint.yellow(certainty(view));
  const parts = [
    `${[sure, view.unrendered, capacityTime(report), totals(view)].filter(Boolean).join('\n')}\n`,
    ...(placed.length > MOST_TABLES
      ? [lines(placed, paint)]
      : placed.map((resource) => resourceText(resource, view, width, paint))),
    section('Does not fit', shortageRows(report), width, paint),
    section('Selected by several policies', collisionRows(report), width, paint),
    loose.length ? `${paint.bold('Claimed by no policy')} (stays on Karmada)\n${names(loose)}` : '',
    report.unsupported.length ? unsupportedText(report, paint) : '',
    findingsText(report, paint),
  ];
  return visible(parts.filter(Boolean).join('\n'));
}

/** The findings; of many of one code the first. */
function findingsText({ findings }: PreviewReport, paint: Paint): string {
  const counts = new Map<string, number>();
  const texts = findings.map((finding) => {
    const seen = (counts.get(finding.code) ?? 0) + 1;
    counts.set(finding.code, seen);
    return seen > MOST_ROWS ? '' : findingText(finding, finding.resource ? keyText(finding.resource) : '', paint);
  });
  const more = [...counts].filter(([, seen]) => seen > MOST_ROWS);
  return `${texts.join('')}${more.map(([code, seen]) => `and ${seen - MOST_ROWS} more of ${code}: -o json lists them\n`).join('')}`;
}

/** A table with its title; nothing where it has no row. */
function section(title: string, rows: readonly (readonly string[])[], width: number, paint: Paint): string {
  if (rows.length === 0) return '';
  const more = rows.length - 1 - MOST_ROWS;
  const rest = more > 0 ? `  and ${more} more: -o json lists them\n` : '';
  return `${paint.bold(title)}\n${table(rows.slice(0, MOST_ROWS + 1), { width, indent: 2 })}${rest}`;
}

/** A line for each resource, those that are not scheduled first. */
function lines(placed: readonly PreviewedResource[], paint: Paint): string {
  const failed = placed.filter(({ scheduled }) => scheduled === false);
  const all = [...failed, ...placed.filter((resource) => !failed.includes(resource))];
  const head = `A line each, for more than ${MOST_TABLES} resources; images, and why not elsewhere: -o html\n`;
  return `${head}${all.map((resource) => lineOf(resource, paint)).join('')}`;
}

function lineOf({ resource, scheduled, reason, message, outcomes }: PreviewedResource, paint: Paint): string {
  const name = paint.bold(keyText(resource));
  if (scheduled === false) return `  ${name}   ${paint.red('✗ not scheduled')}  ${reason}: ${message}\n`;
  return `  ${name}   ${outcomes.map(outcomeText).join(paint.yellow(' or, by its UID, '))}\n`;
}

function resourceText(resource: PreviewedResource, view: PreviewView, width: number, paint: Paint): string {
  const { policy, replicas, scheduled, reason, message, outcomes, affinity, asOf } = resource;
  const facts = [
    ...(replicas ? [count(replicas, 'replica')] : []),
    ...(policy ? [`by ${keyText({ apiVersion: '', ...policy })}`] : []),
    ...(affinity ? [`affinity group ${affinity}`] : []),
    ...(asOf === undefined ? [] : [asOf === null ? 'by free capacity' : `as of ${asOf}`]),
  ];
  const lines = [`${paint.bold(keyText(resource.resource))}   ${facts.join('   ')}`.trimEnd()];
  if (scheduled === false) lines.push(`  ${paint.red('✗ not scheduled')}  ${reason}: ${message}`);
  for (const parent of outcomes[0]?.requiredBy ?? [])
    lines.push(`  goes where ${parent.namespace}/${parent.name} goes`);
  if (outcomes.length > 1) {
    lines.push(
      `  ${paint.yellow('tie')}: Karmada decides by the object's UID, which is not known yet; either one column or the other`,
    );
  }
  return `${lines.join('\n')}\n${clusterTable(resource, view, width)}`;
}

function clusterTable(resource: PreviewedResource, view: PreviewView, width: number): string {
  const { outcomes, scheduled } = resource;
  const shown: readonly (Outcome | undefined)[] = outcomes.length ? outcomes : [undefined];
  const placements = shown.map(shares);
  const heads = shown.length > 1 ? ['EITHER', 'OR'] : ['REPLICAS'];
  const rows = view.clusters.map((cluster) => {
    const cells = placements.map((placement) => cell(placement.get(cluster)));
    const at = shown.findIndex((outcome) => outcome?.rendered[cluster]);
    const manifests = shown[at]?.rendered[cluster] ?? [];
    const notes = cells.some((text) => text !== NOTHING)
      ? [...changes(resource, cluster, at, view), ...(shown[at]?.suspended?.includes(cluster) ? ['suspended'] : [])]
      : [view.whyNot(resource, cluster) ?? (scheduled === false ? '' : 'not chosen')];
    return [cluster, ...cells, manifests.flatMap(images).join('\n') || NOTHING, notes.join('\n')];
  });
  const all = [['CLUSTER', ...heads, 'IMAGE', 'OVERRIDDEN, OR WHY NOT'], ...rows];
  // no image anywhere: a column of nothing says nothing
  const column = heads.length + 1;
  const bare = rows.every((row) => row[column] === NOTHING);
  return table(bare ? all.map((row) => row.filter((_, i) => i !== column)) : all, { width, indent: 2 });
}

const NOTHING = '-';

function cell(replicas: number | undefined): string {
  return replicas === undefined ? NOTHING : replicas === 0 ? 'yes' : String(replicas);
}

/** Where things go, in a line: `berlin 3, virginia 6`. */
function outcomeText(outcome: Outcome): string {
  const all = [...shares(outcome)].map(([name, replicas]) => (replicas ? `${name} ${replicas}` : name));
  return firsts(all, 12) || 'nowhere';
}

function names(resources: readonly PreviewedResource[]): string {
  const all = resources.map(({ resource }) => keyText(resource));
  return `  ${firsts(all, 50)}\n`;
}

function unsupportedText({ unsupported }: PreviewReport, paint: Paint): string {
  const lines = unsupported.slice(0, MOST_ROWS).map(({ resource, what }) => `  ${keyText(resource)}: ${what}\n`);
  const more = unsupported.length - MOST_ROWS;
  if (more > 0) lines.push(`  and ${more} more: -o json lists them\n`);
  return `${paint.bold('Not decided here')} (Karmada knows a rule that this release does not)\n${lines.join('')}`;
}
