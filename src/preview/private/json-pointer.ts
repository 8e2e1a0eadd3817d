/**
 * Paths of a JSON Patch as Karmada's library reads them: a path without a leading slash loses its first segment.
 *
 * Mirrors `evanphx/json-patch` v5.9.11, which Karmada v1.18.2 uses with its default options.
 */
export function pathTokens(path: string): string[] {
  const [, ...tokens] = path.split('/');
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** One key as a segment of a path. */
export function pathToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** An index as Go's `Atoi` reads it, so `01` and `+1` are numbers too. */
export function arrayIndex(token: string): number {
  if (!/^[+-]?\d+$/.test(token)) throw new PatchError(`${JSON.stringify(token)} is not an index`);
  return Number(token);
}

/** The patch does not fit the document: Karmada sends that cluster nothing. */
export class PatchError extends Error {}
