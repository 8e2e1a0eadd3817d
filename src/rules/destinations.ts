import type { KarmadaVersion } from '../core/karmada-version';
import { CHART, INSTANCE, PATH, TARGET } from '../core/private/keys';
import { releaseOf } from '../core/private/release-of';

/** What goes to one Karmada, and to the host that it runs on. */
export interface Destination {
  readonly manifests: readonly any[];
  readonly host: readonly any[];
  /** The records of its charts. */
  readonly records: readonly any[];
  /** The release that the charts are made for; undefined when they do not say. */
  readonly version?: KarmadaVersion;
}

/**
 * Manifests by the Karmada that they are for. Those of no chart of ours are taken to be with the first. The parts of a
 * control plane itself, which its instance puts onto its own Karmada, are left out.
 */
export function destinationsOf(manifests: readonly any[]): Destination[] {
  const charts = new Map<string, { readonly target: string; readonly instance: string }>();
  for (const manifest of manifests) {
    const { [CHART]: path, [TARGET]: target, [INSTANCE]: instance } = annotationsOf(manifest);
    if (path && target && instance) charts.set(path, { target, instance });
  }
  const hosts = new Map<string, any[]>();
  const karmadas = new Map<string, any[]>();
  const loose: any[] = [];
  for (const manifest of manifests) {
    const annotations = annotationsOf(manifest);
    const path = chartPath(annotations[CHART] ?? annotations[PATH], charts);
    const chart = charts.get(path);
    if (!chart) loose.push(manifest);
    else if (chart.target === 'host') push(hosts, chart.instance, manifest);
    else if (charts.get(path.split('/').slice(0, -1).join('/'))?.target !== 'host') {
      push(karmadas, chart.instance, manifest);
    }
  }
  const instances = new Set([...hosts.keys(), ...karmadas.keys()]);
  if (instances.size === 0) return [{ manifests: loose, host: [], records: [] }];
  const [first, ...others] = [...instances].map((instance) => {
    const records = manifests.filter((manifest) => annotationsOf(manifest)[INSTANCE] === instance);
    const [host, karmada] = [hosts, karmadas].map((map) => map.get(instance) ?? []);
    return { manifests: karmada, host, records, version: releaseOf(records) };
  });
  return [{ ...first, manifests: [...first.manifests, ...loose] }, ...others];
}

function push(map: Map<string, any[]>, key: string, value: any): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function annotationsOf(manifest: any): { readonly [key: string]: string } {
  return manifest.metadata.annotations ?? {};
}

/** The longest path of a chart that a construct path begins with, in whole segments. */
function chartPath(path: string | undefined, charts: ReadonlyMap<string, unknown>): string {
  const segments = path?.split('/') ?? [];
  for (let length = segments.length; length > 0; length -= 1) {
    const prefix = segments.slice(0, length).join('/');
    if (charts.has(prefix)) return prefix;
  }
  return '';
}
