import { crds } from '../../schema/crd';
import { KARMADA_CA } from '../certificates';
import type { ControlPlane } from '../control-plane';
import { type Part, WAVES } from '../part';
import { injectCa, webhookUrl } from './authority';

/** The two kinds that are served in two versions, which the webhook converts into each other. */
const CONVERTED = ['resourcebindings.work.karmada.io', 'clusterresourcebindings.work.karmada.io'];

/** Karmada's own kinds, each whole from the start: conversion that is patched in later would be undone by the next apply. */
export function kinds(plane: ControlPlane): Part[] {
  return crds().map((crd: any) => ({
    id: `Kind-${crd.metadata.name}`,
    wave: WAVES.kinds,
    manifest: CONVERTED.includes(crd.metadata.name) ? withConversion(plane, crd) : crd,
  }));
}

function withConversion(plane: ControlPlane, crd: any): any {
  return {
    ...crd,
    metadata: { ...crd.metadata, annotations: { ...crd.metadata.annotations, ...injectCa(KARMADA_CA) } },
    spec: {
      ...crd.spec,
      conversion: {
        strategy: 'Webhook',
        webhook: { clientConfig: { url: webhookUrl(plane, '/convert') }, conversionReviewVersions: ['v1'] },
      },
    },
  };
}
