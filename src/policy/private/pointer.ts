/** A place in an object: keys of maps, indexes of lists. */
export type Path = readonly (string | number)[];

/** The path as RFC 6901 writes it. */
export function pointerOf(path: Path): string {
  return path.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What is at the path, undefined when nothing is. */
export function valueAt(document: any, path: Path): any {
  let at = document;
  for (const token of path) at = isCollection(at) && Object.hasOwn(at, token) ? at[token] : undefined;
  return at;
}

/** Whether there can be something below the value. */
export function isCollection(value: any): boolean {
  return typeof value === 'object' && value !== null;
}

/** Whether one path is the other, or leads to it. */
export function leadsTo(path: Path, other: Path): boolean {
  return path.length <= other.length && path.every((token, index) => token === other[index]);
}

/** Sets a member of a map or an element of a list that is there. */
export function put(document: any, path: Path, value: any): void {
  valueAt(document, path.slice(0, -1))[path[path.length - 1]] = value;
}

/** Puts an element into a list, before the one that has the index. */
export function insert(document: any, path: Path, value: any): void {
  valueAt(document, path.slice(0, -1)).splice(path[path.length - 1] as number, 0, value);
}

/** Takes a member of a map or an element of a list away. */
export function take(document: any, path: Path): void {
  const parent = valueAt(document, path.slice(0, -1));
  const last = path[path.length - 1];
  if (Array.isArray(parent)) parent.splice(last as number, 1);
  else delete parent[last];
}

/** A copy of plain data. */
export function copyOf(value: any): any {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isCollection(value)) return value;
  const copy: any = {};
  for (const key of Object.keys(value)) copy[key] = copyOf(value[key]);
  return copy;
}
