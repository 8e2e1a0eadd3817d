import { KARMADA_CA, SERVICE_ACCOUNT_KEY } from '../certificates';
import type { ControlPlane } from '../control-plane';
import { deployment, httpProbe, startupProbe } from '../deployment';
import { clientMounts, KUBECONFIG } from '../kubeconfig';
import { type Part, WAVES } from '../part';

const PKI = '/etc/karmada/pki';
const PORT = 10257;

/** No controller of workloads is among them, on purpose: on Karmada a template must not turn into pods. */
const CONTROLLERS = [
  'namespace',
  'garbagecollector',
  'serviceaccount-token',
  'ttl-after-finished',
  'bootstrapsigner',
  'tokencleaner',
  'csrcleaner',
  'csrsigning',
  'clusterrole-aggregation',
];

/** Kubernetes' own housekeeping for the Karmada API server: a stock kube-controller-manager, most of it switched off. */
export function karmadaKubeControllerManager(plane: ControlPlane): Part[] {
  const name = 'karmada-kube-controller-manager';
  const probe = httpProbe('HTTPS', 'https', '/healthz', {
    periodSeconds: 10,
    timeoutSeconds: 15,
    failureThreshold: 8,
  });
  return [
    ...deployment(plane, WAVES.extensions, {
      name,
      binary: 'kube-controller-manager',
      flags: {
        kubeconfig: KUBECONFIG,
        'authentication-kubeconfig': KUBECONFIG,
        'authorization-kubeconfig': KUBECONFIG,
        'bind-address': '0.0.0.0',
        'client-ca-file': `${PKI}/ca/tls.crt`,
        'cluster-signing-cert-file': `${PKI}/ca/tls.crt`,
        'cluster-signing-key-file': `${PKI}/ca/tls.key`,
        controllers: CONTROLLERS.join(','),
        'leader-elect': true,
        'root-ca-file': `${PKI}/ca/tls.crt`,
        'secure-port': PORT,
        'service-account-private-key-file': `${PKI}/service-account-key-pair/sa.key`,
        'use-service-account-credentials': true,
        v: 2,
      },
      ports: [{ name: 'https', port: PORT }],
      mounts: [
        ...clientMounts(name),
        // the one pod with the key of an authority: it signs the certificates of pull-mode members
        { name: 'ca', path: `${PKI}/ca`, secret: KARMADA_CA },
        { name: 'service-account-key', path: `${PKI}/service-account-key-pair`, secret: SERVICE_ACCOUNT_KEY },
      ],
      probes: { startupProbe: startupProbe(probe, 90), livenessProbe: probe, readinessProbe: probe },
      requests: { cpu: '100m', memory: '128Mi' },
      entrances: [],
      metricsPort: PORT,
    }),
  ];
}
