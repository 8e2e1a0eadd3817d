import { KARMADA_CA } from '../certificates';
import { type ControlPlane, KARMADA_SYSTEM, serviceDomain } from '../control-plane';
import { type Part, WAVES } from '../part';
import { injectCa } from './authority';

const NAME = 'karmada-aggregated-apiserver';

/** The API of Clusters: served by a pod on the host, which a Service on Karmada stands for. */
export function aggregatedApi(plane: ControlPlane): Part[] {
  const labels = { app: NAME, apiserver: 'true' };
  return [
    {
      id: 'ClusterApiService',
      wave: WAVES.kinds,
      manifest: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: NAME, namespace: KARMADA_SYSTEM, labels },
        spec: { type: 'ExternalName', externalName: serviceDomain(plane, NAME) },
      },
    },
    {
      id: 'ClusterApi',
      wave: WAVES.kinds,
      manifest: {
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: 'v1alpha1.cluster.karmada.io', labels, annotations: injectCa(KARMADA_CA) },
        spec: {
          group: 'cluster.karmada.io',
          version: 'v1alpha1',
          groupPriorityMinimum: 2000,
          versionPriority: 10,
          service: { namespace: KARMADA_SYSTEM, name: NAME, port: 443 },
        },
      },
    },
  ];
}
