import type { Schema } from '../../schema/facts';

const ANYTHING: Schema = { 'x-kubernetes-preserve-unknown-fields': true };

/** Is this a JSON object? */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema of one key of an object; undefined when the object has no such key. */
export function schemaOfKey(schema: Schema, key: string): Schema | undefined {
  if (schema.properties && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  const others = schema.additionalProperties;
  return others === true ? ANYTHING : others || undefined;
}
