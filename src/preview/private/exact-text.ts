/** What is larger than so many values is not worth a text. */
const MOST = 1_000;

/** A text that no other value has, of a value of JSON; nothing for what is large, holds itself, or is no JSON. */
export function exactText(value: unknown): string | undefined {
  const left = { values: MOST };
  const text = textOf(value, left);
  return left.values > 0 ? text : undefined;
}

/** Each text says how long it is, so that no two values run into one another. */
function textOf(value: unknown, left: { values: number }): string {
  left.values -= 1;
  if (left.values <= 0) return '';
  if (typeof value === 'string') return `s${value.length}:${value}`;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return `${value};`;
  if (Array.isArray(value)) return value.reduce((all: string, each) => all + textOf(each, left), `[${value.length}:`);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    left.values = 0;
    return '';
  }
  const keys = Object.keys(value as object);
  return keys.reduce(
    (all, key) => `${all}${key.length}:${key}${textOf((value as any)[key], left)}`,
    `{${keys.length}:`,
  );
}
