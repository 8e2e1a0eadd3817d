import type { KarmadaVersion } from '../../core/karmada-version';
import { keyOf } from '../../core/object-key';
import { APPLY_SET_ID, CHART, DEPENDS_ON, INSTANCE, PATH, SHARED, TARGET } from '../../core/private/keys';
import { releaseOf } from '../../core/private/release-of';
import { type Trouble, troubles } from '../../core/private/trouble';
import { inNamespaces } from './scope';
import { resourceText } from './uids';

/** What was given, sorted by the part that it plays; objects of a host and of other instances are left out. */
export interface Input {
  /** Everything for Karmada, in input order, without the annotations that only the command needs. */
  readonly objects: readonly any[];
  /** Objects of the host of the instance: its flags are in them. */
  readonly host: readonly any[];
  /** The release that the charts are made for; undefined when they do not say. */
  readonly version?: KarmadaVersion;
  /** IDs of the ApplySets of the charts: what is part of one comes from this code. */
  readonly sets: ReadonlySet<string>;
}

/** The items of Lists in place of the Lists, as `kubectl get -o yaml` prints them. */
export function flatten(objects: readonly any[]): any[] {
  return objects.flatMap((object) =>
    Array.isArray(object?.items) && typeof object.kind === 'string' && object.kind.endsWith('List')
      ? flatten(object.items)
      : [object],
  );
}

/** What every Kubernetes object has, and where. */
const NEEDED: readonly (readonly [path: string, read: (object: any) => unknown])[] = [
  ['apiVersion', (object) => object?.apiVersion],
  ['kind', (object) => object?.kind],
  ['metadata.name', (object) => object?.metadata?.name],
];

/** Troubles with objects that are no Kubernetes objects. */
export function strangers(objects: readonly any[], what: string): Trouble[] {
  return objects.flatMap((object, index) => {
    const missing = NEEDED.filter(([, read]) => typeof read(object) !== 'string' || read(object) === '');
    if (missing.length === 0) return [];
    return [
      {
        what: `not a Kubernetes object: it has no ${missing.map(([path]) => path).join(', no ')}`,
        at: `object ${index + 1} of ${what}`,
        fix: 'give objects with apiVersion, kind and metadata.name',
      },
    ];
  });
}

function doubles(objects: readonly any[]): Trouble[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const object of objects) {
    const text = resourceText(keyOf(object));
    if (seen.has(text)) twice.add(text);
    seen.add(text);
  }
  return [...twice].map((text) => ({
    what: `${text} is there more than once`,
    at: 'the manifests',
    fix: 'give each object once',
  }));
}

/** The chart that an object belongs to: the longest one whose path begins its path, in whole segments. */
function chartOf(path: string | undefined, parents: ReadonlyMap<string, any>): any {
  const segments = path?.split('/') ?? [];
  for (let length = segments.length; length > 0; length -= 1) {
    const parent = parents.get(segments.slice(0, length).join('/'));
    if (parent) return parent;
  }
  return undefined;
}

function isParent(object: any): boolean {
  const { labels = {}, annotations = {} } = object.metadata;
  return labels[APPLY_SET_ID] !== undefined && annotations[TARGET] !== undefined;
}

/** The object without the annotations that never reach a member cluster. */
function stripped(object: any): any {
  const annotations = object.metadata.annotations;
  if (!annotations) return object;
  const kept = Object.entries(annotations).filter(
    ([key]) => !key.startsWith('cdk8s-karmada.io/') && key !== DEPENDS_ON,
  );
  if (kept.length === Object.keys(annotations).length) return object;
  const { annotations: _, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: kept.length > 0 ? { ...metadata, annotations: Object.fromEntries(kept) } : metadata,
  };
}

function chosenInstance(parents: readonly any[], wanted: string | undefined): Trouble[] {
  const names = [...new Set(parents.map((parent) => parent.metadata.annotations[INSTANCE] as string))].sort();
  if (wanted === undefined && names.length > 1) {
    return [
      {
        what: `the manifests hold ${names.length} instances: ${names.join(', ')}`,
        at: 'the manifests',
        fix: 'choose one of them as `instance`, or with --instance on the command line',
      },
    ];
  }
  if (wanted !== undefined && names.length > 0 && !names.includes(wanted)) {
    return [
      {
        what: `the manifests hold no instance ${JSON.stringify(wanted)}`,
        at: 'instance',
        fix: `choose one of: ${names.join(', ')}`,
      },
    ];
  }
  return [];
}

/** Sorts the manifests; throws one error about everything that is wrong with them. */
export function readInput(manifests: readonly any[], instance: string | undefined): Input {
  const all = flatten(manifests);
  const bad = strangers(all, 'the manifests');
  if (bad.length > 0) throw troubles(bad);
  const parents = all.filter(isParent);
  const byChart = new Map(parents.map((parent) => [parent.metadata.annotations[CHART] as string, parent]));
  const objects: any[] = [];
  const host: any[] = [];
  for (const object of all) {
    const annotations = object.metadata.annotations ?? {};
    if (isParent(object) || annotations[SHARED] === 'true') continue;
    const chart = chartOf(annotations[PATH], byChart)?.metadata.annotations ?? {};
    if (instance !== undefined && (chart[INSTANCE] ?? instance) !== instance) continue;
    (chart[TARGET] === 'host' ? host : objects).push(stripped(object));
  }
  const placed = inNamespaces(objects);
  const wrong = [...chosenInstance(parents, instance), ...doubles(placed)];
  if (wrong.length > 0) throw troubles(wrong);
  const chosen = parents.filter(
    (parent) => instance === undefined || parent.metadata.annotations[INSTANCE] === instance,
  );
  const sets = new Set<string>(parents.map((parent) => parent.metadata.labels[APPLY_SET_ID]));
  return { objects: placed, host, version: releaseOf(chosen), sets };
}
