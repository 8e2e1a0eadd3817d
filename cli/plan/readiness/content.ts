import { sameValue } from '../field-path';

const OVERRIDES = ['policy.karmada.io/applied-overrides', 'policy.karmada.io/applied-cluster-overrides'];

/**
 * Does what a member was given in a Work lack something that the code names? For kinds that have no generation, such as ConfigMaps.
 * What overrides may have changed is left out.
 */
export function contentDiffers(wanted: any, work: any): boolean {
  const given = work.spec?.workload?.manifests?.[0];
  if (!given) return true;
  const changed = overridden(work.metadata?.annotations ?? {});
  if (changed.has('')) return false;
  const { metadata: _, status: __, apiVersion: ___, kind: ____, ...content } = wanted;
  return Object.entries(content).some(([name, value]) => lacks(value, given[name], `/${name}`, changed));
}

function lacks(wanted: any, given: any, path: string, changed: ReadonlySet<string>): boolean {
  if (changed.has(path)) return false;
  if (wanted === null || wanted === undefined || sameValue(wanted, given)) return false;
  if (Array.isArray(wanted)) {
    if (!Array.isArray(given) || given.length < wanted.length)
      return ![...changed].some((each) => each.startsWith(path));
    return wanted.some((item, i) => lacks(item, given[i], `${path}/${i}`, changed));
  }
  if (typeof wanted !== 'object') return `${wanted}` !== `${given}`; // quantities and ports are written in either type
  if (given === undefined) return Object.keys(wanted).length > 0;
  if (typeof given !== 'object' || given === null) return true;
  return Object.entries(wanted).some(([name, value]) => lacks(value, given[name], `${path}/${name}`, changed));
}

/** Paths that overrides have changed; `""` when they cannot be told. */
function overridden(annotations: { readonly [name: string]: string }): Set<string> {
  const paths = new Set<string>();
  for (const name of OVERRIDES) {
    if (annotations[name] === undefined) continue;
    try {
      for (const { overriders = {} } of JSON.parse(annotations[name])) {
        for (const [kind, entries] of Object.entries<any>(overriders)) {
          for (const entry of Array.isArray(entries) ? entries : []) {
            // labels and annotations are not looked at; images, commands and arguments are in kinds with generations
            if (kind === 'plaintext') paths.add(entry.path);
            if (kind === 'fieldOverrider') paths.add(entry.fieldPath);
          }
        }
      }
    } catch {
      paths.add('');
    }
  }
  return paths;
}
