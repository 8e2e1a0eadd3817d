import type { Schema } from '../../schema/facts';
import type { Refusals } from '../refusals';
import { isObject, schemaOfKey } from './schema-keys';

/** What the decoder reads of each object before it looks at the schema. */
const HEADER = ['apiVersion', 'kind', 'metadata'];

/**
 * A copy of an object as the API server decodes it: unknown fields are refused (strict field validation) and nulls dropped,
 * unless a default or `nullable` waits for them. Mirrors apiextensions-apiserver pkg/apiserver/schema/pruning and
 * PruneNonNullableNullsWithoutDefaults at v0.35.
 */
export function decoded(object: Record<string, unknown>, schema: Schema, refusals: Refusals): any {
  return fieldsOf(object, schema, '', refusals, HEADER);
}

function pruned(value: unknown, schema: Schema, path: string, refusals: Refusals): unknown {
  if (Array.isArray(value)) {
    const items = schema.items;
    return value.map((item, index) => (items ? pruned(item, items, `${path}[${index}]`, refusals) : item));
  }
  return isObject(value) ? fieldsOf(value, schema, path, refusals) : value;
}

function fieldsOf(
  value: Record<string, unknown>,
  schema: Schema,
  path: string,
  refusals: Refusals,
  asTheyAre: readonly string[] = [],
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const prefix = path === '' ? '' : `${path}.`;
  // keys alone: a pair for each field of each object would be most of what a review makes
  for (const key of Object.keys(value)) {
    const field = value[key];
    const inner = schemaOfKey(schema, key);
    if (asTheyAre.includes(key)) out[key] = field;
    else if (!inner) {
      if (schema['x-kubernetes-preserve-unknown-fields']) out[key] = field;
      else refusals.unknownField(prefix + key, Object.keys(schema.properties ?? {}));
    } else if (field === null && schema.properties?.[key] && !inner.nullable && inner.default === undefined) {
      // A null for a field that may not be null means that it is absent.
    } else {
      out[key] = typeof field === 'object' ? pruned(field, inner, prefix + key, refusals) : field;
    }
  }
  return out;
}
