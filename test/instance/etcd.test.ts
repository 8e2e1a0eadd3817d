import { Size } from 'cdk8s';
import { EtcdStorage } from '../../src/instance/etcd-storage';
import { anInstance, find, flagsOf, mountsOf, oneMember, podOf } from './an-instance';

const DOMAIN = 'etcd.karmada-system.svc.cluster.local';

function etcdOf(etcd: EtcdStorage): any {
  return find(anInstance({ etcd }).host, 'StatefulSet', 'etcd');
}

function message(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

test('its members know each other by name, and speak TLS with everybody', () => {
  const { container } = podOf(find(anInstance().host, 'StatefulSet', 'etcd'));
  expect(container.command).toEqual(['/usr/local/bin/etcd']);
  expect(flagsOf(container)).toEqual({
    name: '$(POD_NAME)',
    'data-dir': '/var/lib/etcd/data',
    'listen-client-urls': 'https://0.0.0.0:2379',
    'listen-peer-urls': 'https://0.0.0.0:2380',
    'listen-metrics-urls': 'http://0.0.0.0:2381',
    'advertise-client-urls': `https://$(POD_NAME).${DOMAIN}:2379`,
    'initial-advertise-peer-urls': `https://$(POD_NAME).${DOMAIN}:2380`,
    'initial-cluster': [0, 1, 2].map((index) => `etcd-${index}=https://etcd-${index}.${DOMAIN}:2380`).join(','),
    'initial-cluster-state': 'new',
    'initial-cluster-token': 'karmada-system/east',
    'client-cert-auth': 'true',
    'trusted-ca-file': '/etc/karmada/pki/server/ca.crt',
    'cert-file': '/etc/karmada/pki/server/tls.crt',
    'key-file': '/etc/karmada/pki/server/tls.key',
    'peer-client-cert-auth': 'true',
    'peer-cert-allowed-cn': 'system:karmada:etcd-peer',
    'peer-trusted-ca-file': '/etc/karmada/pki/peer/ca.crt',
    'peer-cert-file': '/etc/karmada/pki/peer/tls.crt',
    'peer-key-file': '/etc/karmada/pki/peer/tls.key',
    'tls-min-version': 'TLS1.3',
    'quota-backend-bytes': String(8 * 1024 ** 3),
  });
  expect(container.env).toEqual([
    { name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
  ]);
});

test('its pods are made at once, are found before they are ready, and stay off one node', () => {
  const { host } = anInstance();
  const { spec } = find(host, 'StatefulSet', 'etcd');
  expect(spec).toMatchObject({ replicas: 3, serviceName: 'etcd', podManagementPolicy: 'Parallel' });
  expect(spec.template.spec.affinity.podAntiAffinity).toEqual({
    requiredDuringSchedulingIgnoredDuringExecution: [
      {
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'etcd', 'app.kubernetes.io/instance': 'east' } },
        topologyKey: 'kubernetes.io/hostname',
      },
    ],
  });
  expect(find(host, 'Service', 'etcd').spec).toEqual({
    type: 'ClusterIP',
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    selector: { 'app.kubernetes.io/name': 'etcd', 'app.kubernetes.io/instance': 'east' },
    ports: [
      { name: 'client', port: 2379, protocol: 'TCP', targetPort: 'client' },
      { name: 'peer', port: 2380, protocol: 'TCP', targetPort: 'peer' },
    ],
  });
  expect(find(host, 'PodDisruptionBudget', 'etcd').spec.maxUnavailable).toBe(1);
});

test('one Service for tools', () => {
  expect(find(anInstance().host, 'Service', 'etcd-client').spec).toEqual({
    type: 'ClusterIP',
    selector: { 'app.kubernetes.io/name': 'etcd', 'app.kubernetes.io/instance': 'east' },
    ports: [{ name: 'client', port: 2379, protocol: 'TCP', targetPort: 'client' }],
  });
});

test('its probes need no shell, which its image has not', () => {
  const { container } = podOf(find(anInstance().host, 'StatefulSet', 'etcd'));
  expect(container.livenessProbe).toEqual({
    httpGet: { scheme: 'HTTP', port: 'metrics', path: '/livez' },
    initialDelaySeconds: 60,
    periodSeconds: 10,
    timeoutSeconds: 5,
    failureThreshold: 3,
  });
  expect(container.readinessProbe).toEqual({
    httpGet: { scheme: 'HTTP', port: 'metrics', path: '/readyz' },
    periodSeconds: 2,
    timeoutSeconds: 5,
    failureThreshold: 30,
  });
});

test('a persistent volume for each member, which stays', () => {
  const statefulSet = etcdOf(
    EtcdStorage.persistentVolumeClaim({ size: Size.gibibytes(5), storageClass: 'fast', replicas: 5 }),
  );
  expect(mountsOf(statefulSet)).toEqual({
    '/etc/karmada/pki/server': 'Secret/etcd-cert, read-only',
    '/etc/karmada/pki/peer': 'Secret/etcd-peer-cert, read-only',
    '/var/lib/etcd': 'claim',
  });
  expect(statefulSet.spec.replicas).toBe(5);
  expect(statefulSet.spec.persistentVolumeClaimRetentionPolicy).toEqual({
    whenDeleted: 'Retain',
    whenScaled: 'Retain',
  });
  // what an API server fills in is there: a tool that takes over finds nothing else than it wants
  expect(statefulSet.spec.volumeClaimTemplates).toEqual([
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'etcd-data',
        labels: { 'app.kubernetes.io/name': 'etcd', 'app.kubernetes.io/instance': 'east' },
      },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'fast',
        volumeMode: 'Filesystem',
        resources: { requests: { storage: '5Gi' } },
      },
      status: { phase: 'Pending' },
    },
  ]);
});

test.each([
  ['2Gi', Size.gibibytes(2), 1717986918],
  ['5120Mi', Size.mebibytes(5120), 4294967296],
  ['1Ti', Size.tebibytes(1), 8589934592],
])('of a volume of %s the database leaves room for the log', (_, size, bytes) => {
  const { container } = podOf(etcdOf(EtcdStorage.persistentVolumeClaim({ size })));
  expect(flagsOf(container)['quota-backend-bytes']).toBe(String(bytes));
});

test('without a StorageClass the default one of the host is used', () => {
  expect(etcdOf(oneMember).spec.volumeClaimTemplates[0].spec).not.toHaveProperty('storageClassName');
});

test('a folder on one node belongs to root, so etcd is root there', () => {
  const statefulSet = etcdOf(EtcdStorage.hostPath({ nodeSelector: { 'kubernetes.io/hostname': 'node-1' } }));
  const { spec, container } = podOf(statefulSet);
  expect(statefulSet.spec.replicas).toBe(1);
  expect(statefulSet.spec).not.toHaveProperty('volumeClaimTemplates');
  expect(spec.nodeSelector).toEqual({ 'kubernetes.io/hostname': 'node-1' });
  expect(spec.securityContext).toMatchObject({ runAsNonRoot: false, runAsUser: 0, runAsGroup: 0 });
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  expect(spec.volumes).toContainEqual({
    name: 'etcd-data',
    hostPath: { path: '/var/lib/east-karmada-etcd', type: 'DirectoryOrCreate' },
  });
  expect(mountsOf(statefulSet)['/var/lib/etcd']).toBe('hostPath');
});

test('only for a folder of a node does the namespace take privileged pods', () => {
  const etcd = EtcdStorage.hostPath({ nodeSelector: { 'kubernetes.io/hostname': 'node-1' } });
  expect(find(anInstance({ etcd }).host, 'Namespace', 'karmada-system').metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'privileged',
  });
});

test('fails with everything that is wrong with a volume', () => {
  expect(message(() => EtcdStorage.persistentVolumeClaim({ size: Size.gibibytes(1), replicas: 2 }))).toBe(
    [
      'replicas of etcd must be 1, 3, 5 or 7, got 2',
      '  at EtcdStorage.persistentVolumeClaim',
      '  fix: use an odd number: an even one survives no more lost members than the odd one below it',
      "size of etcd's volume must be 2Gi or more, got 1Gi",
      '  at EtcdStorage.persistentVolumeClaim',
      '  fix: ask for 10Gi: the log needs half a GiB beside the data, and the size cannot be changed afterwards',
    ].join('\n'),
  );
});

test('fails with everything that is wrong with a folder', () => {
  expect(message(() => EtcdStorage.hostPath({ nodeSelector: {}, path: 'data' }))).toBe(
    [
      'nodeSelector must name the node that keeps the data, got no label',
      '  at EtcdStorage.hostPath',
      "  fix: give a label that one node has, such as { 'kubernetes.io/hostname': 'node-1' }: on any other node etcd would start empty",
      'path must be an absolute path below the root folder, got "data"',
      '  at EtcdStorage.hostPath',
      '  fix: write it as /var/lib/karmada-etcd',
    ].join('\n'),
  );
});
