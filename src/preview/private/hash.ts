/**
 * FNV-1a, 32 bits, over the UTF-8 bytes of a text: Karmada's tie rule and the names of its Works stand on it.
 *
 * Mirrors `pkg/util/hash/hash.go` of Karmada v1.18.2.
 */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash ^= byte;
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}
