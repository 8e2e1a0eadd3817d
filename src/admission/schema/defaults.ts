import type { Schema } from '../../schema/facts';
import { isObject, schemaOfKey } from './schema-keys';

function copyOf(value: unknown): unknown {
  return typeof value === 'object' ? structuredClone(value) : value;
}

/**
 * Fills in the defaults of a schema, in place. Mirrors apiextensions-apiserver pkg/apiserver/schema/defaulting at v0.35:
 * a default inside an object counts only where the object is.
 */
export function setDefaults(value: unknown, schema: Schema): void {
  if (Array.isArray(value)) {
    if (schema.items) for (const item of value) setDefaults(item, schema.items);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, inner] of Object.entries(schema.properties ?? {})) {
    if (inner.default === undefined) continue;
    if (value[key] === undefined || (value[key] === null && !inner.nullable)) value[key] = copyOf(inner.default);
  }
  for (const [key, field] of Object.entries(value)) {
    const inner = schemaOfKey(schema, key);
    if (inner) setDefaults(field, inner);
  }
}
