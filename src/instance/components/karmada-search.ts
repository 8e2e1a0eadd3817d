import type { ControlPlane } from '../control-plane';
import { deployment, httpProbe, service } from '../deployment';
import { clientMounts, KUBECONFIG } from '../kubeconfig';
import { type Part, WAVES } from '../part';
import { etcdClientFlags } from './etcd';

const PKI = '/etc/karmada/pki';

/** Keeps what all members have in memory, and answers questions about it. Its own settings are in etcd. */
export function karmadaSearch(plane: ControlPlane): Part[] {
  const name = 'karmada-search';
  return [
    service(plane, name, [{ name: 'https', port: 443 }]),
    ...deployment(plane, WAVES.controllers, {
      name,
      binary: `/bin/${name}`,
      flags: {
        kubeconfig: KUBECONFIG,
        'authentication-kubeconfig': KUBECONFIG,
        'authorization-kubeconfig': KUBECONFIG,
        ...etcdClientFlags(plane, `${PKI}/etcd-client`),
        'tls-cert-file': `${PKI}/server/tls.crt`,
        'tls-private-key-file': `${PKI}/server/tls.key`,
        'tls-min-version': 'VersionTLS13',
        'audit-log-path': '-',
        'audit-log-maxage': 0,
        'audit-log-maxbackup': 0,
        'bind-address': '0.0.0.0',
        'secure-port': 6443,
        v: 2,
      },
      ports: [{ name: 'https', port: 6443 }],
      mounts: [
        ...clientMounts(name),
        { name: 'server-cert', path: `${PKI}/server`, secret: `${name}-cert` },
        { name: 'etcd-client-cert', path: `${PKI}/etcd-client`, secret: `${name}-etcd-client-cert` },
      ],
      probes: {
        livenessProbe: httpProbe('HTTPS', 'https', '/livez', {
          initialDelaySeconds: 15,
          periodSeconds: 15,
          timeoutSeconds: 5,
          failureThreshold: 3,
        }),
        readinessProbe: httpProbe('HTTPS', 'https', '/readyz', {
          initialDelaySeconds: 1,
          periodSeconds: 3,
          timeoutSeconds: 15,
          failureThreshold: 3,
        }),
      },
      requests: { cpu: '200m', memory: '512Mi' },
      scratch: '/tmp',
      entrances: [{ ports: [6443], from: ['karmada-apiserver'] }],
      metricsPort: 6443,
    }),
  ];
}
