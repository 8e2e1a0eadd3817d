import { anInstance, find, flagsOf, mountsOf, podOf } from './an-instance';

const deployment = () => find(anInstance().host, 'Deployment', 'karmada-aggregated-apiserver');

test('it listens on a high port, stores in etcd by itself and asks Karmada who is allowed what', () => {
  const { container } = podOf(deployment());
  const kubeconfig = '/etc/karmada/config/karmada.config';
  const pki = '/etc/karmada/pki';
  expect(container.command).toEqual(['/bin/karmada-aggregated-apiserver']);
  expect(flagsOf(container)).toEqual({
    kubeconfig,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'etcd-servers': [0, 1, 2]
      .map((index) => `https://etcd-${index}.etcd.karmada-system.svc.cluster.local:2379`)
      .join(','),
    'etcd-cafile': `${pki}/etcd-client/ca.crt`,
    'etcd-certfile': `${pki}/etcd-client/tls.crt`,
    'etcd-keyfile': `${pki}/etcd-client/tls.key`,
    'tls-cert-file': `${pki}/server/tls.crt`,
    'tls-private-key-file': `${pki}/server/tls.key`,
    'tls-min-version': 'VersionTLS13',
    'audit-log-path': '-',
    'audit-log-maxage': '0',
    'audit-log-maxbackup': '0',
    'bind-address': '0.0.0.0',
    'secure-port': '6443',
    v: '2',
  });
  expect(container.ports).toEqual([{ name: 'https', containerPort: 6443, protocol: 'TCP' }]);
});

test('it holds its own Secrets only', () => {
  expect(mountsOf(deployment())).toEqual({
    '/etc/karmada/config': 'ConfigMap/karmada-component-kubeconfig, read-only',
    '/etc/karmada/pki/client': 'Secret/karmada-aggregated-apiserver-client-cert, read-only',
    '/etc/karmada/pki/server': 'Secret/karmada-aggregated-apiserver-cert, read-only',
    '/etc/karmada/pki/etcd-client': 'Secret/karmada-aggregated-apiserver-etcd-client-cert, read-only',
    '/tmp': 'emptyDir',
  });
});

test('its probes', () => {
  const { container } = podOf(deployment());
  expect([container.livenessProbe, container.readinessProbe]).toEqual([
    {
      httpGet: { scheme: 'HTTPS', port: 'https', path: '/livez' },
      periodSeconds: 10,
      timeoutSeconds: 15,
      failureThreshold: 3,
    },
    {
      httpGet: { scheme: 'HTTPS', port: 'https', path: '/readyz' },
      periodSeconds: 3,
      timeoutSeconds: 15,
      failureThreshold: 3,
    },
  ]);
});

test('its Service is on port 443, which an aggregated API behind an external name has to be on', () => {
  expect(find(anInstance().host, 'Service', 'karmada-aggregated-apiserver').spec.ports).toEqual([
    { name: 'https', port: 443, protocol: 'TCP', targetPort: 'https' },
  ]);
});
