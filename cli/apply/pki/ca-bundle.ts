import { keyOf, keyText } from '../../../src/core/object-key';
import { INJECT_CA } from '../../../src/core/private/keys';
import { caBundlePlaces } from '../../plan/ca-bundle-places';
import { CommandError, ExitCode } from '../../plan/command-error';
import { clusterInfoText, isClusterInfo } from './cluster-info';

/** Secret of the authority whose certificate a manifest asks for. */
export function authorityOf(manifest: any): string | undefined {
  return manifest.metadata?.annotations?.[INJECT_CA];
}

/** The manifest with the authority's certificate (PEM) in every place where its kind has one. */
export function injectCaBundle(manifest: any, caPem: string): any {
  const caBundle = Buffer.from(caPem).toString('base64');
  const copy = structuredClone(manifest);
  if (isClusterInfo(copy)) return { ...copy, data: { ...copy.data, kubeconfig: clusterInfoText(copy, caPem) } };
  const places = caBundlePlaces(copy);
  if (!places.length) {
    throw new CommandError(ExitCode.INVALID_INPUT, [
      {
        what: `${keyText(keyOf(manifest))} asks for a CA bundle and has no place for one`,
        at: `annotation ${INJECT_CA}`,
        fix: 'use it on an APIService, a webhook configuration, or a CustomResourceDefinition with a conversion webhook',
      },
    ]);
  }
  for (const place of places) place.caBundle = caBundle;
  return copy;
}
