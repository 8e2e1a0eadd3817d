import { groupOf, keyText, type ObjectKey } from '../../core/object-key';
import { type Trouble, troubles } from '../../core/private/trouble';
import { didYouMean } from './did-you-mean';

/** A resource as `--uid` names it: `Kind[.group]/namespace/name`, `Kind[.group]/name` where it is cluster-scoped. */
export function resourceText({ apiVersion, kind, namespace, name }: ObjectKey): string {
  const group = groupOf(apiVersion);
  return keyText({ apiVersion, kind: group ? `${kind}.${group}` : kind, namespace, name });
}

/** The one resource that a text names; a text without a group fits every group. Throws where it is not exactly one. */
export class ResourceNames {
  private readonly byText = new Map<string, ObjectKey[]>();

  constructor(keys: readonly ObjectKey[]) {
    for (const key of keys) {
      for (const text of new Set([keyText(key), resourceText(key)])) {
        const known = this.byText.get(text);
        if (known) known.push(key);
        else this.byText.set(text, [key]);
      }
    }
  }

  /** What is wrong with the text, if anything. */
  trouble(text: string, at: string): Trouble | undefined {
    const fits = this.byText.get(text) ?? [];
    if (fits.length === 1) return undefined;
    if (fits.length > 1) {
      const fix = `name the group: ${fits.map(resourceText).join(' or ')}`;
      return { what: `${JSON.stringify(text)} fits ${fits.length} resources`, at, fix };
    }
    const near = didYouMean(text, [...this.byText.keys()]);
    return {
      what: `${JSON.stringify(text)} is no resource of the manifests`,
      at,
      fix: near ? `did you mean ${near}?` : 'write Kind[.group]/namespace/name of a resource, or Kind[.group]/name',
    };
  }

  /** The key of the text. */
  find(text: string, at: string): ObjectKey {
    const trouble = this.trouble(text, at);
    if (trouble) throw troubles([trouble]);
    return (this.byText.get(text) as ObjectKey[])[0];
  }
}

/** UIDs by {@link resourceText}; throws one error about all keys that do not fit exactly one resource. */
export function readUids(
  uids: { readonly [key: string]: string },
  keys: readonly ObjectKey[],
): ReadonlyMap<string, string> {
  if (Object.keys(uids).length === 0) return new Map();
  const names = new ResourceNames(keys);
  const found = Object.keys(uids).map((text) => names.trouble(text, `uids[${JSON.stringify(text)}]`));
  const wrong = found.filter((each) => each !== undefined);
  if (wrong.length > 0) throw troubles(wrong);
  return new Map(Object.entries(uids).map(([text, uid]) => [resourceText(names.find(text, 'uids')), uid]));
}
