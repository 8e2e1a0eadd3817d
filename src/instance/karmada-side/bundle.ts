import { type ControlPlane, KARMADA_SYSTEM } from '../control-plane';
import { type Part, WAVES } from '../part';
import { access } from './access';
import { admissionWebhooks } from './admission-webhooks';
import { aggregatedApis } from './aggregated-api';
import { kinds } from './kinds';
import { pullMembers } from './pull-members';

/** All that has to be on the Karmada API server before anything of the user is. */
export function karmadaBundle(plane: ControlPlane): Part[] {
  return [
    namespace('SystemNamespace', KARMADA_SYSTEM),
    namespace('ClusterNamespace', 'karmada-cluster', { 'karmada.io/system': 'true' }),
    ...kinds(plane),
    ...access(),
    ...pullMembers(plane),
    ...aggregatedApis(plane),
    ...admissionWebhooks(plane),
    versionMarker(plane),
  ];
}

function namespace(id: string, name: string, labels?: { [key: string]: string }): Part {
  return {
    id,
    wave: WAVES.kinds,
    manifest: { apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...(labels && { labels }) } },
  };
}

/** Says which Karmada this is, in the place where its Helm chart says it. */
function versionMarker(plane: ControlPlane): Part {
  return {
    id: 'Version',
    wave: WAVES.webhooks,
    manifest: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'karmada-version', namespace: KARMADA_SYSTEM },
      data: { karmadaVersion: plane.version },
    },
  };
}
