import { type AcknowledgedFinding, findingText } from './finding-text';
import type { Paint } from './paint';
import { count } from './words';

/** What was said about one object. */
export interface Verdict {
  /** The object and where it stands in the input, in words. */
  readonly at: string;
  /** Nothing of what goes to the host: Karmada is not asked about it. */
  readonly admitted?: boolean;
  /** Karmada has rules for this kind. */
  readonly checked: boolean;
  readonly findings: readonly AcknowledgedFinding[];
}

/** Findings, then the totals. */
export function validateText(verdicts: readonly Verdict[], paint: Paint): string {
  const findings = verdicts.flatMap(({ at, findings }) => findings.map((finding) => findingText(finding, at, paint)));
  return [...findings, ...(findings.length ? ['\n'] : []), `${totals(verdicts, paint)}\n`].join('');
}

function totals(verdicts: readonly Verdict[], paint: Paint): string {
  const asked = verdicts.filter(({ admitted }) => admitted !== undefined);
  const refused = asked.filter(({ admitted }) => !admitted).length;
  const unchecked = verdicts.filter(({ checked }) => !checked).length;
  const ours = verdicts.filter(({ admitted }) => admitted !== false).flatMap(({ findings }) => findings);
  const open = ours.filter(({ acknowledged }) => acknowledged === undefined);
  const errors = open.filter(({ level }) => level === 'error').length;
  const warnings = open.length - errors;
  const parts = [`${asked.length - refused} admitted`];
  if (unchecked) parts[0] += ` (${unchecked} of a kind that Karmada does not check)`;
  if (refused) parts.push(`${refused} refused`);
  if (errors) parts.push(count(errors, 'error'));
  if (warnings) parts.push(count(warnings, 'warning'));
  if (open.length < ours.length) parts.push(`${ours.length - open.length} acknowledged`);
  const glyph = refused ? paint.red('✗') : paint.green('✓');
  return `${glyph} ${count(asked.length, 'object')}: ${parts.join(', ')}`;
}
