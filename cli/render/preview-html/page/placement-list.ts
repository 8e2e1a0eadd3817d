import { cellOf } from './cell';
import { count, h } from './dom';
import type { Model, Row } from './model';

/** A resource on all clusters: those that get it, and why the others do not. */
export function byCluster(model: Model, row: Row, open: (cluster: number) => void): HTMLElement[] {
  const there: number[] = [];
  const reasons = new Map<string, number[]>();
  for (const cluster of model.clusters.keys()) {
    if (row.outcomes.some((placement) => placement.has(cluster))) there.push(cluster);
    else {
      const why = model.reason(row.resource, cluster) ?? 'why is not in this page';
      reasons.set(why, [...(reasons.get(why) ?? []), cluster]);
    }
  }
  return [
    ...(there.length ? [placed(model, row, there, open)] : []),
    ...(reasons.size ? [elsewhere(model, reasons)] : []),
  ];
}

function placed(model: Model, row: Row, there: readonly number[], open: (cluster: number) => void): HTMLElement {
  const lines = there.map((cluster) => {
    const { name, region } = model.clusters[cluster];
    const { text, marks } = cellOf(row, { name, region, members: [cluster] });
    const button = h('button', { type: 'button', class: 'link', onclick: () => open(cluster) }, name);
    const noted = marks.map((mark) => (mark === 'tie' ? 'two outcomes' : mark)).join(', ');
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, button),
      h('td', {}, region),
      h('td', { class: 'number' }, text),
      h('td', {}, noted),
    );
  });
  const heads = ['Cluster', 'Region', 'Replicas', ''].map((head) => (head ? h('th', { scope: 'col' }, head) : h('td')));
  return h(
    'table',
    { class: 'placed' },
    h('caption', {}, `On ${count(there.length, 'cluster')}`),
    h('thead', {}, h('tr', {}, ...heads)),
    h('tbody', {}, ...lines),
  );
}

function elsewhere(model: Model, reasons: ReadonlyMap<string, readonly number[]>): HTMLElement {
  const items = [...reasons].map(([why, clusters]) =>
    h(
      'li',
      {},
      h('b', {}, count(clusters.length, 'cluster')),
      `: ${why} `,
      h('span', { class: 'names' }, clusters.map((cluster) => model.clusters[cluster].name).join(', ')),
    ),
  );
  return h('div', { class: 'elsewhere' }, h('h3', {}, 'Why not elsewhere'), h('ul', {}, ...items));
}
