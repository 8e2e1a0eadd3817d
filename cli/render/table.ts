import Table from 'cli-table3';

const NO_LINES = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((place) => [place, '']),
);

const GAP = 2;
const NARROWEST = 16;

/** How a table is set. */
export interface TableOptions {
  /** Width that it may take; the last column is wrapped to fit. */
  readonly width: number;
  /** Columns before the text. */
  readonly indent: number;
}

/** A table without lines: its first row is the head. Cells are plain text. */
export function table(rows: readonly (readonly string[])[], { width, indent }: TableOptions): string {
  const last = rows[0].length - 1;
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => longestLine(row[i]))) + GAP);
  const before = widths.slice(0, last).reduce((sum, each) => sum + each, 0);
  widths[last] = Math.min(widths[last], Math.max(NARROWEST, width - indent - before)) + GAP;
  const set = new Table({
    chars: NO_LINES as any,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
    colWidths: widths,
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  set.push(...rows.map((row) => [...row]));
  const margin = ' '.repeat(indent);
  return `${set
    .toString()
    .split('\n')
    .map((line) => `${margin}${line}`.trimEnd())
    .join('\n')}\n`;
}

function longestLine(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}
