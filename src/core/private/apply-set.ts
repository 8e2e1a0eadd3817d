import { createHash } from 'node:crypto';

/** The ID of an ApplySet whose parent is this ConfigMap (KEP-3659). */
export function applySetId(name: string, namespace: string): string {
  const digest = createHash('sha256').update([name, namespace, 'ConfigMap', ''].join('.')).digest('base64url');
  return `applyset-${digest}-v1`;
}
