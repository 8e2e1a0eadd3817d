import type { ControlPlane } from '../control-plane';
import { deployment, httpProbe, service } from '../deployment';
import { featureGates } from '../feature-gates';
import { type Part, WAVES } from '../part';
import { etcdClientFlags } from './etcd';
import { extensionServer } from './extension-server';

const ETCD_CLIENT = '/etc/karmada/pki/etcd-client';

/** Serves the Clusters, and the way through to each of them. Clusters are stored in etcd, next to everything else. */
export function karmadaAggregatedApiServer(plane: ControlPlane): Part[] {
  const name = 'karmada-aggregated-apiserver';
  return [
    // the API server connects to port 443 of an external name, whatever the pods listen on
    service(plane, name, [{ name: 'https', port: 443 }]),
    ...deployment(
      plane,
      WAVES.extensions,
      extensionServer({
        name,
        trust: etcdClientFlags(plane, ETCD_CLIENT),
        gates: featureGates(plane),
        mounts: [{ name: 'etcd-client-cert', path: ETCD_CLIENT, secret: `${name}-etcd-client-cert` }],
        livenessProbe: httpProbe('HTTPS', 'https', '/livez', {
          periodSeconds: 10,
          timeoutSeconds: 15,
          failureThreshold: 3,
        }),
        requests: { cpu: '100m', memory: '128Mi' },
      }),
    ),
  ];
}
