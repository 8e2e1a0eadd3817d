/**
 * One JSON schema for each kind that a server knows, each whole: its name is `group_version_kind`, as kubeconform asks for it.
 *
 * @param openApi what the server says at /openapi/v2
 */
export function standaloneSchemas({ definitions }: any): Map<string, any> {
  const strict = Object.fromEntries(
    Object.entries<any>(definitions).map(([name, definition]) => [name, strictly(definition)]),
  );
  const schemas = new Map<string, any>();
  for (const [name, definition] of Object.entries<any>(definitions)) {
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      const needed = new Set<string>();
      collect(strict[name], strict, needed);
      schemas.set(`${group || version}_${version}_${kind.toLowerCase()}`, {
        ...strict[name],
        definitions: Object.fromEntries([...needed].map((each) => [each, strict[each]])),
      });
    }
  }
  return schemas;
}

/** What a server takes and its OpenAPI cannot say in words: numbers for quantities, numbers or names for ports. */
const NUMBER_OR_TEXT = /\.(Quantity|IntOrString)$/;

/** A definition that takes no field that it does not name, as strict validation does. */
function strictly(schema: any): any {
  if (schema === null || typeof schema !== 'object') return schema;
  if (Array.isArray(schema)) return schema.map(strictly);
  if (typeof schema.$ref === 'string' && NUMBER_OR_TEXT.test(schema.$ref)) return { type: ['string', 'number'] };
  if (schema['x-kubernetes-int-or-string']) return { type: ['string', 'integer'] };
  const copy: any = {};
  for (const [key, value] of Object.entries<any>(schema)) {
    // names of fields are no words of the schema, even where they look like them
    if (key === 'properties') {
      copy.properties = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, strictly(field)]));
    }
    // words are for people, and formats are Go's
    else if (key === 'description' || key === 'format' || key.startsWith('x-kubernetes-')) continue;
    else copy[key] = key === 'enum' || key === 'default' ? value : strictly(value);
  }
  const isClosed =
    copy.properties && copy.additionalProperties === undefined && !schema['x-kubernetes-preserve-unknown-fields'];
  return isClosed ? { ...copy, additionalProperties: false } : copy;
}

function collect(schema: any, definitions: any, needed: Set<string>): void {
  if (schema === null || typeof schema !== 'object') return;
  const name = typeof schema.$ref === 'string' ? schema.$ref.replace('#/definitions/', '') : undefined;
  if (name && !needed.has(name)) {
    needed.add(name);
    collect(definitions[name], definitions, needed);
  }
  for (const inner of Object.values(schema)) collect(inner, definitions, needed);
}
