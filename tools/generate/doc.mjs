// Doc comments of src/api: our own words from words.yaml, and behind them a line derived from the facts. Never a sentence
// of upstream's.

/** Our own words; remembers which of them were used, so that none outlives the field it was written for. */
export class Words {
  #used = new Set();

  constructor(text) {
    this.text = text ?? {};
  }

  of(key) {
    this.#used.add(key);
    return this.text[key];
  }

  unused() {
    return Object.keys(this.text).filter((key) => !this.#used.has(key));
  }
}

function range(unit, low, high) {
  const units = unit && ` ${unit}`;
  if (low !== undefined && high !== undefined) return `${low} to ${high}${units}`;
  if (low !== undefined) return `${low}${units} or more`;
  return high === undefined ? undefined : `at most ${high}${units}`;
}

function plainFacts(schema, type) {
  if (schema['x-kubernetes-int-or-string']) return ['Quantity, such as `500m` or `2Gi`'];
  if (schema.type === 'array') {
    const item =
      schema.items.enum || schema.items.properties ? `\`${type.replace(/^readonly |\[\]/g, '')}\`` : 'values';
    const what = { string: 'texts', integer: 'numbers' }[schema.items.enum ? '' : schema.items.type] ?? item;
    return [`List of ${what}`, range('', schema.minItems, schema.maxItems)];
  }
  if (schema.properties) return [`See \`${type}\``];
  if (schema.enum) return [`One of ${schema.enum.map((value) => `\`${value}\``).join(', ')}`];
  if (schema.additionalProperties) {
    return [schema.additionalProperties['x-kubernetes-int-or-string'] ? 'Quantities by name' : 'Texts by name'];
  }
  if (schema.format === 'date-time') return ['Time, as RFC 3339'];
  if (schema.format === 'byte') return ['Bytes, in base64'];
  const what = { string: 'Text', integer: 'Whole number', number: 'Number', boolean: 'True or false' };
  const length = range('characters', schema.minLength, schema.maxLength);
  return [what[schema.type] ?? 'Any value', length, range('', schema.minimum, schema.maximum)];
}

/** One line that says what the facts say. */
export function factLine(schema, type) {
  const parts = plainFacts(schema, type).filter((part) => part !== undefined);
  if (schema.pattern && !schema['x-kubernetes-int-or-string']) parts.push(`matching \`${schema.pattern}\``);
  return `${parts.join(', ')}.`;
}

function comment(indent, lines) {
  if (lines.length === 1) return [`${indent}/** ${lines[0]} */`];
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`];
}

/** The comment of a field of a struct. */
export function fieldDoc(words, owner, name, schema, type, required) {
  const own = words.of(`${owner}.${name}`) ?? (schema.properties && words.of(type));
  const fact = factLine(schema, type);
  const lines = own ? own.trim().split('\n') : [fact];
  if (
    own &&
    (schema.minItems ?? schema.maxItems ?? schema.minLength ?? schema.maximum ?? schema.minimum) !== undefined
  ) {
    lines.push('', fact);
  }
  if (own && /^Quantit/.test(fact)) lines.push('', fact);
  if (!required) {
    lines.push('', `@default ${schema.default === undefined ? '- left out' : JSON.stringify(schema.default)}`);
  }
  return comment('  ', lines);
}

/** The comment of a struct or an enumeration. */
export function shapeDoc(words, shape) {
  const own = words.of(shape.name);
  const [kind, ...path] = shape.paths[0].split('.');
  const kinds = [...new Set(shape.paths.map((at) => at.split('.')[0]))];
  const also =
    kinds.length > 1
      ? ` and of ${kinds
          .filter((name) => name !== kind)
          .sort()
          .join(', ')}`
      : '';
  const lines = own ? [...own.trim().split('\n'), ''] : [];
  return comment('', [...lines, `Is at \`${path.join('.')}\` of ${kind}${also}.`]).join('\n');
}

/** The comment of a value of an enumeration. */
export function memberDoc(words, owner, value) {
  return comment('  ', (words.of(`${owner}.${value}`) ?? `\`${value}\`.`).trim().split('\n')).join('\n');
}

/** The comment of a class. */
export function kindDoc(words, kind, name) {
  const own = words.of(name);
  const lines = own ? [...own.trim().split('\n'), ''] : [];
  const scope = kind.scope === 'Cluster' ? 'cluster-scoped' : 'namespaced';
  return comment('', [...lines, `Kind \`${kind.names.kind}\` of \`${kind.group}\`, ${scope}.`]).join('\n');
}
