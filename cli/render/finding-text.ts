import type { Finding } from '../../src/core/finding';
import { visible } from './error-text';
import type { Paint } from './paint';

/** A finding, with the reason when somebody decided that it is fine. */
export type AcknowledgedFinding = Finding & { readonly acknowledged?: string };

/** A finding in its parts; `at` says which object, and where it stands in the input. */
export function findingText(finding: AcknowledgedFinding, at: string, paint: Paint): string {
  const { code, message, path, fix, acknowledged } = finding;
  const lines = [`${levelText(finding, paint)} ${code}: ${message}`];
  lines.push(`  at ${[path, at].filter(Boolean).join(' of ')}`);
  if (acknowledged !== undefined) lines.push(`  reason: ${acknowledged}`);
  else if (fix) lines.push(`  fix: ${fix}`);
  lines.push(`  see: docs/findings.md#${code.toLowerCase()}`);
  return `${visible(lines.join('\n'))}\n`;
}

function levelText({ level, acknowledged }: AcknowledgedFinding, paint: Paint): string {
  if (acknowledged !== undefined) return paint.dim('acknowledged');
  return level === 'error' ? paint.red('error') : paint.yellow('warning');
}
