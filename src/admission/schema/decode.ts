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
  const copy: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) (HEADER.includes(key) ? copy : rest)[key] = value;
  return { ...copy, ...(pruned(rest, schema, '', refusals) as object) };
}

function pruned(value: unknown, schema: Schema, path: string, refusals: Refusals): unknown {
  if (Array.isArray(value)) {
    const items = schema.items;
    return value.map((item, index) => (items ? pruned(item, items, `${path}[${index}]`, refusals) : item));
  }
  if (!isObject(value)) return value;
  const out: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    const inner = schemaOfKey(schema, key);
    const prefix = path === '' ? '' : `${path}.`;
    if (!inner) {
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
