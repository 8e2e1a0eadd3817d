import { type Finding, FindingLevel } from '../finding';
import { keyOf, keyText } from '../object-key';
import { PATH, SHARED, TARGET } from './keys';
import type { Trouble } from './trouble';

/** What the server would say to a manifest. */
type Admit = (manifest: any) => Finding[];

/** Looks at the objects of one target. What did not change since the last check is not asked for again. */
export class Review {
  private readonly answers = new Map<string, { readonly manifest: any; readonly refusals: Finding[] }>();

  constructor(private readonly admit: Admit) {}

  /**
   * What is wrong with manifests that were stamped.
   *
   * @param manifests the objects
   * @param areOwn whether nobody else holds and may change them, so that they can be compared with later
   */
  public of(manifests: readonly any[], areOwn: boolean): Trouble[] {
    const found: Trouble[] = [];
    const firsts = new Map<string, string>();
    for (const manifest of manifests) {
      const annotations = manifest.metadata?.annotations ?? {};
      if (annotations[SHARED] || annotations[TARGET]) continue;
      const path: string | undefined = annotations[PATH];
      const key = keyText(keyOf(manifest));
      if (path === undefined) {
        found.push({
          what: `a patch took the annotation "${PATH}" away`,
          at: key,
          fix: 'add annotations with metadata.addAnnotation, or with a patch of one key, never of all annotations',
        });
        continue;
      }
      const unique = `${manifest.apiVersion} ${key}`;
      const first = firsts.get(unique);
      if (first !== undefined) {
        found.push({
          what: `two objects have one name, "${key}"`,
          at: `${first} and ${path}`,
          fix: 'give one of the two another name or namespace',
        });
      }
      firsts.set(unique, path);
      for (const { message, path: field, fix } of this.refusals(path, manifest, areOwn)) {
        found.push({ what: message, at: `${path} (${key}), field ${field}`, fix });
      }
    }
    return found;
  }

  private refusals(path: string, manifest: any, isOwn: boolean): Finding[] {
    const before = this.answers.get(path);
    if (before && same(before.manifest, manifest)) return before.refusals;
    const refusals = this.admit(manifest).filter(({ level }) => level === FindingLevel.ERROR);
    if (isOwn) this.answers.set(path, { manifest, refusals });
    return refusals;
  }
}

/** Whether two manifests are the same, key for key. */
function same(one: any, other: any): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => same(one[key], other[key]));
}
