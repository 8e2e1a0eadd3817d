/** Things by key, each under all of its keys: looked up as often as it takes, they are gone through once. */
export function grouped<T>(
  all: readonly T[],
  keysOf: (each: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    for (const key of keysOf(each)) {
      const group = groups.get(key);
      if (group) group.push(each);
      else groups.set(key, [each]);
    }
  }
  return groups;
}

/** A key of several parts. */
export function keyed(...parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}
