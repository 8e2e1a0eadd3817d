import type { PageTable } from '../page-data';
import { h } from './dom';

/** Tables about all resources together, each with its heading. */
export function tables(all: readonly PageTable[]): HTMLElement[] {
  return all.map(({ title, head, rows }, index) => {
    const heads = head.map((text) => h('th', { scope: 'col' }, text.toLowerCase()));
    const lines = rows.map(([first, ...cells]) =>
      h('tr', {}, h('th', { scope: 'row' }, first), ...cells.map((cell) => h('td', {}, cell))),
    );
    const table = h('table', {}, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...lines));
    const id = `table-${index}`;
    return h('section', { class: 'listed', 'aria-labelledby': id }, h('h2', { id }, title), h('div', {}, table));
  });
}
