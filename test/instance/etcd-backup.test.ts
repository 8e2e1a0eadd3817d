import { Cron, Size } from 'cdk8s';
import { EtcdBackup } from '../../src/instance/etcd-backup';
import { messageOf } from '../core/fake-instance';
import { anInstance, find } from './an-instance';

const daily = EtcdBackup.persistentVolumeClaim({ size: Size.gibibytes(20), storageClass: 'slow' });
const jobOf = (etcdBackup: EtcdBackup) => find(anInstance({ etcdBackup }).host, 'CronJob', 'etcd-backup');

test('a snapshot of one member is taken, verified, named after its moment, and the oldest go', () => {
  const { spec } = jobOf(daily);
  expect([spec.schedule, spec.concurrencyPolicy]).toEqual(['0 0 * * *', 'Forbid']);
  const { initContainers, containers, restartPolicy } = spec.jobTemplate.spec.template.spec;
  expect(restartPolicy).toBe('Never');
  expect(
    [...initContainers, ...containers].map(({ name, image, command, args }: any) => [name, image, command, args]),
  ).toEqual([
    [
      'snapshot',
      'registry.k8s.io/etcd:3.6.6-0',
      ['/usr/local/bin/etcdctl'],
      [
        '--endpoints=https://etcd-client.karmada-system.svc.cluster.local:2379',
        '--cacert=/etc/karmada/pki/etcd-client/ca.crt',
        '--cert=/etc/karmada/pki/etcd-client/tls.crt',
        '--key=/etc/karmada/pki/etcd-client/tls.key',
        'snapshot',
        'save',
        '/backup/new.db',
      ],
    ],
    ['verify', 'registry.k8s.io/etcd:3.6.6-0', ['/usr/local/bin/etcdutl'], ['snapshot', 'status', '/backup/new.db']],
    [
      'keep',
      'docker.io/karmada/karmada-controller-manager:v1.18.2',
      ['/bin/sh', '-ec'],
      [
        'mv /backup/new.db /backup/etcd-$(date -u +%Y%m%dT%H%M%SZ).db\nls /backup/etcd-*.db | sort -r | tail -n +8 | xargs -r rm --',
      ],
    ],
  ]);
});

test('its claim is kept apart from those of etcd, and goes with the size that is asked for', () => {
  const { host } = anInstance({ etcdBackup: daily });
  expect(find(host, 'PersistentVolumeClaim', 'etcd-backup').spec).toEqual({
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'slow',
    resources: { requests: { storage: '20Gi' } },
  });
});

test('a claim that is there already is used as it is', () => {
  const backup = EtcdBackup.existingClaim('offsite', { schedule: Cron.hourly(), keep: 24 });
  const { host } = anInstance({ etcdBackup: backup });
  expect(host.filter(({ kind }) => kind === 'PersistentVolumeClaim')).toEqual([]);
  const { spec } = jobOf(backup);
  expect(spec.schedule).toBe('0 * * * *');
  expect(spec.jobTemplate.spec.template.spec.volumes).toContainEqual({
    name: 'backup',
    persistentVolumeClaim: { claimName: 'offsite' },
  });
  expect(spec.jobTemplate.spec.template.spec.containers[0].args[0]).toContain('tail -n +25');
});

test('only it gets a certificate for etcd beside the API servers', () => {
  const secrets = (etcdBackup?: EtcdBackup) =>
    JSON.parse(find(anInstance({ etcdBackup }).host, 'ConfigMap', 'east-pki-plan').data['plan.json']).certificates.map(
      ({ secret }: any) => secret,
    );
  expect(secrets(daily).filter((secret: string) => !secrets().includes(secret))).toEqual(['etcd-etcd-client-cert']);
});

test('fails with everything that is wrong', () => {
  expect(messageOf(() => EtcdBackup.persistentVolumeClaim({ size: Size.mebibytes(100), keep: 0 }))).toBe(
    [
      'keep must be a whole number, 1 or more, got 0',
      '  at EtcdBackup.persistentVolumeClaim',
      '  fix: leave it out to keep 7',
      "size of the backup's volume must be 1Gi or more, got 100Mi",
      '  at EtcdBackup.persistentVolumeClaim',
      '  fix: ask for keep + 1 times what etcd may hold: it cannot be changed afterwards',
    ].join('\n'),
  );
  expect(messageOf(() => EtcdBackup.existingClaim('Off Site'))).toBe(
    [
      'no PersistentVolumeClaim can be named "Off Site"',
      '  at EtcdBackup.existingClaim',
      '  fix: give the name of one',
    ].join('\n'),
  );
});
