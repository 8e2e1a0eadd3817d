import { dumpManifest, isNoText } from './kubernetes-yaml';

/** One line that needs no escapes but those of quotes. */
const LINE = /^[ -~]+$/;
/** What means something to YAML at the beginning, in the midst, or at the end of a text. */
const MEANT = /^[-?:,[\]{}#&*!|=>'"%@` ]|: | #|[: ]$/;
/** Longer keys are written in another form. */
const LONGEST_KEY = 1000;
/** Texts up to this length come again and again. */
const SHORT = 32;
const MOST_KNOWN = 10_000;

const known = new Map<string, string>();

/** Something that JSON has not: js-yaml knows what to say of it. */
class Foreign extends Error {}

/**
 * Writes a manifest, for the people who review it: as cdk8s does but for some quotes. It is the text that js-yaml writes, in
 * a fraction of the time: nearly all of a manifest is words on one line.
 */
export function writeManifest(manifest: any): string {
  try {
    if (isOnOwnLines(manifest)) return `${onOwnLines(manifest, '', true)}\n`;
  } catch (error) {
    if (!(error instanceof Foreign)) throw error;
  }
  return dumpManifest(manifest);
}

/** Is it a list or a map that is not empty? */
function isOnOwnLines(value: any): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.length > 0;
  if (Object.getPrototypeOf(value) !== Object.prototype) throw new Foreign();
  for (const key in value) if (value[key] !== undefined) return true;
  return false;
}

/** `begun`: its first line has begun already. */
function onOwnLines(value: any, indent: string, begun: boolean): string {
  const line = `\n${indent}`;
  const deeper = `${indent}  `;
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value)
      text += `${line}- ${isOnOwnLines(item) ? onOwnLines(item, deeper, true) : inline(item ?? null, indent)}`;
  } else {
    for (const key of Object.keys(value)) {
      const item = value[key];
      if (item === undefined) continue;
      text += `${line}${keyText(key)}:`;
      text += isOnOwnLines(item) ? onOwnLines(item, deeper, false) : ` ${inline(item, indent)}`;
    }
  }
  return begun ? text.slice(line.length) : text;
}

function keyText(key: string): string {
  if (key.length > LONGEST_KEY) throw new Foreign();
  return oneLine(key) ?? dumpManifest({ [key]: 1 }).slice(0, -': 1\n'.length);
}

/** A value that begins where its key or its dash ends. */
function inline(value: any, indent: string): string {
  if (typeof value === 'string') {
    // the text begins behind its key, and its lines are one step deeper than the key
    return (
      oneLine(value) ??
      dumpManifest({ a: value })
        .slice('a: '.length, -1)
        .replace(/\n(?!\n|$)/g, `\n${indent}`)
    );
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null) return 'null';
  if (typeof value !== 'object') throw new Foreign();
  return Array.isArray(value) ? '[]' : '{}';
}

/** A text on one line, in quotes where it would be something else without; undefined when it is not that simple. */
function oneLine(text: string): string | undefined {
  if (text.length > SHORT) return lookedAt(text);
  const before = known.get(text);
  if (before !== undefined) return before;
  const line = lookedAt(text);
  if (line !== undefined && known.size < MOST_KNOWN) known.set(text, line);
  return line;
}

function lookedAt(text: string): string | undefined {
  if (text === '') return '""';
  if (!LINE.test(text)) return undefined;
  return MEANT.test(text) || isNoText(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}
