import { type ControlPlane, serviceDomain, settingsOf } from '../control-plane';
import { argumentsOf, containerSecurity, podSettings, serviceAccount, volume } from '../deployment';
import { labels, metadata, type Part, WAVES } from '../part';

const NAME = 'etcd-backup';
const PKI = '/etc/karmada/pki/etcd-client';
const FOLDER = '/backup';
const NEW = `${FOLDER}/new.db`;

/** A snapshot at a time: taken, verified, and only then named after its moment; then the oldest ones go. */
export function etcdBackup(plane: ControlPlane): Part[] {
  const { backup } = plane;
  if (!backup) return [];
  const claimName = backup._claimName ?? NAME;
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata(plane, NAME),
    spec: backup._claim,
  };
  return [
    serviceAccount(plane, NAME),
    ...(backup._claim ? [{ id: 'BackupClaim', wave: WAVES.foundation, manifest: claim }] : []),
    { id: 'Backup', wave: WAVES.etcd, manifest: cronJob(plane, backup, claimName) },
  ].map((part) => (part.id === 'ServiceAccount' ? { ...part, id: 'BackupServiceAccount' } : part));
}

function cronJob(plane: ControlPlane, backup: NonNullable<ControlPlane['backup']>, claimName: string): any {
  const { image } = settingsOf(plane, 'etcd');
  const folder = { name: 'backup', mountPath: FOLDER };
  const certificate = { name: 'etcd-client-cert', path: PKI, secret: 'etcd-etcd-client-cert' };
  const container = { imagePullPolicy: 'IfNotPresent', securityContext: containerSecurity(), resources: REQUESTS };
  const snapshot = {
    name: 'snapshot',
    image,
    ...container,
    command: ['/usr/local/bin/etcdctl'],
    args: [
      ...argumentsOf({
        // one member only: a snapshot is that of one, and the Service has those that are ready
        endpoints: `https://${serviceDomain(plane, 'etcd-client')}:2379`,
        cacert: `${PKI}/ca.crt`,
        cert: `${PKI}/tls.crt`,
        key: `${PKI}/tls.key`,
      }),
      'snapshot',
      'save',
      NEW,
    ],
    volumeMounts: [folder, { name: certificate.name, mountPath: PKI, readOnly: true }],
  };
  const verify = {
    name: 'verify',
    image,
    ...container,
    command: ['/usr/local/bin/etcdutl'],
    args: ['snapshot', 'status', NEW],
    volumeMounts: [folder],
  };
  const keep = {
    name: 'keep',
    // etcd's image has no shell, Karmada's have one
    image: settingsOf(plane, 'karmada-controller-manager').image,
    ...container,
    command: ['/bin/sh', '-ec'],
    args: [
      `mv ${NEW} ${FOLDER}/etcd-$(date -u +%Y%m%dT%H%M%SZ).db\nls ${FOLDER}/etcd-*.db | sort -r | tail -n +${backup._keep + 1} | xargs -r rm --`,
    ],
    volumeMounts: [folder],
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata(plane, NAME),
    spec: {
      schedule: backup._schedule,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 600,
      jobTemplate: {
        spec: {
          backoffLimit: 3,
          activeDeadlineSeconds: 3600,
          template: {
            metadata: { labels: labels(plane, NAME) },
            spec: {
              serviceAccountName: NAME,
              restartPolicy: 'Never',
              ...podSettings(plane),
              initContainers: [snapshot, verify],
              containers: [keep],
              volumes: [volume(certificate), { name: 'backup', persistentVolumeClaim: { claimName } }],
            },
          },
        },
      },
    },
  };
}

const REQUESTS = { requests: { cpu: '100m', memory: '128Mi' } };
