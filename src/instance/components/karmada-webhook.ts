import type { ControlPlane } from '../control-plane';
import { deployment, httpProbe, service, startupProbe } from '../deployment';
import { featureGates } from '../feature-gates';
import { clientMounts, KUBECONFIG } from '../kubeconfig';
import { type Part, WAVES } from '../part';

const SERVER = '/etc/karmada/pki/server';
const READYZ = httpProbe('HTTPS', 'https', '/readyz', { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 });

/** Checks and completes policies. While no pod of it answers, none can be written: hence two by default. */
export function karmadaWebhook(plane: ControlPlane): Part[] {
  const name = 'karmada-webhook';
  return [
    service(plane, name, [{ name: 'https', port: 443 }]),
    ...deployment(plane, WAVES.controllers, {
      name,
      binary: `/bin/${name}`,
      flags: {
        kubeconfig: KUBECONFIG,
        'bind-address': '0.0.0.0',
        'cert-dir': SERVER,
        // off: nothing is ever registered there, so that it answers 404
        'health-probe-bind-address': 0,
        'metrics-bind-address': ':8080',
        'secure-port': 8443,
        ...featureGates(plane),
        v: 2,
      },
      ports: [
        { name: 'https', port: 8443 },
        { name: 'metrics', port: 8080 },
      ],
      mounts: [...clientMounts(name), { name: 'server-cert', path: SERVER, secret: `${name}-cert` }],
      probes: {
        startupProbe: startupProbe(READYZ, 150),
        livenessProbe: { ...READYZ, periodSeconds: 15, failureThreshold: 8 },
        readinessProbe: READYZ,
      },
      requests: { cpu: '100m', memory: '128Mi' },
      scratch: '/tmp',
      entrances: [{ ports: [8443], from: ['karmada-apiserver'] }],
      metricsPort: 8080,
    }),
  ];
}
