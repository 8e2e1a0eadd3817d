// Reads CustomResourceDefinitions and keeps their facts: names, versions and schemas, without a sentence of prose.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';

const SCALARS = [
  'type',
  'format',
  'nullable',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'enum',
  'default',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
];
const PROSE = ['description', 'title', 'example', 'externalDocs'];

/** The facts of a schema, its keywords in one fixed order, so that equal schemas are equal text. */
export function schemaFacts(schema, where) {
  const facts = {};
  for (const keyword of SCALARS) if (keyword in schema) facts[keyword] = schema[keyword];
  const rules = schema['x-kubernetes-validations'];
  if (rules) {
    // the message of a rule is prose: a server says the rule instead
    facts['x-kubernetes-validations'] = rules.map(({ message, ...rule }) => rule);
  }
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    if (schema[keyword]) facts[keyword] = schema[keyword].map((part) => schemaFacts(part, `${where}<${keyword}>`));
  }
  if (schema.not) facts.not = schemaFacts(schema.not, `${where}<not>`);
  if (schema.items) facts.items = schemaFacts(schema.items, `${where}[]`);
  const values = schema.additionalProperties;
  if (values !== undefined) {
    facts.additionalProperties = typeof values === 'object' ? schemaFacts(values, `${where}{}`) : values;
  }
  if (schema.required) facts.required = schema.required;
  if (schema.properties) {
    facts.properties = {};
    for (const name of Object.keys(schema.properties).sort()) {
      facts.properties[name] = schemaFacts(schema.properties[name], `${where}.${name}`);
    }
  }
  const known = [...Object.keys(facts), ...PROSE];
  const unknown = Object.keys(schema).filter((keyword) => !known.includes(keyword));
  if (unknown.length > 0) {
    throw new Error(
      `${where} has keyword ${unknown.join(', ')}, which is neither a known fact nor known prose\n` +
        '  fix: add it to SCALARS or PROSE in tools/generate/crds.mjs',
    );
  }
  return facts;
}

function versionFacts(version, kind) {
  const facts = { name: version.name, served: version.served, storage: version.storage };
  if (version.deprecated) facts.deprecated = true;
  if (version.subresources) facts.subresources = version.subresources;
  if (version.additionalPrinterColumns) {
    facts.additionalPrinterColumns = version.additionalPrinterColumns.map(({ description, ...column }) => column);
  }
  if (version.selectableFields) facts.selectableFields = version.selectableFields;
  facts.schema = schemaFacts(version.schema.openAPIV3Schema, kind);
  return facts;
}

/** What is known of one kind, in the form of `KindFacts` in src/schema/facts.ts. */
export function kindFacts(crd, traits) {
  const { group, names, scope, versions } = crd.spec;
  return { group, names, scope, ...traits, versions: versions.map((version) => versionFacts(version, names.kind)) };
}

function yamlFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => join(folder, file));
}

/** The kinds of a release: its folder of CRDs has `bases/`, and `patches/` for those that a webhook converts. */
export function readRelease(folder) {
  const converted = yamlFiles(join(folder, 'patches')).map((file) => load(readFileSync(file, 'utf8')).metadata.name);
  return yamlFiles(join(folder, 'bases'))
    .flatMap((file) => loadAll(readFileSync(file, 'utf8')))
    .map((crd) => kindFacts(crd, converted.includes(crd.metadata.name) ? { converted: true } : {}));
}
