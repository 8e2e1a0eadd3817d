import type { ObjectKey } from '../../../src/core/object-key';

/** Name that Karmada gives the binding of an object. */
export function bindingName({ kind, name }: ObjectKey): string {
  return `${name.replaceAll(':', '.')}-${kind}`.toLowerCase();
}
