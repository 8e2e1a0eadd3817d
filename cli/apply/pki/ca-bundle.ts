import { keyOf, keyText } from '../../../src/core/object-key';
import { INJECT_CA } from '../../../src/core/private/keys';
import { caBundlePlaces } from '../../plan/ca-bundle-places';
import { CommandError, ExitCode } from '../../plan/command-error';
import { ISSUE_MANAGER, OBJECT_MANAGER } from '../../plan/owned-fields';
import type { FieldConflict } from '../../plan/plan';
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

/** Has every place of a live object the authority's certificate? */
export function hasCaBundle(live: any, caPem: string): boolean {
  if (isClusterInfo(live)) return live.data.kubeconfig === clusterInfoText(live, caPem);
  const caBundle = Buffer.from(caPem).toString('base64');
  const places = caBundlePlaces(live);
  return places.length > 0 && places.every((place) => place.caBundle === caBundle);
}

/** For server-side apply: the CA bundles of a live object, and nothing else of it. */
export function caBundleOnly(live: any, caPem: string): any {
  const { apiVersion, kind, metadata, spec, webhooks } = live;
  const caBundle = Buffer.from(caPem).toString('base64');
  const { name, namespace, uid } = metadata;
  // the uid: an object that was deleted meanwhile is not made again out of its bundle
  const named = { apiVersion, kind, metadata: { name, ...(namespace ? { namespace } : {}), uid } };
  if (isClusterInfo(live)) return { ...named, data: { kubeconfig: clusterInfoText(live, caPem) } };
  if (kind === 'APIService') return { ...named, spec: { caBundle } };
  if (kind === 'CustomResourceDefinition') {
    const webhook = { clientConfig: { caBundle } };
    return { ...named, spec: { conversion: { strategy: spec.conversion.strategy, webhook } } };
  }
  return { ...named, webhooks: webhooks.map((each: any) => ({ name: each.name, clientConfig: { caBundle } })) };
}

/** Are the fields in conflict CA bundles that the command itself has filled in, by its other verb? */
export function areOurBundles(conflicts: readonly FieldConflict[]): boolean {
  const ours = [OBJECT_MANAGER, ISSUE_MANAGER];
  return (
    conflicts.length > 0 &&
    conflicts.every(
      ({ path, manager }) =>
        /^(data\.kubeconfig|(.*\.)?caBundle)$/.test(path) && ours.includes(manager.split('"')[0].trim()),
    )
  );
}
