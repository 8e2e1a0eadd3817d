/** One line of a table of placements. */
export type Row = readonly string[];

/** Rows under their heads, each column as wide as its widest cell: what a failing test shows. */
export function placementTable(rows: readonly Row[]): string {
  const all: readonly Row[] = [['CLUSTER', 'REPLICAS', 'IMAGE, OR WHY NOT'], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ')}`.trimEnd())
    .join('\n');
}
