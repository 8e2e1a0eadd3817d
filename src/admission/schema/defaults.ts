import type { Schema } from '../../schema/facts';
import { isObject } from './schema-keys';

/** Where the defaults of a schema are, so that a walk passes by all the rest of it. */
interface Defaults {
  /** Properties with a default of their own. */
  readonly own: readonly (readonly [string, Schema])[];
  /** Properties with defaults somewhere inside. */
  readonly inside: readonly (readonly [string, Defaults])[];
  /** Defaults inside the items of a list. */
  readonly items?: Defaults;
  /** Defaults inside the values of a map. */
  readonly values?: Defaults;
}

const found = new WeakMap<Schema, { readonly defaults?: Defaults }>();

function defaultsOf(schema: Schema): Defaults | undefined {
  let entry = found.get(schema);
  if (!entry) {
    entry = { defaults: search(schema) };
    found.set(schema, entry);
  }
  return entry.defaults;
}

function search(schema: Schema): Defaults | undefined {
  const properties = Object.entries(schema.properties ?? {});
  const own = properties.filter(([, inner]) => inner.default !== undefined);
  const inside = properties.flatMap(([name, inner]) => {
    const defaults = defaultsOf(inner);
    return defaults ? [[name, defaults] as const] : [];
  });
  const items = schema.items && defaultsOf(schema.items);
  const others = schema.additionalProperties;
  const values = typeof others === 'object' ? defaultsOf(others) : undefined;
  return own.length || inside.length || items || values ? { own, inside, items, values } : undefined;
}

/**
 * Fills in the defaults of a schema, in place. Mirrors apiextensions-apiserver pkg/apiserver/schema/defaulting at v0.35:
 * a default inside an object counts only where the object is.
 */
export function setDefaults(value: unknown, schema: Schema): void {
  const defaults = defaultsOf(schema);
  if (defaults) fill(value, defaults);
}

/** Most defaults are: cloning one would take longer than all the rest. */
function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function fill(value: unknown, { own, inside, items, values }: Defaults): void {
  if (Array.isArray(value)) {
    if (items) for (const item of value) fill(item, items);
    return;
  }
  if (!isObject(value)) return;
  for (const [name, schema] of own) {
    const given = value[name];
    if (given === undefined || (given === null && !schema.nullable)) {
      value[name] = isScalar(schema.default) ? schema.default : structuredClone(schema.default);
    }
  }
  for (const [name, defaults] of inside) fill(value[name], defaults);
  if (values) for (const item of Object.values(value)) fill(item, values);
}
