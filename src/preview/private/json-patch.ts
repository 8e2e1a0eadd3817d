import { arrayIndex, PatchError, pathTokens } from './json-pointer';

/** One operation of `plaintext`, `json` or `yaml` overriders. */
export interface PatchOperation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/** Values of a patch by reference would be shared between clusters. */
export function copyOf<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  if (value === null || typeof value !== 'object') return value;
  const copy: { [key: string]: unknown } = {};
  for (const [key, each] of Object.entries(value)) copy[key] = copyOf(each);
  return copy as Value;
}

function child(container: any, token: string): any {
  if (Array.isArray(container)) {
    const index = arrayIndex(token);
    return container[index < 0 ? container.length + index : index];
  }
  return Object.hasOwn(container, token) ? container[token] : undefined;
}

function patchArray(array: any[], { op, path, value }: PatchOperation, token: string): void {
  const fail = () => new PatchError(`index out of range in ${path}`);
  if (op === 'add') {
    const index = token === '-' ? array.length : arrayIndex(token);
    // -1 means after the last one here, not before it.
    const at = index < 0 ? array.length + 1 + index : index;
    if (at < 0 || at > array.length) throw fail();
    array.splice(at, 0, copyOf(value ?? null));
    return;
  }
  const index = arrayIndex(token);
  const at = index < 0 ? array.length + index : index;
  if (at < 0 || at >= array.length) throw fail();
  if (op === 'remove') array.splice(at, 1);
  else array[at] = copyOf(value ?? null);
}

/**
 * Applies operations to a document, in place where they can be: all or nothing is the caller's business, who throws the
 * document away when this throws.
 *
 * Mirrors the dialect of `evanphx/json-patch` v5.9.11: `add` replaces what is there, an array takes negative indices, a
 * path to something missing is an error.
 */
export function jsonPatch(document: any, operations: readonly PatchOperation[]): any {
  let root = document;
  for (const operation of operations) root = apply(root, operation);
  return root;
}

function apply(root: any, operation: PatchOperation): any {
  const { op, path, value } = operation;
  if (path === '') {
    if (op === 'remove') throw new PatchError('the whole document cannot be removed');
    return copyOf(value ?? null);
  }
  const tokens = pathTokens(path);
  const token = tokens.pop();
  if (token === undefined) throw new PatchError(`no such path: ${path}`);
  let container = root;
  for (const each of tokens) {
    container = container !== null && typeof container === 'object' ? child(container, each) : undefined;
  }
  if (container === null || typeof container !== 'object') throw new PatchError(`no such path: ${path}`);
  if (Array.isArray(container)) {
    patchArray(container, operation, token);
    return root;
  }
  if (op !== 'add' && !Object.hasOwn(container, token)) throw new PatchError(`no such path: ${path}`);
  if (op === 'remove') delete container[token];
  else container[token] = copyOf(value ?? null);
  return root;
}
