import type { ServedKind } from '../schema/kinds';
import type { Assumptions } from './assumptions';
import { KIND_RULES } from './kinds';
import { customResourceNameFault, validateMetadata } from './metadata';
import { refuseNewer } from './newer';
import type { Refusals } from './refusals';
import { decoded } from './schema/decode';
import { setDefaults } from './schema/defaults';
import { validateSchema } from './schema/validate';

/**
 * One creation of an object that a CRD describes, in the order of the API server: decode, defaults, mutating webhook, defaults
 * again, schema, validating webhook. The first of these that refuses hides the later ones.
 *
 * @returns the object as stored, or undefined when it is refused
 */
export function admitCustomResource(
  manifest: any,
  served: ServedKind,
  metadata: any,
  assumptions: Assumptions,
  refusals: Refusals,
): any {
  refuseNewer(manifest, assumptions.version, refusals);
  const object = decoded(manifest, served.schema, refusals);
  if (refusals.any) return undefined;
  setDefaults(object, served.schema);

  const rules = KIND_RULES[`${served.apiVersion} ${served.kind}`];
  const namespace = metadata.namespace;
  if (rules?.mutate) {
    const spec = rules.spec.decode(object.spec ?? {}, 'spec', refusals);
    if (refusals.any) return undefined;
    rules.mutate({ namespace, metadata, spec, assumptions, refusals });
    object.spec = rules.spec.encode(spec);
    setDefaults(object, served.schema);
  }

  if (served.subresources?.status) delete object.status;
  validateMetadata(metadata, customResourceNameFault, refusals);
  validateSchema(object, served.schema, '', refusals);
  if (refusals.any) return undefined;

  if (rules) {
    const { field = 'spec' } = rules;
    const spec = rules.spec.decode(object[field], field, refusals);
    if (refusals.any) return undefined;
    rules.validate({ namespace, metadata, spec, assumptions, refusals });
  }
  if (refusals.any) return undefined;
  // What Go wrote as null is there for the checks above, and gone once the object has been through the storage.
  return rules?.mutate ? decoded(object, served.schema, refusals) : object;
}
