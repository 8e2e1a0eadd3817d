import { troubleText } from '../../src/core/private/trouble';
import { type CertificateReport, type CertificateRow, daysFrom } from '../plan/instance/certificate-row';
import { visible } from './error-text';
import type { Paint } from './paint';
import { table } from './table';
import { count } from './words';

const HEAD = ['secret', 'common name', 'authority', 'expires', 'state', 'mounted by (* starts anew)'];

/** The certificates of an instance as a table; below it what is due and why, and what to do. */
export function certificatesText(report: CertificateReport, now: number, width: number, paint: Paint): string {
  const { instance, namespace, certificates, troubles, unread } = report;
  const due = certificates.filter(({ state }) => state !== 'ok');
  const parts = [
    `${paint.bold(`Keys and certificates of ${instance}`)}, in namespace ${namespace} of the host\n`,
    painted(table([HEAD, ...certificates.map((row) => cells(row, now))], { width, indent: 0 }), paint),
    due.length
      ? due.map(({ secret, state, why = '' }) => `${paint.yellow('!')} ${secret}: ${state}: ${why}\n`).join('')
      : '',
    troubles.map((trouble) => `${paint.red('✗')} ${troubleText(trouble)}\n`).join(''),
    unread === undefined ? '' : `${paint.yellow('!')} ${unread}\n`,
    next(due, troubles.length, paint),
  ];
  return visible(parts.filter(Boolean).join('\n'));
}

function cells(row: CertificateRow, now: number): string[] {
  const { secret, kind, commonName, authority, expires, state, mountedBy, restarts = [] } = row;
  return [
    secret,
    commonName ?? `(${kind})`,
    authority ?? (kind === 'authority' ? 'itself' : '-'),
    expires === undefined ? '-' : `${expires.slice(0, 10)}, ${daysFrom(now, expires)}`,
    state,
    mountedBy === undefined
      ? 'not known'
      : mountedBy.map((name) => (restarts.includes(name) ? `${name} *` : name)).join(', ') || '-',
  ];
}

/** States by colour; cells themselves are plain, so that they line up. */
function painted(text: string, paint: Paint): string {
  return text
    .replace(/ (renew due|missing|differs)(?= |$)/gm, (_, state) => ` ${paint.yellow(state)}`)
    .replace(/ expired(?= |$)/gm, ` ${paint.red('expired')}`);
}

function next(due: readonly CertificateRow[], troubles: number, paint: Paint): string {
  if (troubles) return `Needs a person first: docs/certificates.md\n`;
  if (!due.length) return `${paint.green('✓')} nothing is due\n`;
  return `Next: \`cdk8s-karmada instance issue\` (or apply) issues and renews ${count(due.length, 'of them', 'of them')}; an authority it does not: docs/certificates.md\n`;
}
