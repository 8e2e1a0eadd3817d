import { KarmadaVersion } from '../../core/karmada-version';
import { crds } from '../../schema/crd';
import { KARMADA_CA } from '../certificates';
import type { ControlPlane } from '../control-plane';
import { type Part, WAVES } from '../part';
import { injectCa, webhookUrl } from './authority';

/** Karmada's own kinds, each whole from the start: conversion that is patched in later would be undone by the next apply. */
export function kinds(plane: ControlPlane): Part[] {
  const conversion = {
    strategy: 'Webhook',
    webhook: { clientConfig: { url: webhookUrl(plane, '/convert') }, conversionReviewVersions: ['v1'] },
  };
  return crds({ conversion, version: KarmadaVersion.of(plane.version) }).map((crd: any) => {
    if (crd.spec.conversion) crd.metadata.annotations = injectCa(KARMADA_CA);
    return { id: `Kind-${crd.metadata.name}`, wave: WAVES.kinds, manifest: crd };
  });
}
