import type { Finding } from '../../src/core/finding';
import { visible } from './error-text';
import type { Paint } from './paint';

/** A finding in its parts; `at` says which object, and where it stands in the input. */
export function findingText(finding: Finding, at: string, paint: Paint): string {
  const level = finding.level === 'error' ? paint.red('error') : paint.yellow('warning');
  const lines = [`${level} ${finding.code}: ${finding.message}`];
  lines.push(`  at ${[finding.path, at].filter(Boolean).join(' of ')}`);
  if (finding.fix) lines.push(`  fix: ${finding.fix}`);
  return `${visible(lines.join('\n'))}\n`;
}
