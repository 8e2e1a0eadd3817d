import { keyOf } from '../../src/core/object-key';
import { isDefinition } from './edges';
import { some } from './prune';

/** Why a definition cannot become what the code says while objects of its kind are stored; undefined where it can. */
export function definitionTrouble(live: any, manifest: any): string | undefined {
  if (!isDefinition({ key: keyOf(manifest) })) return undefined;
  const { scope, versions, names } = manifest.spec ?? {};
  if (live.spec?.scope !== scope) {
    return `the scope of a definition cannot change (here from ${live.spec?.scope} to ${scope}): keep it, or give the new kind another name; deleting the definition deletes all ${names?.kind} objects`;
  }
  const kept: string[] = (versions ?? []).map(({ name }: any) => name);
  const lost = (live.status?.storedVersions ?? []).filter((name: string) => !kept.includes(name));
  if (!lost.length) return undefined;
  return `objects may be stored in ${some(lost, 5)}, which the code leaves out: keep the version with \`served: false\`, have each ${names?.kind} written once more, take the version out of status.storedVersions, and then leave it out`;
}
