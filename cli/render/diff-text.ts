import { type DiffView, limitText, type Section, sections, totalsLines } from './diff-rows';
import { visible } from './error-text';
import type { Paint } from './paint';
import { certainty } from './preview-view';
import { table } from './table';

/** Rows of one table that are shown. */
const MOST = 50;

/** The blast radius as a person reads it: totals, then what differs, the worst first. */
export function diffText(view: DiffView, width: number, paint: Paint): string {
  const { radius, before, after, othersKnown } = view;
  const sure = certainty(view);
  const limit = radius.maxMoved && limitText(radius.maxMoved, radius);
  const head = [
    othersKnown ? sure : paint.yellow(sure),
    paint.bold(`${before} → ${after}`),
    ...totalsLines(radius),
    ...(limit ? [radius.maxMoved?.exceeded ? paint.red(limit) : paint.green(limit)] : []),
  ];
  const shown = sections(radius).map((section) => sectionText(section, width, paint));
  return visible([`${head.join('\n')}\n`, ...shown].join('\n'));
}

function sectionText({ title, rows }: Section, width: number, paint: Paint): string {
  const more = rows.length - 1 - MOST;
  const rest = more > 0 ? `  and ${more} more: -o json lists them\n` : '';
  return `${paint.bold(title)}\n${table(rows.slice(0, MOST + 1), { width, indent: 2 })}${rest}`;
}
