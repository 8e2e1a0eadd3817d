import { fieldChanges } from './field-diff';
import type { FieldChange } from './plan';

/** An image that is another one on some clusters; null where the container was not there, or is not any more. */
export interface ImageChange {
  readonly clusters: readonly string[];
  readonly container: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Fields that change on some clusters, images and replicas aside. */
export interface ManifestChange {
  readonly clusters: readonly string[];
  readonly changes: readonly FieldChange[];
}

/** What a cluster received before, and what it receives now; undefined where an override fails. */
export interface Received {
  readonly clusters: readonly string[];
  readonly before: any;
  readonly after: any;
}

/** What changes on clusters that keep a resource; clusters with the same change are one entry. */
export function contentChanges(received: readonly Received[]): {
  readonly images: ImageChange[];
  readonly fields: ManifestChange[];
} {
  const images = new Map<string, ImageChange>();
  const fields = new Map<string, ManifestChange>();
  for (const { clusters, before, after } of received) {
    for (const image of imageChanges(before, after)) {
      merge(images, JSON.stringify(image), { clusters, ...image });
    }
    const changes = otherChanges(before, after);
    if (changes.length) merge(fields, JSON.stringify(changes), { clusters, changes });
  }
  return { images: [...images.values()], fields: [...fields.values()] };
}

function merge<Change extends { readonly clusters: readonly string[] }>(
  into: Map<string, Change>,
  key: string,
  change: Change,
): void {
  const known = into.get(key);
  into.set(key, known ? { ...known, clusters: [...known.clusters, ...change.clusters] } : change);
}

function imageChanges(before: any, after: any): Omit<ImageChange, 'clusters'>[] {
  if (!before || !after) return [];
  const [from, to] = [imagesOf(before), imagesOf(after)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((container) => ({ container, before: from.get(container) ?? null, after: to.get(container) ?? null }))
    .filter((each) => each.before !== each.after);
}

function imagesOf(manifest: any): Map<string, string> {
  const pod = manifest.spec?.jobTemplate?.spec?.template?.spec ?? manifest.spec?.template?.spec ?? manifest.spec;
  const containers: any[] = [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])];
  return new Map(containers.filter((each) => typeof each?.image === 'string').map(({ name, image }) => [name, image]));
}

function otherChanges(before: any, after: any): FieldChange[] {
  if (!before && !after) return [];
  if (!before) return [{ path: '', kind: 'add' }];
  if (!after) return [{ path: '', kind: 'remove' }];
  return fieldChanges(before, after).filter(({ path }) => !isMark(path) && !isTold(path));
}

/** Karmada's own labels and annotations. */
function isMark(path: string): boolean {
  return /^metadata\.(labels|annotations).*karmada\.io/.test(path);
}

/** What is told as an image, or as a number of replicas. */
function isTold(path: string): boolean {
  return /ontainers\[name=[^\]]*\]\.image$/.test(path) || path === 'spec.replicas' || path === 'spec.parallelism';
}
