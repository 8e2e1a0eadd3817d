// Writes src/api: one file per API group with a class per kind, a struct per shape and an enumeration per set of values.
import { fieldDoc, kindDoc, memberDoc, shapeDoc } from './doc.mjs';
import { quoted } from './literal.mjs';
import { specProperties, storageVersion } from './shapes.mjs';

/** Only the first letter of an abbreviation in upper case, as jsii asks: `clientIP` is `clientIp`. */
export const camel = (name) =>
  name
    .replace(/([A-Z])([A-Z]+)(?![a-z])/g, (_, first, rest) => first + rest.toLowerCase())
    .replace(/([A-Z])([A-Z]+)([A-Z][a-z])/g, (_, first, rest, next) => first + rest.toLowerCase() + next);

const memberName = (value) =>
  value
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();

class Writer {
  constructor(shapes, words) {
    this.shapes = shapes;
    this.words = words;
  }

  /** The TypeScript type of the schema at a path. */
  typeOf(schema, path) {
    const shape = this.shapes.at(path);
    if (shape) return shape.name;
    if (schema['x-kubernetes-int-or-string']) {
      if (!schema.pattern)
        throw new Error(`${path} is a number or a text, and no quantity: say in api-source.mjs what it is`);
      return 'string'; // a quantity: every number can be written as text, and jsii has no unions
    }
    if (schema.type === 'array') return `${this.typeOf(schema.items, `${path}[]`)}[]`;
    if (schema.type === 'object' && schema.additionalProperties) {
      return `{ readonly [key: string]: ${this.typeOf(schema.additionalProperties, `${path}{}`)} }`;
    }
    return { string: 'string', integer: 'number', number: 'number', boolean: 'boolean' }[schema.type] ?? 'any';
  }

  field(name, schema, path, required, owner) {
    const type = this.typeOf(schema, path).replace(/^(.*)\[\]$/, 'readonly $1[]');
    return [
      ...fieldDoc(this.words, owner, name, schema, type, required),
      `  readonly ${camel(name)}${required ? '' : '?'}: ${type.replace(/^readonly (.*\[\])$/, '$1')};`,
    ].join('\n');
  }

  struct(shape) {
    const [path] = shape.paths;
    const fields = Object.entries(shape.schema.properties).map(([name, schema]) =>
      this.field(name, schema, `${path}.${name}`, !!shape.schema.required?.includes(name), shape.name),
    );
    return `${shapeDoc(this.words, shape)}\nexport interface ${shape.name} {\n${fields.join('\n\n')}\n}\n`;
  }

  enumeration(shape) {
    const members = shape.schema.enum.map((value) =>
      [memberDoc(this.words, shape.name, value), `  ${memberName(value)} = ${quoted(value)},`].join('\n'),
    );
    return `${shapeDoc(this.words, shape)}\nexport enum ${shape.name} {\n${members.join('\n\n')}\n}\n`;
  }

  /** Properties whose name on the wire differs, as a tree along the object. */
  renames(schema, path) {
    if (schema.items) return this.renames(schema.items, `${path}[]`);
    const tree = {};
    for (const [name, inner] of Object.entries(schema.properties ?? {})) {
      const below = this.renames(inner, `${path}.${name}`);
      if (camel(name) === name) {
        if (below) tree[name] = below;
      } else {
        if (below) throw new Error(`${path}.${name} is renamed, and so is something in it: wired() does not do that`);
        tree[camel(name)] = name;
      }
    }
    return Object.keys(tree).length > 0 ? tree : undefined;
  }

  kind(kind) {
    const name = camel(kind.names.kind);
    const version = storageVersion(kind);
    const { required, properties } = version.schema;
    const fields = specProperties(version.schema).map(([field, schema]) =>
      this.field(field, schema, `${kind.names.kind}.${field}`, !!required?.includes(field), `${name}Props`),
    );
    const { status: _, ...written } = properties;
    const renames = this.renames({ properties: written }, kind.names.kind);
    const optional = fields.every((field) => /^ {2}readonly \w+\?:/m.test(field));
    const plain = `{ ...${name}.GVK, ...props }`;
    const wired = (value) => (renames ? `wired(${value}, ${constantOf(name)})` : value);
    return `${renames ? `const ${constantOf(name)} = ${JSON.stringify(renames)};\n\n` : ''}/** What \`${name}\` is made of. */
export interface ${name}Props {
  /**
   * Name, namespace, labels, annotations.
   *
   * @default - a name derived from the construct path
   */
  readonly metadata?: ApiObjectMetadata;
${fields.map((field) => `\n${field}\n`).join('')}}

${kindDoc(this.words, kind, name)}
export class ${name} extends ApiObject {
  /** Group, version and kind. */
  public static readonly GVK: GroupVersionKind = {
    apiVersion: ${quoted(`${kind.group}/${version.name}`)},
    kind: ${quoted(kind.names.kind)},
  };

  /** The plain manifest, to be put where a construct cannot be. */
  public static manifest(props: ${name}Props${optional ? ' = {}' : ''}): any {
    return ${wired(plain)};
  }

  /** Adds the object to a chart. */
  public constructor(scope: Construct, id: string, props: ${name}Props${optional ? ' = {}' : ''}) {
    super(scope, id, ${plain});
  }
${
  renames
    ? `
  /** Renders the manifest. */
  public toJson(): any {
    return ${wired('super.toJson()')};
  }
`
    : ''
}}
`;
  }
}

const constantOf = (name) => `${name[0].toLowerCase()}${name.slice(1)}Wire`;

function importLines(text, file, shapes, kinds) {
  const lines =
    kinds.length > 0 ? [`import { ApiObject, type ApiObjectMetadata, type GroupVersionKind } from 'cdk8s';`] : [];
  if (kinds.length > 0) lines.push(`import type { Construct } from 'constructs';`);
  const files = [...new Set([...shapes.byName.values()].map((shape) => shape.file))].filter((from) => from !== file);
  for (const from of files) {
    const names = [...shapes.byName.values()]
      .filter((shape) => shape.file === from && new RegExp(`: (.*: )?${shape.name}(\\[\\])*[ ;]`).test(text))
      .map((shape) => shape.name);
    if (names.length > 0) lines.push(`import type { ${names.sort().join(', ')} } from './${from}';`);
  }
  if (text.includes('wired(')) lines.push(`import { wired } from './private/wired';`);
  return lines;
}

/** The sources by file name. */
export function apiSources(kinds, shapes, files, words, banner) {
  const writer = new Writer(shapes, words);
  const sources = {};
  for (const file of files) {
    const own = kinds.filter((kind) => kind.file === file);
    const mine = [...shapes.byName.values()].filter((shape) => shape.file === file);
    const text = [
      ...own.map((kind) => writer.kind(kind)),
      ...mine.map((shape) => (shape.schema.enum ? writer.enumeration(shape) : writer.struct(shape))),
    ].join('\n');
    const imports = importLines(text, file, shapes, own);
    sources[`${file}.ts`] =
      `${banner}\n${imports.map((line) => `${line}\n`).join('')}${imports.length ? '\n' : ''}${text}`;
  }
  sources['index.ts'] = `${banner}\n${[...files]
    .sort()
    .map((file) => `export * from './${file}';\n`)
    .join('')}`;
  return sources;
}
