// Writes src/schema/data: one file per API group, the facts as object literals; a shape that occurs more than once is a
// constant of its own.
import { literal, Reference } from './literal.mjs';
import { storageVersion } from './shapes.mjs';

const constantOf = (shape) => shape.name[0].toLowerCase() + shape.name.slice(1);

/** A copy of a schema in which every shape that `share(path, schema)` returns is a reference to its constant. */
function withReferences(schema, path, share) {
  const shared = share(path, schema);
  return shared ? new Reference(constantOf(shared)) : body(schema, path, share);
}

function body(schema, path, share) {
  const copy = { ...schema };
  if (copy.items) copy.items = withReferences(copy.items, `${path}[]`, share);
  if (typeof copy.additionalProperties === 'object') {
    copy.additionalProperties = withReferences(copy.additionalProperties, `${path}{}`, share);
  }
  if (copy.properties) {
    copy.properties = Object.fromEntries(
      Object.entries(copy.properties).map(([name, inner]) => [name, withReferences(inner, `${path}.${name}`, share)]),
    );
  }
  return copy;
}

/** Which shapes are worth a constant: those that the text would hold more than once. */
function sharing(kinds, shapes) {
  const uses = new Map();
  const count = (path, schema) => {
    const shape = schema.properties ? (shapes.at(path) ?? shapes.of(schema)) : undefined;
    if (!shape) return undefined;
    const seen = uses.get(shape) ?? 0;
    uses.set(shape, seen + 1);
    if (seen === 0) body(schema, shape.paths[0], count); // what is inside is written once
    return shape;
  };
  for (const kind of kinds) {
    for (const version of kind.versions) body(version.schema, pathOf(kind, version), count);
  }
  return (path, schema) => {
    const shape = schema.properties ? (shapes.at(path) ?? shapes.of(schema)) : undefined;
    return uses.get(shape) > 1 ? shape : undefined;
  };
}

/** Paths of names.yaml are of storage versions: those of another version must not be taken for them. */
const pathOf = (kind, version) =>
  version === storageVersion(kind) ? kind.names.kind : `${kind.names.kind}/${version.name}`;

function importLines(text, file, sharedByFile) {
  return Object.entries(sharedByFile)
    .filter(([from]) => from !== file)
    .map(([from, shared]) => [
      from,
      shared.map(constantOf).filter((name) => new RegExp(`\\b${name}\\b[,\\s]`).test(text)),
    ])
    .filter(([, names]) => names.length > 0)
    .map(([from, names]) => `import { ${names.sort().join(', ')} } from './${from}';`);
}

/** The sources by file name. `files` orders them so that each one needs only those before it. */
export function schemaSources(kinds, shapes, files, banner) {
  const share = sharing(kinds, shapes);
  const isShared = (shape) => share(shape.paths[0], shape.schema) === shape;
  const shared = [...shapes.byName.values()].filter(isShared);
  const sharedByFile = Object.fromEntries(files.map((file) => [file, shared.filter((shape) => shape.file === file)]));

  const sources = {};
  for (const file of files) {
    const constants = innerFirst(sharedByFile[file]).map(
      (shape) =>
        `export const ${constantOf(shape)}: Schema = ${literal(body(shape.schema, shape.paths[0], share), '', 40)};\n`,
    );
    const facts = kinds
      .filter((kind) => kind.file === file)
      .map(({ file: _, ...kind }) => ({
        ...kind,
        versions: kind.versions.map((version) => ({
          ...version,
          schema: body(version.schema, pathOf(kind, version), share),
        })),
      }));
    const list = facts.length > 0 ? [`export const ${file}: readonly KindFacts[] = ${literal(facts)};\n`] : [];
    const text = [...constants, ...list].join('\n');
    const types = ['KindFacts', 'Schema'].filter(
      (name) => text.includes(`: ${name} =`) || text.includes(`${name}[] =`),
    );
    const imports = [`import type { ${types.join(', ')} } from '../facts';`, ...importLines(text, file, sharedByFile)];
    sources[`${file}.ts`] = `${banner}\n${imports.join('\n')}\n\n${text}`;
  }
  return sources;
}

/** A constant that another one needs stands before it: the inner schema is the shorter one. */
function innerFirst(shapes) {
  return [...shapes].sort((a, b) => a.key.length - b.key.length || (a.name < b.name ? -1 : 1));
}
