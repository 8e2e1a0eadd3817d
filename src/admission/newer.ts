import type { KarmadaVersion } from '../core/karmada-version';
import type { Newer } from '../schema/facts';
import { NEWER } from '../schema/releases';
import * as codes from './codes';
import { type Refusals, shown } from './refusals';
import { isObject } from './schema/schema-keys';

/** Where in an object a path of the table is, as the API server writes it, with the values there. */
function places(value: any, path: string, at: string): [string, any][] {
  const [, step, name, rest] = /^(\[\]|\{\}|\.?([^.[{]+))(.*)$/s.exec(path) ?? [];
  if (step === undefined) return [[at, value]];
  const dotted = (key: string) => (at === '' ? key : `${at}.${key}`);
  if (step === '[]') {
    return Array.isArray(value) ? value.flatMap((item, index) => places(item, rest, `${at}[${index}]`)) : [];
  }
  if (!isObject(value)) return [];
  if (step === '{}') return Object.keys(value).flatMap((key) => places(value[key], rest, dotted(key)));
  return Object.hasOwn(value, name) ? places(value[name], rest, dotted(name)) : [];
}

/**
 * Refuses what came after the release that runs: its API server does not know it, and says so under strict validation.
 *
 * @param table what came when
 */
export function refuseNewer(
  manifest: any,
  version: KarmadaVersion,
  refusals: Refusals,
  table: readonly Newer[] = NEWER,
): void {
  for (const { since, apiVersion, kind, path, value: newValue } of table) {
    if (kind !== manifest.kind || apiVersion !== manifest.apiVersion || version._has(since)) continue;
    for (const [at, value] of places(manifest, path, '')) {
      if (newValue !== undefined && value !== newValue) continue;
      const what = path === '' ? `kind ${kind}` : newValue === undefined ? at : `${at} ${shown(newValue)}`;
      refusals.add(
        codes.TOO_NEW,
        at === '' ? 'kind' : at,
        `${what} is known to Karmada ${since} and later, and this instance runs ${version.version}`,
        path === '' ? `upgrade the instance to ${since}` : `remove it, or upgrade the instance to ${since}`,
      );
    }
  }
}
