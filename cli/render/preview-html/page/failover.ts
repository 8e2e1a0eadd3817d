import type { PageFailover } from '../page-data';
import { h } from './dom';

/** What happens when a cluster is lost, step by step: a part that folds for each way that it goes. */
export function failover({ title, head, ways }: PageFailover): HTMLElement {
  const parts = ways.map(({ lost, end, tone, steps }) => {
    const heads = head.map((text) => h('th', { scope: 'col' }, text.toLowerCase()));
    const lines = steps.map(({ after, what, because }) =>
      h(
        'tr',
        {},
        h('th', { scope: 'row' }, after),
        h('td', {}, h('p', {}, what), h('p', { class: 'because' }, because)),
      ),
    );
    const table = h('table', {}, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...lines));
    const summary = h('summary', {}, `${lost}: `, h('b', { class: tone }, end));
    return h('details', { class: 'listed', open: true }, summary, h('div', {}, table));
  });
  const heading = h('h2', { id: 'failover-title' }, title);
  return h('section', { id: 'failover', class: 'failover', 'aria-labelledby': 'failover-title' }, heading, ...parts);
}
