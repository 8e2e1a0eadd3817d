import type { Admission } from '../../admission/admission';
import { keyOf, keyText } from '../../core/object-key';
import { type Trouble, troubles } from '../../core/private/trouble';

/**
 * The counts that an API server fills in when they are left out: the scheduler divides them. Other defaults of Kubernetes'
 * own kinds change no decision, so they are left to the server.
 *
 * Mirrors `pkg/apis/apps/v1/defaults.go` and `pkg/apis/batch/v1/defaults.go` of Kubernetes v1.35.
 */
function counted(object: any): any {
  const spec = object.spec ?? {};
  switch (`${object.apiVersion} ${object.kind}`) {
    case 'apps/v1 Deployment':
    case 'apps/v1 StatefulSet':
    case 'apps/v1 ReplicaSet':
      return spec.replicas === undefined ? { ...object, spec: { ...spec, replicas: 1 } } : object;
    case 'batch/v1 Job': {
      if (spec.parallelism !== undefined) return object;
      const completions = spec.completions ?? 1;
      return { ...object, spec: { ...spec, parallelism: 1, completions } };
    }
    default:
      return object;
  }
}

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
    return verdict.stored ?? counted(object);
  });
  if (refused.length > 0) throw troubles(refused);
  return stored;
}

/** The same for objects that Karmada holds already: it did not refuse them, and they keep the identity and the status that they have. */
export function heldForm(objects: readonly any[], admission: Admission): any[] {
  return objects.map((object) => {
    const stored = admission.review(object).stored;
    if (!stored) return object;
    const { labels } = object.metadata;
    // what is created has no status: what is held has
    return { ...stored, metadata: { ...stored.metadata, labels }, ...(object.status && { status: object.status }) };
  });
}
