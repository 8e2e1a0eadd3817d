import type { InstanceRow } from '../plan/instance/instance-row';
import { visible } from './error-text';
import { table } from './table';
import { age } from './words';

/** The instances as a table; a column that says the same of all is left out. */
export function instanceListText(rows: readonly InstanceRow[], width: number, now: number): string {
  if (!rows.length) return 'no instances\n';
  const columns: readonly (readonly [head: string, cell: (row: InstanceRow) => string, isShown?: boolean])[] = [
    ['NAME', ({ instanceName }) => instanceName],
    ['ALIAS', ({ alias }) => alias ?? '-', rows.some(({ alias }) => alias)],
    ['VIRTUAL CLUSTER', ({ virtualClusterName }) => virtualClusterName],
    ['VERSION', ({ version }) => version || '-'],
    ['NAMESPACE', ({ namespace }) => namespace],
    ['HOST', ({ host }) => host, new Set(rows.map(({ host }) => host)).size > 1],
    ['ON DELETE', ({ deletion }) => deletion],
    ['IN CODE', ({ inCode }) => (inCode ? 'yes' : 'no'), rows.some(({ inCode }) => inCode !== undefined)],
    ['AGE', ({ created }) => (created ? age(created, now) : '-')],
    ['STATE', ({ state }) => state],
  ];
  const shown = columns.filter(([, , isShown = true]) => isShown);
  const cells = [shown.map(([head]) => head), ...rows.map((row) => shown.map(([, cell]) => cell(row)))];
  return visible(table(cells, { width, indent: 0 }));
}
