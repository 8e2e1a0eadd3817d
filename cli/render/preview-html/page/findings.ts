import type { PageFinding } from '../page-data';
import { h } from './dom';

/** More places than these are behind a click. */
const MOST_PLACES = 3;

/** Findings, those that say the same of several objects together. */
export function findings(all: readonly PageFinding[]): HTMLElement[] {
  const groups = new Map<string, PageFinding[]>();
  for (const finding of all) {
    const { level, code, acknowledged } = finding;
    const key = `${acknowledged === undefined ? level : 'known'} ${code}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const order = ['error', 'warning', 'known'];
  const rank = (key: string) => order.indexOf(key.split(' ')[0]);
  return [...groups].sort(([a], [b]) => rank(a) - rank(b)).map(([, group]) => groupOf(group));
}

function groupOf(group: readonly PageFinding[]): HTMLElement {
  const [{ level, code, acknowledged }] = group;
  const known = acknowledged !== undefined;
  const number = group.length > 1 ? h('span', { class: 'number' }, `${group.length} times`) : '';
  const more = group.slice(MOST_PLACES);
  return h(
    'li',
    { class: known ? 'known' : level },
    h('p', {}, h('span', { class: 'level' }, known ? 'acknowledged' : level), h('b', {}, code), ' ', number),
    ...group.slice(0, MOST_PLACES).map(findingOf),
    more.length ? h('details', {}, h('summary', {}, `${more.length} more`), ...more.map(findingOf)) : '',
  );
}

function findingOf({ message, at, fix, acknowledged }: PageFinding): HTMLElement {
  const rest = acknowledged === undefined ? fix && `Fix: ${fix}` : `Acknowledged: ${acknowledged}`;
  return h(
    'div',
    { class: 'finding' },
    h('p', {}, message),
    at ? h('p', { class: 'at' }, 'at ', h('code', {}, at)) : '',
    rest ? h('p', { class: 'fix' }, rest) : '',
  );
}
