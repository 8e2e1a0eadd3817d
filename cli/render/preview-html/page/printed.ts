import { h } from './dom';
import type { Model, Placement, Row } from './model';

/** More rows than these are no use on paper. */
const MOST = 2_000;
const MOST_NAMES = 40;

/** What stands on paper in place of the matrix: a line for each resource. */
export function printed(rows: readonly Row[], model: Model): HTMLElement[] {
  const heads = ['Resource', 'Replicas', 'Clusters'].map((head) => h('th', { scope: 'col' }, head));
  const where = (placement: Placement) => {
    const names = [...placement].map(([at, replicas]) => `${model.clusters[at].name}${replicas ? ` ${replicas}` : ''}`);
    const more = names.length - MOST_NAMES;
    return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
  };
  const lines = rows.slice(0, MOST).map(({ resource, text, outcomes }) => {
    const placed = [...new Set(outcomes.map(where))].filter(Boolean).join(' or ');
    const cells = [
      resource.replicas ? String(resource.replicas) : '',
      placed || [STATES[resource.state] ?? 'nowhere', model.sentence(resource.message)].filter(Boolean).join(': '),
    ];
    return h('tr', {}, h('th', { scope: 'row' }, text), ...cells.map((cell) => h('td', {}, cell)));
  });
  const caption = rows.length > MOST ? [h('caption', {}, `The first ${MOST} of ${rows.length} resources.`)] : [];
  return [...caption, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...lines)];
}

const STATES: { readonly [state: string]: string } = {
  unscheduled: '✗ not scheduled',
  undecided: 'not decided here',
  unclaimed: 'claimed by no policy',
};
