import type { Column } from './cell';
import { Detail } from './detail';
import { byId, count, h } from './dom';
import { failover } from './failover';
import { findings } from './findings';
import { fleet } from './fleet';
import { Matrix } from './matrix';
import { Model, type Row } from './model';
import { printed } from './printed';
import { tables } from './tables';
import { theme } from './theme';

/** More clusters than these are shown by region at first. */
const MOST_COLUMNS = 60;

const model = new Model(JSON.parse(byId('data').textContent as string));
const search = byId<HTMLInputElement>('search');
const state = byId<HTMLSelectElement>('state');
const columns = byId<HTMLSelectElement>('columns');

const FILTERS: { readonly [name: string]: { readonly text: string; readonly fits: (row: Row) => boolean } } = {
  all: { text: 'everything', fits: () => true },
  unscheduled: { text: 'not scheduled', fits: ({ resource }) => resource.state === 'unscheduled' },
  tie: { text: 'two outcomes', fits: ({ outcomes }) => outcomes.length > 1 },
  undecided: { text: 'not decided here', fits: ({ resource }) => resource.state === 'undecided' },
  found: { text: 'with findings', fits: (row) => row.findings.length > 0 },
  overridden: { text: 'overridden', fits: ({ resource }) => Boolean(resource.overridden?.length) },
  suspended: { text: 'suspended', fits: ({ resource }) => Boolean(resource.suspended?.length) },
  scheduled: { text: 'scheduled', fits: ({ resource }) => resource.state === 'scheduled' },
  follows: { text: 'goes along with others', fits: ({ resource }) => resource.state === 'follows' },
  unclaimed: { text: 'claimed by no policy', fits: ({ resource }) => resource.state === 'unclaimed' },
};

const matrix: Matrix = new Matrix(byId('grid'), {
  why: ({ resource, outcomes }) => (outcomes.some(({ size }) => size) ? '' : model.sentence(resource.message)),
  open: (row, column) => {
    detail.open(row, column?.members.length === 1 ? column.members[0] : undefined);
    matrix.reveal();
  },
});
const detail = new Detail(byId<HTMLDialogElement>('detail'), model, () => matrix.focus());

let rows: readonly Row[] = model.rows;

function columnsOf(): Column[] {
  return columns.value === 'regions'
    ? [...model.regions].map(([region, members]) => ({
        name: region,
        region: model.clusters[members[0]].provider,
        members,
      }))
    : [...model.regions].flatMap(([region, members]) =>
        members.map((member) => ({ name: model.clusters[member].name, region, members: [member] })),
      );
}

function show(): void {
  rows = model.search(search.value, model.rows.filter(FILTERS[state.value].fits));
  matrix.show(rows, columnsOf());
  byId('found').textContent = `${rows.length.toLocaleString('en')} of ${count(model.rows.length, 'resource')}`;
}

function tiles(): HTMLElement[] {
  const of = (name: string) => model.rows.filter(FILTERS[name].fits).length;
  const first = model.rows.flatMap(({ outcomes }) => [...(outcomes[0] ?? [])]);
  const replicas = first.reduce((sum, [, share]) => sum + share, 0);
  const used = new Set(first.map(([cluster]) => cluster)).size;
  const filter = (name: string, text: string, tone = '') => {
    const number = of(name);
    if (!number && name !== 'all' && name !== 'unscheduled') return undefined;
    const choose = () => {
      state.value = name;
      show();
    };
    const attributes = { type: 'button', class: `tile ${number ? tone : ''}`, onclick: choose };
    return h('button', attributes, h('b', {}, number.toLocaleString('en')), h('span', {}, text));
  };
  const fact = (number: string, text: string) => h('div', { class: 'tile' }, h('b', {}, number), h('span', {}, text));
  const found = model.data.allFindings;
  const toFindings = { class: 'tile caution', href: '#findings' };
  return [
    filter('all', model.rows.length === 1 ? 'resource' : 'resources'),
    filter('unscheduled', 'not scheduled', 'danger'),
    filter('tie', 'with two outcomes', 'caution'),
    filter('undecided', 'not decided here', 'caution'),
    filter('overridden', 'overridden'),
    fact(replicas.toLocaleString('en'), replicas === 1 ? 'replica' : 'replicas'),
    fact(`${used}/${model.clusters.length}`, 'clusters used'),
    found
      ? h('a', toFindings, h('b', {}, String(found)), h('span', {}, found === 1 ? 'finding' : 'findings'))
      : undefined,
  ].filter((tile) => tile !== undefined);
}

for (const [name, { text, fits }] of Object.entries(FILTERS)) {
  const number = model.rows.filter(fits).length;
  if (number || name === 'all') state.append(h('option', { value: name }, `${text} (${number})`));
}
if (model.clusters.length > MOST_COLUMNS) columns.value = 'regions';
if (model.clusters.length > MOST_COLUMNS || matchMedia('(max-width: 700px)').matches)
  byId('fleet-part').removeAttribute('open');
byId('tiles').append(...tiles());
byId('fleet').append(
  ...fleet(model, (cluster) => {
    search.value = cluster;
    state.value = 'all';
    show();
    search.focus();
    byId('workloads').scrollIntoView();
  }),
);
if (model.data.failover) byId('fleet-part').before(failover(model.data.failover));
byId('findings').before(...tables(model.data.tables));
byId('findings').hidden = !model.data.findings.length;
byId('finding-list').append(...findings(model.data.findings));
search.addEventListener('input', show);
state.addEventListener('change', show);
columns.addEventListener('change', show);
theme(byId('theme'));
byId('print').addEventListener('click', () => print());
addEventListener('beforeprint', () => {
  for (const part of document.querySelectorAll('#fleet-part, #failover details')) part.setAttribute('open', '');
  byId('printed').replaceChildren(...printed(rows, model));
});
addEventListener('afterprint', () => byId('printed').replaceChildren());
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && detail.isOpen) detail.close();
  if (event.key !== '/' || (event.target as HTMLElement).matches('input, select, textarea')) return;
  event.preventDefault();
  search.focus();
});
show();
