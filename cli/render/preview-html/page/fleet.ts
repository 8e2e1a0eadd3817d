import type { PageCluster } from '../page-data';
import { count, h } from './dom';
import type { Model } from './model';

interface Load {
  resources: number;
  replicas: number;
}

/** The clusters by region, with what they get in all. */
export function fleet(model: Model, choose: (cluster: string) => void): HTMLElement[] {
  const loads = model.clusters.map((): Load => ({ resources: 0, replicas: 0 }));
  for (const { outcomes } of model.rows) {
    for (const [cluster, replicas] of outcomes[0] ?? []) {
      loads[cluster].resources += 1;
      loads[cluster].replicas += replicas;
    }
  }
  const most = Math.max(1, ...loads.map(({ replicas }) => replicas));
  return [...model.regions].map(([region, members]) => {
    const total = members.reduce((sum, member) => sum + loads[member].replicas, 0);
    const providers = [...new Set(members.map((member) => model.clusters[member].provider).filter(Boolean))];
    const facts = [...providers, count(members.length, 'cluster'), count(total, 'replica')].join(' · ');
    return h(
      'article',
      { class: 'card', 'aria-label': `Region ${region}` },
      h('h3', {}, region),
      h('p', { class: 'facts' }, facts),
      h(
        'ul',
        {},
        ...members.map((member) => h('li', {}, cluster(model.clusters[member], loads[member], most, choose))),
      ),
    );
  });
}

function cluster(
  { name, zones, taints, notes, used }: PageCluster,
  { resources, replicas }: Load,
  most: number,
  choose: (cluster: string) => void,
): HTMLElement {
  const use = Object.entries(used).map(([resource, percent]) => `${resource} ${percent}%`);
  const marks = [...notes, ...taints.map((taint) => `taint ${taint}`)];
  const tags = [...notes.map((note) => note.split(';')[0]), ...(taints.length ? ['tainted'] : [])];
  const title = [...zones, ...(use.length ? [`in use with this input: ${use.join(', ')}`] : []), ...marks].join('\n');
  const bar = h('span', { class: 'bar', 'aria-hidden': 'true' });
  bar.style.setProperty('--part', (replicas / most).toFixed(3));
  return h(
    'button',
    {
      type: 'button',
      class: resources ? 'cluster' : 'cluster idle',
      title: title || undefined,
      onclick: () => choose(name),
    },
    h('span', { class: 'text' }, name, ...tags.map((tag) => h('span', { class: 'tag' }, tag))),
    h('span', { class: 'use' }, use[0] ?? ''),
    bar,
    h('b', {}, replicas ? replicas.toLocaleString('en') : resources ? '●' : '–'),
    h('span', { class: 'unseen' }, ` ${replicas === 1 ? 'replica' : 'replicas'}, ${count(resources, 'resource')}`),
  );
}
