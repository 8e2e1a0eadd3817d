import type { ControlPlane } from '../control-plane';
import { deployment, httpProbe, service } from '../deployment';
import { clientMounts, KUBECONFIG } from '../kubeconfig';
import { type Part, WAVES } from '../part';

const SERVER = '/etc/karmada/pki/server';

/** Asks all members for metrics and adds them up, for a FederatedHPA. It stores nothing and knows no feature gates. */
export function karmadaMetricsAdapter(plane: ControlPlane): Part[] {
  const name = 'karmada-metrics-adapter';
  return [
    service(plane, name, [{ name: 'https', port: 443 }]),
    ...deployment(plane, WAVES.controllers, {
      name,
      binary: `/bin/${name}`,
      flags: {
        kubeconfig: KUBECONFIG,
        'authentication-kubeconfig': KUBECONFIG,
        'authorization-kubeconfig': KUBECONFIG,
        'client-ca-file': `${SERVER}/ca.crt`,
        'tls-cert-file': `${SERVER}/tls.crt`,
        'tls-private-key-file': `${SERVER}/tls.key`,
        'tls-min-version': 'VersionTLS13',
        'audit-log-path': '-',
        'audit-log-maxage': 0,
        'audit-log-maxbackup': 0,
        'bind-address': '0.0.0.0',
        'metrics-bind-address': ':8080',
        'secure-port': 6443,
        v: 2,
      },
      ports: [
        { name: 'https', port: 6443 },
        { name: 'metrics', port: 8080 },
      ],
      mounts: [...clientMounts(name), { name: 'server-cert', path: SERVER, secret: `${name}-cert` }],
      probes: {
        livenessProbe: httpProbe('HTTPS', 'https', '/healthz', {
          initialDelaySeconds: 10,
          periodSeconds: 10,
          timeoutSeconds: 15,
          failureThreshold: 3,
        }),
        readinessProbe: httpProbe('HTTPS', 'https', '/readyz', {
          initialDelaySeconds: 1,
          periodSeconds: 3,
          timeoutSeconds: 15,
          failureThreshold: 3,
        }),
      },
      requests: { cpu: '100m', memory: '128Mi' },
      scratch: '/tmp',
      entrances: [{ ports: [6443], from: ['karmada-apiserver'] }],
      metricsPort: 8080,
    }),
  ];
}
