/** Equal as JSON; the order of keys does not count. */
export function sameValue(a: any, b: any): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [namesA, namesB] = [Object.keys(a), Object.keys(b)];
  return namesA.length === namesB.length && namesA.every((name) => name in b && sameValue(a[name], b[name]));
}

/** A dotted path with one more name: `metadata.labels["app.kubernetes.io/name"]` when the name has dots of its own. */
export function fieldPath(parent: string, name: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(name)) return `${parent}["${name}"]`;
  return parent === '' ? name : `${parent}.${name}`;
}
