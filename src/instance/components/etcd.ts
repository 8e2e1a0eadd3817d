import { type ControlPlane, ETCD_PEER, etcdMembers, serviceDomain } from '../control-plane';
import {
  type Component,
  disruptionBudget,
  type Flags,
  httpProbe,
  onAnotherNode,
  podTemplate,
  service,
  surroundings,
} from '../deployment';
import { metadata, type Part, selector, WAVES } from '../part';
import { etcdBackup } from './etcd-backup';

const DATA = 'etcd-data';
const SERVER = '/etc/karmada/pki/server';
const PEER = '/etc/karmada/pki/peer';
const CLIENT = { name: 'client', port: 2379 };

/** Where members serve clients, one URL each: behind a Service, a client could not tell a member that is down. */
export function etcdServers(plane: ControlPlane): string {
  return etcdMembers(plane)
    .map((member) => `https://${member}:2379`)
    .join(',');
}

/** The flags of a client of etcd, whose certificate is mounted at `pki`. */
export function etcdClientFlags(plane: ControlPlane, pki: string): Flags {
  return {
    'etcd-servers': etcdServers(plane),
    'etcd-cafile': `${pki}/ca.crt`,
    'etcd-certfile': `${pki}/tls.crt`,
    'etcd-keyfile': `${pki}/tls.key`,
  };
}

/** The database of the control plane. */
export function etcd(plane: ControlPlane): Part[] {
  return [
    service(plane, 'etcd', [CLIENT, { name: 'peer', port: 2380 }], {
      id: 'HeadlessService',
      // members have to find each other before any of them can be ready
      spec: { clusterIP: 'None', publishNotReadyAddresses: true },
    }),
    service(plane, 'etcd', [CLIENT], { id: 'ClientService', name: 'etcd-client' }),
    { id: 'StatefulSet', wave: WAVES.etcd, manifest: statefulSet(plane) },
    ...disruptionBudget(plane, 'etcd', plane.etcd.replicas),
    ...surroundings(plane, component(plane)),
    ...etcdBackup(plane),
  ];
}

function flags(plane: ControlPlane): Flags {
  const own = `$(POD_NAME).${serviceDomain(plane, 'etcd')}`;
  const { quotaBytes } = plane.etcd._volume;
  return {
    name: '$(POD_NAME)',
    // a folder inside the volume: etcd wants it for itself alone, which the root of a volume is not
    'data-dir': '/var/lib/etcd/data',
    'listen-client-urls': 'https://0.0.0.0:2379',
    'listen-peer-urls': 'https://0.0.0.0:2380',
    'listen-metrics-urls': 'http://0.0.0.0:2381',
    'advertise-client-urls': `https://${own}:2379`,
    'initial-advertise-peer-urls': `https://${own}:2380`,
    'initial-cluster': etcdMembers(plane)
      .map((member, index) => `etcd-${index}=https://${member}:2380`)
      .join(','),
    'initial-cluster-state': 'new',
    'initial-cluster-token': `${plane.namespace}/${plane.instanceName}`,
    'client-cert-auth': true,
    'trusted-ca-file': `${SERVER}/ca.crt`,
    'cert-file': `${SERVER}/tls.crt`,
    'key-file': `${SERVER}/tls.key`,
    'peer-client-cert-auth': true,
    // else whoever may be a client could also pass for a member
    'peer-cert-allowed-cn': ETCD_PEER,
    'peer-trusted-ca-file': `${PEER}/ca.crt`,
    'peer-cert-file': `${PEER}/tls.crt`,
    'peer-key-file': `${PEER}/tls.key`,
    'tls-min-version': 'TLS1.3',
    ...(quotaBytes !== undefined && { 'quota-backend-bytes': quotaBytes }),
  };
}

function component(plane: ControlPlane): Component {
  return {
    name: 'etcd',
    binary: '/usr/local/bin/etcd',
    flags: flags(plane),
    env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } }],
    ports: [CLIENT, { name: 'peer', port: 2380 }, { name: 'metrics', port: 2381 }],
    mounts: [
      { name: 'server-cert', path: SERVER, secret: 'etcd-cert' },
      { name: 'peer-cert', path: PEER, secret: 'etcd-peer-cert' },
    ],
    probes: {
      livenessProbe: httpProbe('HTTP', 'metrics', '/livez', {
        initialDelaySeconds: 60,
        periodSeconds: 10,
        timeoutSeconds: 5,
        failureThreshold: 3,
      }),
      readinessProbe: httpProbe('HTTP', 'metrics', '/readyz', {
        // the first member may be there in a second, and all else waits for it
        periodSeconds: 2,
        timeoutSeconds: 5,
        failureThreshold: 30,
      }),
    },
    requests: { cpu: '500m', memory: '1Gi' },
    entrances: [
      {
        ports: [2379],
        from: ['karmada-apiserver', 'karmada-aggregated-apiserver', 'karmada-search', 'etcd-backup'],
      },
      { ports: [2380], from: ['etcd'] },
    ],
    metricsPort: 2381,
  };
}

function statefulSet(plane: ControlPlane): any {
  const { replicas, _volume: volume } = plane.etcd;
  const template = podTemplate(plane, component(plane), antiAffinity(plane));
  const pod = template.spec;
  pod.containers[0].volumeMounts.push({ name: DATA, mountPath: '/var/lib/etcd' });
  if (volume.hostPath) {
    pod.nodeSelector = { ...pod.nodeSelector, ...volume.nodeSelector };
    // kubelet makes the folder as root and never hands it over
    Object.assign(pod.securityContext, { runAsNonRoot: false, runAsUser: 0, runAsGroup: 0 });
    pod.volumes.push({
      name: DATA,
      hostPath: { path: volume.hostPath(plane.instanceName), type: 'DirectoryOrCreate' },
    });
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadata(plane, 'etcd'),
    spec: {
      replicas,
      serviceName: 'etcd',
      // all at once: the first member is not ready before there is a majority
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: selector(plane, 'etcd') },
      template,
      ...(volume.claim && {
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        volumeClaimTemplates: [claimTemplate(plane, volume.claim)],
      }),
    },
  };
}

/**
 * With all that an API server fills in. The list is owned as one: a tool that takes over from another would else want something
 * other than what is there.
 */
function claimTemplate(plane: ControlPlane, claim: any): any {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: DATA, labels: selector(plane, 'etcd') },
    spec: { ...claim, volumeMode: 'Filesystem' },
    status: { phase: 'Pending' },
  };
}

function antiAffinity(plane: ControlPlane): any {
  const term = onAnotherNode(plane, 'etcd');
  return plane.etcd.replicas > 1
    ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
    : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] };
}
