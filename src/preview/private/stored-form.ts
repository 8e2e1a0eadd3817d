import type { Admission } from '../../admission/admission';
import { keyOf, keyText } from '../../core/object-key';
import { type Trouble, troubles } from '../../core/private/trouble';

/**
 * Objects as Karmada's API server stores them: a decision stands on that form, with its defaults, and not on what was
 * written. Clusters stay as they are, since they only say what they change about one that may be there already.
 *
 * @throws for all objects that Karmada would refuse at once
 */
export function storedForm(objects: readonly any[], admission: Admission): any[] {
  const refused: Trouble[] = [];
  const stored = objects.map((object) => {
    if (object.kind === 'Cluster') return object;
    const verdict = admission.review(object);
    for (const { path, message, fix } of verdict.admitted ? [] : verdict.findings) {
      refused.push({ what: message, at: [keyText(keyOf(object)), path].filter((part) => part !== '').join(' '), fix });
    }
    return verdict.stored ?? object;
  });
  if (refused.length > 0) throw troubles(refused);
  return stored;
}

/** The same for objects that Karmada holds already: it did not refuse them, and they keep the identity that they have. */
export function heldForm(objects: readonly any[], admission: Admission): any[] {
  return objects.map((object) => {
    const stored = admission.review(object).stored;
    return stored ? { ...stored, metadata: { ...stored.metadata, labels: object.metadata.labels } } : object;
  });
}
