import { anInstance, find, flagsOf, mountsOf, podOf } from './an-instance';

const deployment = () => find(anInstance().host, 'Deployment', 'karmada-kube-controller-manager');

test('it runs the housekeeping, and nothing that would make pods of a template', () => {
  const { container } = podOf(deployment());
  const kubeconfig = '/etc/karmada/config/karmada.config';
  const pki = '/etc/karmada/pki';
  expect(container.command).toEqual(['kube-controller-manager']);
  expect(flagsOf(container)).toEqual({
    kubeconfig,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'bind-address': '0.0.0.0',
    'client-ca-file': `${pki}/ca/tls.crt`,
    'cluster-signing-cert-file': `${pki}/ca/tls.crt`,
    'cluster-signing-key-file': `${pki}/ca/tls.key`,
    controllers:
      'namespace,garbagecollector,serviceaccount-token,ttl-after-finished,bootstrapsigner,tokencleaner,csrcleaner,csrsigning,clusterrole-aggregation',
    'leader-elect': 'true',
    'root-ca-file': `${pki}/ca/tls.crt`,
    'secure-port': '10257',
    'service-account-private-key-file': `${pki}/service-account-key-pair/sa.key`,
    'use-service-account-credentials': 'true',
    v: '2',
  });
});

test('it alone holds the key of an authority', () => {
  expect(mountsOf(deployment())).toEqual({
    '/etc/karmada/config': 'ConfigMap/karmada-component-kubeconfig, read-only',
    '/etc/karmada/pki/client': 'Secret/karmada-kube-controller-manager-client-cert, read-only',
    '/etc/karmada/pki/ca': 'Secret/karmada-ca, read-only',
    '/etc/karmada/pki/service-account-key-pair': 'Secret/karmada-service-account-key, read-only',
  });
  const holders = anInstance()
    .host.filter(({ spec }) => JSON.stringify(spec?.template?.spec.volumes ?? '').includes('"karmada-ca"'))
    .map(({ metadata }) => metadata.name);
  expect(holders).toEqual(['karmada-kube-controller-manager']);
});

test('its probes', () => {
  const { container } = podOf(deployment());
  const probe = {
    httpGet: { scheme: 'HTTPS', port: 'https', path: '/healthz' },
    periodSeconds: 10,
    timeoutSeconds: 15,
    failureThreshold: 8,
  };
  expect([container.livenessProbe, container.readinessProbe]).toEqual([probe, probe]);
  expect(container.startupProbe).toEqual({ ...probe, periodSeconds: 1, failureThreshold: 90 });
  expect(container.ports).toEqual([{ name: 'https', containerPort: 10257, protocol: 'TCP' }]);
});
