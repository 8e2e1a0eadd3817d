// Gives every shape (an object with properties, or an enumeration) its curated name. Equal shapes are one shape, unless
// names.yaml tells them apart.

/** Calls `visit(path, schema)` for every shape inside a schema, outermost first. */
function eachShape(path, schema, visit) {
  if (schema.properties || schema.enum) visit(path, schema);
  for (const [name, inner] of Object.entries(schema.properties ?? {})) eachShape(`${path}.${name}`, inner, visit);
  if (schema.items) eachShape(`${path}[]`, schema.items, visit);
  if (typeof schema.additionalProperties === 'object') eachShape(`${path}{}`, schema.additionalProperties, visit);
}

/** Properties of a kind that its users write; the others are set by `GVK` and by the API server. */
export function specProperties(schema) {
  const ours = ['apiVersion', 'kind', 'metadata', 'status'];
  return Object.entries(schema.properties).filter(([name]) => !ours.includes(name));
}

export const storageVersion = (kind) => kind.versions.find((version) => version.storage);

const keyOf = (schema) => JSON.stringify(schema.enum ?? schema);

/** The shapes of all kinds by name, and which of them a schema is. Throws with everything that names.yaml lacks. */
export class Shapes {
  byName = new Map();
  #byKey = new Map();
  #byPath = new Map();

  constructor(kinds, names) {
    const named = new Map();
    for (const [file, types] of Object.entries(names)) {
      for (const [name, paths] of Object.entries(types ?? {})) {
        for (const path of [paths].flat()) named.set(path, { name, file });
      }
    }
    const found = new Map();
    for (const kind of kinds) {
      for (const [name, schema] of specProperties(storageVersion(kind).schema)) {
        eachShape(`${kind.names.kind}.${name}`, schema, (path, shape) => found.set(path, shape));
      }
    }
    const troubles = [];
    for (const [path, { name, file }] of named) {
      const schema = found.get(path);
      if (!schema) troubles.push(`names.yaml: ${name} is at ${path}, where no CRD has a shape\n  fix: take it out`);
      else this.#add(path, name, file, schema, troubles);
    }
    for (const [path, schema] of found) if (!named.has(path)) this.#match(path, schema, troubles);
    if (troubles.length > 0) throw new Error(troubles.join('\n'));
  }

  #add(path, name, file, schema, troubles) {
    const key = keyOf(schema);
    const shape = this.byName.get(name) ?? { name, file, schema, key, paths: [] };
    if (shape.key !== key)
      troubles.push(`names.yaml: ${name} is two different shapes, at ${shape.paths[0]} and ${path}`);
    shape.paths.push(path);
    this.byName.set(name, shape);
    this.#byPath.set(path, shape);
    this.#byKey.set(key, new Set(this.#byKey.get(key)).add(shape));
  }

  #match(path, schema, troubles) {
    const fits = [...(this.#byKey.get(keyOf(schema)) ?? [])];
    if (fits.length === 1) {
      fits[0].paths.push(path);
      this.#byPath.set(path, fits[0]);
      return;
    }
    const what = schema.enum
      ? `values ${schema.enum.join(', ')}`
      : `fields ${Object.keys(schema.properties).join(', ')}`;
    const names = fits.length > 0 ? `fits ${fits.map((shape) => shape.name).join(' and ')}` : 'has no name';
    troubles.push(
      `${path} (${what}) ${names}\n  fix: add "<TypeName>: ${path}" below its file in tools/generate/names.yaml`,
    );
  }

  /** The shape at a path that names.yaml covers (the storage version, without status). */
  at(path) {
    return this.#byPath.get(path);
  }

  /** The one shape that this schema is, or nothing. */
  of(schema) {
    const fits = this.#byKey.get(keyOf(schema));
    return fits?.size === 1 ? [...fits][0] : undefined;
  }
}
