import { structuredPatch } from 'diff';
import { dump } from 'js-yaml';
import { isOwnMark, NAMESPACE, PLACE } from '../own-marks';
import type { PageManifests } from '../page-data';
import { patched } from '../patch';

/** What a cluster receives of a resource in an outcome; undefined when it receives nothing. */
export function manifestOf(manifests: PageManifests, outcome: number, cluster: number, name: string): any {
  const flat = manifests.outcomes[outcome] ?? [];
  for (let at = 0; at < flat.length; at += 2) {
    if (flat[at] !== cluster) continue;
    const manifest = patched(manifests.template, manifests.patches[flat[at + 1]]);
    const annotations = manifest?.metadata?.annotations;
    if (annotations?.[NAMESPACE] === PLACE) annotations[NAMESPACE] = PLACE.replace('*', name);
    return manifest;
  }
  return undefined;
}

export function yaml(manifest: unknown): string {
  return dump(manifest, { noRefs: true, lineWidth: -1 });
}

/** The lines that differ, each with `+`, `-` or a space before it, and `@@` where some are left out. */
export function differingLines(template: any, manifest: any, ownMarks: boolean): string[] {
  const [before, after] = [template, manifest].map((each) => yaml(ownMarks ? each : withoutOwnMarks(each)));
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 3 });
  return hunks.flatMap(({ oldStart, lines }) => [`@@ line ${oldStart}`, ...lines]);
}

function withoutOwnMarks(manifest: any): any {
  const metadata = { ...manifest.metadata };
  for (const field of ['labels', 'annotations']) {
    if (!metadata[field]) continue;
    const kept = Object.entries(metadata[field]).filter(([name]) => !isOwnMark(name));
    if (kept.length) metadata[field] = Object.fromEntries(kept);
    else delete metadata[field];
  }
  return { ...manifest, metadata };
}
