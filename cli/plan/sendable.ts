import { DEPENDS_ON } from '../../src/core/private/keys';

/** Fields of metadata that only a server writes; exported manifests often have them. */
const SERVER_METADATA = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

/** Is it an annotation by which the library tells the command something? */
export function isToolAnnotation(name: string): boolean {
  return name.startsWith('cdk8s-karmada.io/') || name === DEPENDS_ON;
}

/**
 * The manifest as it goes to a server: without the annotations that are for the command, without what only a server
 * writes, and a Secret's `stringData` as `data` (server-side apply would never remove a key of `stringData`).
 */
export function sendable(manifest: any): any {
  const { status, metadata, ...rest } = manifest;
  const kept: any = { ...metadata };
  for (const field of SERVER_METADATA) delete kept[field];
  if (kept.annotations) {
    kept.annotations = Object.fromEntries(Object.entries(kept.annotations).filter(([name]) => !isToolAnnotation(name)));
    if (!Object.keys(kept.annotations).length) delete kept.annotations;
  }
  const sent = { ...rest, metadata: kept };
  if (sent.kind !== 'Secret' || sent.apiVersion !== 'v1' || !sent.stringData) return sent;
  const { stringData, ...secret } = sent;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(`${text}`).toString('base64')]);
  return { ...secret, data: { ...secret.data, ...Object.fromEntries(encoded) } };
}
