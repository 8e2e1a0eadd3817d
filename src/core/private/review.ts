import { type Finding, FindingLevel } from '../finding';
import { groupOf, keyOf, keyText } from '../object-key';
import { PATH, SHARED, TARGET } from './keys';
import { shapeOf } from './shape';
import type { Trouble } from './trouble';

/** What the server would say to a manifest. */
type Admit = (manifest: any) => Finding[];

/** Looks at the objects of one target. The server is asked once about each shape, for cdk8s has every object checked twice or more. */
export class Review {
  /** Shapes that the server took. */
  private readonly taken = new Set<string>();
  /** Manifests of these shapes. */
  private readonly known = new WeakSet<object>();
  /** Manifests in which nothing was wrong when they were last looked at together. */
  private passed: readonly any[] = [];

  constructor(private readonly admit: Admit) {}

  /** What is wrong with manifests that were stamped. */
  public of(manifests: readonly any[]): Trouble[] {
    const { passed } = this;
    if (manifests.length === passed.length && manifests.every((manifest, i) => manifest === passed[i])) return [];
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
      for (const { message, path: field, fix } of this.refusals(manifest)) {
        found.push({ what: message, at: `${path} (${key}), field ${field}`, fix });
      }
    }
    if (found.length === 0) this.passed = manifests;
    return found;
  }

  private refusals(manifest: any): Finding[] {
    if (this.known.has(manifest)) return [];
    // only Karmada's own kinds have rules that are worth remembering the answer of
    const shape = groupOf(manifest.apiVersion).endsWith('karmada.io') && shapeOf(manifest);
    const isTaken = shape && this.taken.has(shape);
    const refusals = isTaken ? [] : this.admit(manifest).filter(({ level }) => level === FindingLevel.ERROR);
    if (refusals.length > 0) return refusals;
    if (shape) this.taken.add(shape);
    this.known.add(manifest);
    return [];
  }
}
