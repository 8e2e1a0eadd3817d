import type { ObjectKey } from '../../src/core/object-key';
import { type Document, placeOf } from '../plan/document';
import { type AcknowledgedFinding, findingText } from './finding-text';
import type { Paint } from './paint';
import { count } from './words';

/** A finding, and the object that it is about. */
export interface ObjectFinding {
  readonly document: Document;
  readonly finding: AcknowledgedFinding;
}

/** Of more findings with one code, so many are shown. */
const MOST = 8;

/** Findings as a part of a plan; those that somebody decided are fine are counted only. */
export function findingsText(findings: readonly ObjectFinding[], paint: Paint): string {
  if (!findings.length) return '';
  const open = findings.filter(({ finding }) => finding.acknowledged === undefined);
  const seen = new Map<string, number>();
  const texts = open.flatMap(({ document, finding }) => {
    const number = (seen.get(finding.code) ?? 0) + 1;
    seen.set(finding.code, number);
    return number > MOST ? [] : [findingText(finding, placeOf(document), paint).replace(/^(?=.)/gm, '  ')];
  });
  const more = [...seen].flatMap(([code, number]) =>
    number > MOST ? [`  and ${number - MOST} more of ${code}; -o json lists them\n`] : [],
  );
  const errors = open.filter(({ finding }) => finding.level === 'error').length;
  const totals = [
    ...(errors ? [count(errors, 'error')] : []),
    ...(errors < open.length ? [count(open.length - errors, 'warning')] : []),
    ...(open.length < findings.length ? [`${findings.length - open.length} acknowledged`] : []),
  ];
  return `${paint.bold('Findings')} (${totals.join(', ')})\n${[...texts, ...more].join('')}`;
}

/** Findings as data, in the shape that `preview` has them in. */
export function findingsData(findings: readonly ObjectFinding[]): (AcknowledgedFinding & { resource: ObjectKey })[] {
  return findings.map(({ document, finding }) => ({ ...finding, resource: document.key }));
}
