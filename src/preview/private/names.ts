import type { ObjectKey } from '../../core/object-key';
import { fnv1a32 } from './hash';

/**
 * Names that Karmada derives for its own objects.
 *
 * Mirrors `pkg/util/names/names.go` of Karmada v1.18.2.
 */

/** Digits are written as these letters, so that a name never holds a vowel. */
const SAFE_DIGITS = '456789bcdf';

function encode(hash: number): string {
  return [...String(hash)].map((digit) => SAFE_DIGITS[Number(digit)]).join('');
}

/** Name of the (Cluster)ResourceBinding of an object. */
export function bindingName(kind: string, name: string): string {
  return `${name.replaceAll(':', '.')}-${kind}`.toLowerCase();
}

/** Namespace in which Karmada keeps the Works of a cluster. */
export function executionNamespace(cluster: string): string {
  return `karmada-es-${cluster}`;
}

/** Name of the Work of an object. */
export function workName(key: ObjectKey): string {
  const name = key.name.replaceAll(':', '.').toLowerCase();
  const parts = key.namespace ? [key.namespace, name, key.kind] : [name, key.kind];
  return `${name}-${encode(fnv1a32(parts.join('-').toLowerCase()))}`;
}
