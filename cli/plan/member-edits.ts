import { byName } from '../../src/core/private/by-name';
import { fieldChanges } from './field-diff';
import type { FieldChange } from './plan';

/** A Cluster object that is not the same on both sides. */
export interface FleetEdit {
  readonly cluster: string;
  readonly change: 'new' | 'gone' | 'changed';
  readonly fields: readonly string[];
}

/** What differs between the Cluster objects of two sides, by name. */
export function fleetEdits(before: readonly any[], after: readonly any[]): FleetEdit[] {
  const [was, is] = [before, after].map((clusters) => new Map(clusters.map((each) => [each.metadata.name, each])));
  return [...new Set([...was.keys(), ...is.keys()])].sort(byName).flatMap((cluster): FleetEdit[] => {
    const [from, to] = [was.get(cluster), is.get(cluster)];
    if (!from) return [{ cluster, change: 'new', fields: [] }];
    if (!to) return [{ cluster, change: 'gone', fields: [] }];
    const fields = fieldChanges(from, to).map(changeText);
    return fields.length > 0 ? [{ cluster, change: 'changed', fields }] : [];
  });
}

/** A change of a field in a line: `data.beta: "off" → "on"`. */
export function changeText({ path, kind, from, to, masked }: FieldChange): string {
  if (path === '') return kind === 'add' ? 'its overrides fit again: it gets it' : 'an override fails: it gets nothing';
  if (masked) return `${path}: another value (not shown)`;
  if (kind === 'add') return `${path}: + ${short(to)}`;
  if (kind === 'remove') return `${path}: - ${short(from)}`;
  return `${path}: ${short(from)} → ${short(to)}`;
}

const LONGEST_VALUE = 60;

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}
