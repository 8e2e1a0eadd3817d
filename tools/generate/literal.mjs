// Prints plain data as TypeScript: on one line where it fits, else one entry a line.
const WIDTH = 118;

/** Stands for a constant, where a literal would repeat it. */
export class Reference {
  constructor(name) {
    this.name = name;
  }
}

export function quoted(text) {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}

const propertyName = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));

function scalar(value) {
  if (value instanceof Reference) return value.name;
  if (typeof value === 'string') return quoted(value);
  return JSON.stringify(value);
}

function entries(value) {
  if (Array.isArray(value)) return value.map((item) => ['', item]);
  return Object.entries(value).map(([name, item]) => [`${propertyName(name)}: `, item]);
}

const isScalar = (value) => typeof value !== 'object' || value === null || value instanceof Reference;

function oneLine(value) {
  if (isScalar(value)) return scalar(value);
  const all = entries(value).map(([name, item]) => name + oneLine(item));
  if (Array.isArray(value)) return `[${all.join(', ')}]`;
  return all.length > 0 ? `{ ${all.join(', ')} }` : '{}';
}

/** The literal of `value`, whose first line begins at column `used` of a line indented by `indent`. */
export function literal(value, indent = '', used = indent.length) {
  const short = oneLine(value);
  if (isScalar(value) || used + short.length <= WIDTH) return short;
  const inner = `${indent}  `;
  const lines = entries(value).map(
    ([name, item]) => `${inner}${name}${literal(item, inner, inner.length + name.length)},`,
  );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return [open, ...lines, indent + close].join('\n');
}
