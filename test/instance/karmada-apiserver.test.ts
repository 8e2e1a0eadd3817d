import { anInstance, find, flagsOf, mountsOf, podOf } from './an-instance';

const deployment = () => find(anInstance().host, 'Deployment', 'karmada-apiserver');

test('its flags', () => {
  const { container } = podOf(deployment());
  const pki = '/etc/karmada/pki';
  expect(container.command).toEqual(['kube-apiserver']);
  expect(flagsOf(container)).toEqual({
    'allow-privileged': 'true',
    'authorization-mode': 'Node,RBAC',
    'bind-address': '0.0.0.0',
    'client-ca-file': `${pki}/server/ca.crt`,
    'disable-admission-plugins': 'StorageObjectInUseProtection,ServiceAccount',
    'enable-bootstrap-token-auth': 'true',
    'etcd-cafile': `${pki}/etcd-client/ca.crt`,
    'etcd-certfile': `${pki}/etcd-client/tls.crt`,
    'etcd-keyfile': `${pki}/etcd-client/tls.key`,
    'etcd-servers': [0, 1, 2]
      .map((index) => `https://etcd-${index}.etcd.karmada-system.svc.cluster.local:2379`)
      .join(','),
    'max-mutating-requests-inflight': '500',
    'max-requests-inflight': '1500',
    'proxy-client-cert-file': `${pki}/front-proxy-client/tls.crt`,
    'proxy-client-key-file': `${pki}/front-proxy-client/tls.key`,
    'requestheader-allowed-names': 'front-proxy-client',
    'requestheader-client-ca-file': `${pki}/front-proxy-client/ca.crt`,
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-username-headers': 'X-Remote-User',
    'secure-port': '5443',
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': `${pki}/service-account-key-pair/sa.pub`,
    'service-account-signing-key-file': `${pki}/service-account-key-pair/sa.key`,
    'service-cluster-ip-range': '10.96.0.0/12',
    'tls-cert-file': `${pki}/server/tls.crt`,
    'tls-min-version': 'VersionTLS13',
    'tls-private-key-file': `${pki}/server/tls.key`,
    v: '2',
  });
});

test('it holds four Secrets, each for one thing', () => {
  expect(mountsOf(deployment())).toEqual({
    '/etc/karmada/pki/server': 'Secret/karmada-apiserver-cert, read-only',
    '/etc/karmada/pki/etcd-client': 'Secret/karmada-apiserver-etcd-client-cert, read-only',
    '/etc/karmada/pki/front-proxy-client': 'Secret/karmada-apiserver-front-proxy-client-cert, read-only',
    '/etc/karmada/pki/service-account-key-pair': 'Secret/karmada-service-account-key, read-only',
  });
});

test('it has four minutes to start, and keeps the one capability that its binary asks for', () => {
  const { container } = podOf(deployment());
  expect(container.startupProbe).toEqual({
    httpGet: { scheme: 'HTTPS', port: 'https', path: '/livez' },
    periodSeconds: 1,
    timeoutSeconds: 15,
    failureThreshold: 240,
  });
  expect(container.livenessProbe).toEqual({
    httpGet: { scheme: 'HTTPS', port: 'https', path: '/livez' },
    periodSeconds: 10,
    timeoutSeconds: 15,
    failureThreshold: 8,
  });
  expect(container.readinessProbe).toEqual({
    httpGet: { scheme: 'HTTPS', port: 'https', path: '/readyz' },
    periodSeconds: 1,
    timeoutSeconds: 15,
    failureThreshold: 3,
  });
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
  });
  expect(container.resources).toEqual({ requests: { cpu: '250m', memory: '1Gi' } });
});

test('its Service', () => {
  expect(find(anInstance().host, 'Service', 'karmada-apiserver').spec).toEqual({
    type: 'ClusterIP',
    selector: { 'app.kubernetes.io/name': 'karmada-apiserver', 'app.kubernetes.io/instance': 'east' },
    ports: [{ name: 'https', port: 5443, protocol: 'TCP', targetPort: 'https' }],
  });
});
