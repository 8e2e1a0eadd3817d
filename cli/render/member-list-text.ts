import type { MemberRow } from '../plan/joining/member-row';
import { visible } from './error-text';
import { table } from './table';
import { age } from './words';

const HEADS = ['NAME', 'MODE', 'READY', 'VERSION', 'PROVIDER', 'REGION', 'ZONES', 'CODE', 'AGE', 'TAINTS'];
const READY: { readonly [status: string]: string } = { True: 'yes', False: 'no', Unknown: 'unknown' };

/** The members as a table. */
export function memberListText(rows: readonly MemberRow[], width: number, now: number): string {
  if (!rows.length) return 'no member clusters\n';
  return visible(table([HEADS, ...rows.map((row) => cells(row, now))], { width, indent: 0 }));
}

function cells(row: MemberRow, now: number): string[] {
  const { name, mode, version, provider, region, zones, cordoned, taints, inCode, created } = row;
  const cells = [
    name,
    mode.toLowerCase(),
    readyText(row),
    version ?? '',
    provider,
    region,
    zones.join('\n'),
    inCode ? 'yes' : 'no',
    created ? age(created, now) : '',
    [...(cordoned ? ['cordoned'] : []), ...taints].join('\n'),
  ];
  return cells.map((cell) => cell || '-');
}

function readyText({ ready, reason, leaving }: MemberRow): string {
  if (leaving) return 'leaving';
  if (ready === null) return '';
  const word = READY[ready] ?? ready;
  return reason ? `${word} (${reason})` : word;
}
