import type { Schema } from '../../src/schema/facts';

/** A value that a schema accepts, with every property in it. */
export function sample(schema: Schema): any {
  if (schema.enum) return schema.enum[0];
  if (schema.properties) {
    return Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, sample(inner)]));
  }
  if (schema['x-kubernetes-int-or-string']) return '100m';
  if (typeof schema.additionalProperties === 'object') return { key: sample(schema.additionalProperties) };
  if (schema.type === 'array') return [sample(schema.items ?? {})];
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (schema.type === 'boolean') return true;
  if (schema.type !== 'string') return { any: ['thing', 1] };
  if (schema.format === 'date-time') return '2026-01-01T00:00:00Z';
  return schema.format === 'byte' ? 'Ynl0ZXM=' : 'text';
}

/** An object of a kind with every property that its users write. */
export function sampleObject(apiVersion: string, kind: string, schema: Schema, namespaced: boolean): any {
  const { apiVersion: _, kind: __, metadata: ___, status: ____, ...own } = schema.properties ?? {};
  const metadata = { name: 'sample', ...(namespaced ? { namespace: 'default' } : {}) };
  return { apiVersion, kind, metadata, ...sample({ properties: own }) };
}
