import type { ControlPlane } from '../control-plane';
import { deployment, httpProbe, service } from '../deployment';
import { type Part, WAVES } from '../part';
import { extensionServer } from './extension-server';

const CLIENT_CA = '/etc/karmada/pki/server/ca.crt';

/** Asks all members for metrics and adds them up, for a FederatedHPA. It stores nothing and knows no feature gates. */
export function karmadaMetricsAdapter(plane: ControlPlane): Part[] {
  const name = 'karmada-metrics-adapter';
  return [
    service(plane, name, [{ name: 'https', port: 443 }]),
    ...deployment(
      plane,
      WAVES.controllers,
      extensionServer({
        name,
        trust: { 'client-ca-file': CLIENT_CA },
        flags: { 'metrics-bind-address': ':8080' },
        livenessProbe: httpProbe('HTTPS', 'https', '/healthz', {
          periodSeconds: 10,
          timeoutSeconds: 15,
          failureThreshold: 3,
        }),
        requests: { cpu: '100m', memory: '128Mi' },
        metricsPort: 8080,
      }),
    ),
  ];
}
