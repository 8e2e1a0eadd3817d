import type { Patch } from './page-data';

type Path = readonly (string | number)[];

/** What turns one document into another; lists of another length are replaced as a whole. */
export function patchOf(from: unknown, to: unknown): Patch {
  const changes: [Path, unknown?][] = [];
  compare([], from, to, changes);
  return changes;
}

function compare(path: Path, from: any, to: any, changes: [Path, unknown?][]): void {
  if (from === to) return;
  if (isMap(from) && isMap(to)) {
    for (const name of Object.keys(from)) if (to[name] === undefined) changes.push([[...path, name]]);
    for (const name of Object.keys(to)) {
      if (to[name] === undefined) continue;
      if (Object.hasOwn(from, name)) compare([...path, name], from[name], to[name], changes);
      else changes.push([[...path, name], to[name]]);
    }
  } else if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    for (const [index, item] of from.entries()) compare([...path, index], item, to[index], changes);
  } else changes.push([path, to]);
}

/** The other document. */
export function patched(from: unknown, patch: Patch): any {
  const root = { it: structuredClone(from) as any };
  for (const [path, value] of patch) {
    let at: any = root;
    const steps = ['it', ...path];
    for (const step of steps.slice(0, -1)) at = at[step];
    const last = steps[steps.length - 1];
    if (value === undefined) delete at[last];
    else Object.defineProperty(at, last, { value, writable: true, enumerable: true, configurable: true });
  }
  return root.it;
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
