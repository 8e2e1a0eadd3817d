import { groupOf } from '../../src/core/object-key';
import type { FieldChange } from './plan';

/**
 * Taints of a Cluster are one list that Karmada writes to as well, so they are not applied with the rest of the object:
 * the code's are merged into the live list by key and effect, everybody else's stay.
 */
export interface SplitCluster {
  /** The manifest without its taints; the manifest itself for other kinds. */
  readonly manifest: any;
  /** What the code names; undefined when it names none or the object is no Cluster. */
  readonly taints?: readonly any[];
}

export function splitTaints(manifest: any): SplitCluster {
  if (manifest.kind !== 'Cluster' || groupOf(manifest.apiVersion) !== 'cluster.karmada.io') return { manifest };
  if (!manifest.spec?.taints) return { manifest, taints: [] };
  const { taints, ...spec } = manifest.spec;
  return { manifest: { ...manifest, spec }, taints };
}

/** A taint as the record of the chart names it. */
export function taintId(taint: any): string {
  return `${taint.key}:${taint.effect}`;
}

/**
 * The list to write; undefined when the live one has what is wanted. `recorded`: what an earlier apply of the chart put
 * there; of that, what the code no longer names goes away. A live taint that fits is left as it is, with its time.
 */
export function mergedTaints(wanted: readonly any[], live: any, recorded: readonly string[]): any[] | undefined {
  const before: any[] = live?.spec?.taints ?? [];
  const names = new Set(wanted.map(taintId));
  const kept = before.filter((taint) => !recorded.includes(taintId(taint)) || names.has(taintId(taint)));
  const after = kept.map((taint) => {
    const want = wanted.find((each) => taintId(each) === taintId(taint));
    return want === undefined || (want.value ?? '') === (taint.value ?? '') ? taint : { ...taint, value: want.value };
  });
  const added = wanted.filter((want) => !kept.some((taint) => taintId(taint) === taintId(want)));
  const same = added.length === 0 && after.length === before.length && after.every((taint, i) => taint === before[i]);
  return same ? undefined : [...after, ...added];
}

/** What changes in the list, taint by taint: those of others are as many as they like. The values are those of the taints. */
export function taintChanges(before: readonly any[], after: readonly any[]): FieldChange[] {
  const [from, to] = [before, after].map(
    (taints) => new Map(taints.map((taint) => [taintId(taint), taint.value ?? ''])),
  );
  return [...new Set([...from.keys(), ...to.keys()])].sort().flatMap((id): FieldChange[] => {
    const path = `spec.taints[${id}]`;
    if (!from.has(id)) return [{ path, kind: 'add', to: to.get(id) }];
    if (!to.has(id)) return [{ path, kind: 'remove', from: from.get(id) }];
    return from.get(id) === to.get(id) ? [] : [{ path, kind: 'change', from: from.get(id), to: to.get(id) }];
  });
}
