import type { Admission, AdmissionVerdict } from '../../admission/admission';
import { keyOf, keyText } from '../../core/object-key';
import { type Trouble, troubles } from '../../core/private/trouble';
import { exactText } from './exact-text';

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
 * Reviews objects one after the other. Of thousands of policies most place alike, and what a placement is stored as, or refused
 * for, rests on nothing but itself: each is reviewed once, and those that are alike become one object.
 */
function reviewer(admission: Admission): (object: any) => AdmissionVerdict {
  const placements = new Map<string, any>();
  return (object) => {
    const text = object.kind.endsWith('PropagationPolicy') ? exactText(object.spec?.placement) : undefined;
    const known = text && placements.get(text);
    const verdict = admission.review(known ? { ...object, spec: { ...object.spec, placement: {} } } : object);
    if (known && verdict.stored) verdict.stored.spec.placement = known;
    else if (text && verdict.stored) placements.set(text, verdict.stored.spec?.placement);
    return verdict;
  };
}

/** The version that tells an object that is as it was from one that is new or edited. */
function asItWas(stored: any, { metadata: { resourceVersion } }: any): any {
  return resourceVersion === undefined ? stored : { ...stored, metadata: { ...stored.metadata, resourceVersion } };
}

/**
 * Objects as Karmada's API server stores them: a decision stands on that form, with its defaults, and not on what was
 * written. Clusters stay as they are, since they only say what they change about one that may be there already.
 *
 * @throws for all objects that Karmada would refuse at once
 */
export function storedForm(objects: readonly any[], admission: Admission): any[] {
  const refused: Trouble[] = [];
  const review = reviewer(admission);
  const stored = objects.map((object) => {
    if (object.kind === 'Cluster') return object;
    const verdict = review(object);
    for (const { path, message, fix } of verdict.admitted ? [] : verdict.findings) {
      refused.push({ what: message, at: [keyText(keyOf(object)), path].filter((part) => part !== '').join(' '), fix });
    }
    return verdict.stored ? asItWas(verdict.stored, object) : counted(object);
  });
  if (refused.length > 0) throw troubles(refused);
  return stored;
}

/** The same for objects that Karmada holds already: it did not refuse them, and they keep the identity and the status that they have. */
export function heldForm(objects: readonly any[], admission: Admission): any[] {
  const review = reviewer(admission);
  return objects.map((object) => {
    const { stored } = review(object);
    if (!stored) return object;
    const { labels } = object.metadata;
    // what is created has no status: what is held has
    const held = {
      ...stored,
      metadata: { ...stored.metadata, labels },
      ...(object.status && { status: object.status }),
    };
    return asItWas(held, object);
  });
}
