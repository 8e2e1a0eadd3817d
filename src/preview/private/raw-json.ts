import type { PatchOperation } from './json-patch';
import { arrayIndex, PatchError, pathTokens } from './json-pointer';

/**
 * A JSON text as Karmada's patch library keeps it: what no operation touches stays as it was spelled, keys keep their
 * order and their doubles, new keys come last.
 */
type Node = RawText | RawObject | Node[];

/** A literal, as spelled. */
interface RawText {
  readonly text: string;
}

interface RawObject {
  readonly keys: string[];
  readonly values: Map<string, Node>;
}

function isObject(node: Node): node is RawObject {
  return !Array.isArray(node) && 'keys' in node;
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): Node {
    const node = this.value();
    this.space();
    if (this.at < this.text.length) throw new PatchError('not a JSON document');
    return node;
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private take(token: string): boolean {
    this.space();
    if (this.text[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new PatchError('not a JSON document');
  }

  private literal(): string {
    this.space();
    const form = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
    form.lastIndex = this.at;
    const match = form.exec(this.text);
    if (match === null) throw new PatchError('not a JSON document');
    this.at = form.lastIndex;
    return match[0];
  }

  private value(): Node {
    if (this.take('{')) return this.object();
    if (this.take('[')) return this.array();
    return { text: this.literal() };
  }

  private object(): RawObject {
    const node: RawObject = { keys: [], values: new Map() };
    if (this.take('}')) return node;
    do {
      const key: unknown = JSON.parse(this.literal());
      if (typeof key !== 'string') throw new PatchError('not a JSON document');
      this.expect(':');
      node.keys.push(key);
      node.values.set(key, this.value());
    } while (this.take(','));
    this.expect('}');
    return node;
  }

  private array(): Node[] {
    const node: Node[] = [];
    if (this.take(']')) return node;
    do node.push(this.value());
    while (this.take(','));
    this.expect(']');
    return node;
  }
}

/** Go writes these characters of a text as escapes. */
function escapeHtml(text: string): string {
  return text.replace(/[<>&\u2028\u2029]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function write(node: Node): string {
  if (Array.isArray(node)) return `[${node.map(write).join(',')}]`;
  if (!isObject(node)) return escapeHtml(node.text);
  const members = node.keys.map((key) => `${escapeHtml(JSON.stringify(key))}:${write(node.values.get(key) as Node)}`);
  return `{${members.join(',')}}`;
}

function nodeOf(value: unknown): Node {
  return new Reader(JSON.stringify(value ?? null)).document();
}

function apply(root: Node, { op, path, value }: PatchOperation): void {
  const tokens = pathTokens(path);
  const last = tokens.pop();
  const missing = () => new PatchError(`no such path: ${path}`);
  let at: Node | undefined = root;
  for (const token of tokens) {
    if (at === undefined) throw missing();
    if (Array.isArray(at)) {
      const index: number = arrayIndex(token);
      at = at[index < 0 ? at.length + index : index];
    } else at = isObject(at) ? at.values.get(token) : undefined;
  }
  if (last === undefined || at === undefined || (!Array.isArray(at) && !isObject(at))) throw missing();
  if (Array.isArray(at)) {
    const wanted = last === '-' && op === 'add' ? at.length : arrayIndex(last);
    const index = wanted < 0 ? at.length + (op === 'add' ? 1 : 0) + wanted : wanted;
    if (index < 0 || index > at.length || (op !== 'add' && index === at.length)) throw missing();
    at.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [nodeOf(value)]));
    return;
  }
  const known = at.values.has(last);
  if (op !== 'add' && !known) throw missing();
  if (op === 'remove') {
    at.keys.splice(at.keys.indexOf(last), 1);
    if (!at.keys.includes(last)) at.values.delete(last);
    return;
  }
  if (!known) at.keys.push(last);
  at.values.set(last, nodeOf(value));
}

/** Patches the text; an empty one stays empty whatever the operations are. */
export function patchRawJson(text: string, operations: readonly PatchOperation[]): string {
  if (text === '') return text;
  const root = new Reader(text).document();
  if (!Array.isArray(root) && !isObject(root)) throw new PatchError('a bare value cannot be patched');
  for (const operation of operations) apply(root, operation);
  return write(root);
}
