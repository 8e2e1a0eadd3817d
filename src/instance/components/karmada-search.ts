import type { ControlPlane } from '../control-plane';
import { deployment, httpProbe, service } from '../deployment';
import { type Part, WAVES } from '../part';
import { etcdClientFlags } from './etcd';
import { extensionServer } from './extension-server';

const ETCD_CLIENT = '/etc/karmada/pki/etcd-client';

/**
 * Its caches fill through the API server, from an API that it serves itself, and nobody calls a pod that is not ready: were
 * the caches a part of that, they would never fill.
 */
const CACHES = ['start-karmada-informers', 'start-karmada-search-controller'];
const withoutCaches = (path: string) => `${path}?${CACHES.map((hook) => `exclude=poststarthook/${hook}`).join('&')}`;

/** Keeps what all members have in memory, and answers questions about it. Its own settings are in etcd. */
export function karmadaSearch(plane: ControlPlane): Part[] {
  const name = 'karmada-search';
  return [
    service(plane, name, [{ name: 'https', port: 443 }]),
    ...deployment(
      plane,
      WAVES.controllers,
      extensionServer({
        name,
        trust: etcdClientFlags(plane, ETCD_CLIENT),
        mounts: [{ name: 'etcd-client-cert', path: ETCD_CLIENT, secret: `${name}-etcd-client-cert` }],
        livenessProbe: httpProbe('HTTPS', 'https', withoutCaches('/livez'), {
          periodSeconds: 15,
          timeoutSeconds: 5,
          failureThreshold: 3,
        }),
        readyPath: withoutCaches('/readyz'),
        requests: { cpu: '200m', memory: '512Mi' },
      }),
    ),
  ];
}
