import type { BlastRadius } from '../plan/blast-radius';
import { type Section, sections, totalsLines } from './diff-rows';
import { visible } from './error-text';
import type { Paint } from './paint';
import { table } from './table';

/** Everything that the text of a comparison is made from. */
export interface DiffView {
  readonly radius: BlastRadius;
  /** How the user named the sides. */
  readonly before: string;
  readonly after: string;
  /** Policies of other people were given. */
  readonly othersKnown: boolean;
  readonly width: number;
}

/** Rows of one table that are shown. */
const MOST = 50;

/** The blast radius as a person reads it: totals, then what differs, the worst first. */
export function diffText(view: DiffView, paint: Paint): string {
  const { radius, before, after, othersKnown, width } = view;
  const head = [
    othersKnown ? OTHERS_KNOWN : paint.yellow(OTHERS_UNKNOWN),
    paint.bold(`${before} → ${after}`),
    ...totalsLines(radius),
    ...verdict(radius, paint),
  ];
  const shown = sections(radius).map((section) => sectionText(section, width, paint));
  return visible([`${head.join('\n')}\n`, ...shown].join('\n'));
}

export const OTHERS_KNOWN = "Other people's policies and overrides take part, as given with --existing.";
export const OTHERS_UNKNOWN =
  "Only the policies in the input: other people's on the same Karmada may decide otherwise (--existing).";

function verdict({ maxMoved, totals }: BlastRadius, paint: Paint): string[] {
  if (!maxMoved) return [];
  const { allowed, replicas, exceeded } = maxMoved;
  const limit = allowed.endsWith('%') ? `${allowed}, which is ${replicas}` : allowed;
  return exceeded
    ? [paint.red(`✗ more replicas move than --max-moved allows (${limit}): ${totals.replicas.moved}`)]
    : [paint.green(`✓ no more replicas move than --max-moved allows (${limit})`)];
}

function sectionText({ title, rows }: Section, width: number, paint: Paint): string {
  const more = rows.length - 1 - MOST;
  const rest = more > 0 ? `  and ${more} more: -o json lists them\n` : '';
  return `${paint.bold(title)}\n${table(rows.slice(0, MOST + 1), { width, indent: 2 })}${rest}`;
}
