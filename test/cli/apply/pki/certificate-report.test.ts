import { certificateReport } from '../../../../cli/apply/pki/certificate-report';
import { issue } from '../../../../cli/apply/pki/issue';
import type { Workload } from '../../../../cli/apply/pki/restart';
import { daysFrom, exitCodeOf } from '../../../../cli/plan/instance/certificate-row';
import { certificatesText } from '../../../../cli/render/certificates-text';
import { paint } from '../../../../cli/render/paint';
import { later, NOW, samplePlan, stored } from './sample-plan';

const plan = samplePlan();
const reading = {
  ...plan,
  certificates: plan.certificates.map((one) =>
    one.secret === 'scheduler-client-cert' ? { ...one, readAtStart: ['ca.crt', 'tls.crt'] as const } : one,
  ),
};
let secrets: Map<string, any>;

beforeAll(async () => {
  secrets = stored(await issue(plan, new Map(), NOW));
});

function workload(kind: string, name: string, ...mounted: string[]): Workload {
  const template = { spec: { volumes: mounted.map((secretName) => ({ secret: { secretName } })) } };
  const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
  const key = { apiVersion: 'apps/v1', kind, namespace: 'karmada-system', name };
  return { key, plural: '', live: { metadata: { name }, spec } };
}

const workloads = [
  workload('StatefulSet', 'etcd', 'etcd-cert'),
  workload('Deployment', 'karmada-scheduler', 'scheduler-client-cert'),
  workload('CronJob', 'etcd-backup', 'scheduler-client-cert'),
];
const states = (existing: ReadonlyMap<string, any>, now: Date, wanted = reading) =>
  certificateReport(wanted, existing, workloads, now).certificates.map(({ secret, state, why }) =>
    [secret, state, why].filter(Boolean).join(': '),
  );

test('each Secret with who holds it, who signs it, until when, who mounts it and what a renewal starts anew', () => {
  const report = certificateReport(reading, secrets, workloads, later(1));
  expect(report.certificates.find(({ secret }) => secret === 'scheduler-client-cert')).toEqual({
    secret: 'scheduler-client-cert',
    kind: 'certificate',
    commonName: 'system:karmada:karmada-scheduler',
    organizations: ['system:masters'],
    authority: 'karmada-ca',
    expires: '2027-03-01T12:00:00Z',
    state: 'ok',
    mountedBy: ['CronJob/etcd-backup', 'Deployment/karmada-scheduler'],
    restarts: ['Deployment/karmada-scheduler'],
  });
  expect(report.certificates.find(({ secret }) => secret === 'karmada-service-account-key')).toEqual({
    secret: 'karmada-service-account-key',
    kind: 'key pair',
    state: 'ok',
    mountedBy: [],
    restarts: [],
  });
  expect(exitCodeOf(report)).toBe(0);
});

test('what is due is told with the reason, and in the exit code', () => {
  const leaves = ['karmada-apiserver-cert', 'scheduler-client-cert', 'etcd-cert'];
  expect(states(secrets, later(250)).filter((each) => leaves.some((name) => each.startsWith(name)))).toEqual(
    leaves.map((name) => `${name}: renew due: it expires on 2027-03-01, less than a third of its lifetime from now`),
  );
  expect(states(secrets, later(400)).slice(2, 3)).toEqual([
    'karmada-apiserver-cert: expired: it expired on 2027-03-01',
  ]);
  expect(states(secrets, later(3000))[0]).toBe(
    'karmada-ca: renew due: it expires on 2036-02-27, and an authority is not renewed by this command',
  );
  const gone = new Map([...secrets].filter(([name]) => name !== 'etcd-cert'));
  expect(states(gone, later(1))).toContain('etcd-cert: missing: it is missing');
  const renamed = { ...reading, certificates: [{ ...reading.certificates[0], commonName: 'kmd' }] };
  expect(states(secrets, later(1), renamed)).toContain(
    'karmada-apiserver-cert: differs: common name: system:karmada:karmada-apiserver becomes kmd',
  );
  expect(exitCodeOf(certificateReport(reading, secrets, workloads, later(250)))).toBe(2);
});

test('what needs a person ends with 4, and what could not be read with 10', () => {
  const lost = new Map([...secrets].filter(([name]) => name !== 'etcd-ca'));
  const report = certificateReport(reading, lost, workloads, later(1));
  expect([exitCodeOf(report), report.troubles.length]).toEqual([4, 1]);
  const unread = { ...certificateReport(reading, secrets, undefined, later(1)), unread: 'not allowed' };
  expect([exitCodeOf(unread), unread.certificates[0].mountedBy]).toEqual([10, undefined]);
});

test('as a table', () => {
  const two = {
    ...reading,
    authorities: [reading.authorities[1]],
    certificates: [reading.certificates[2]],
    kubeconfigs: [],
  };
  const report = certificateReport(two, secrets, workloads, later(300));
  expect(certificatesText(report, later(300).getTime(), 160, paint(false))).toBe(
    `Keys and certificates of east, in namespace karmada-system of the host

secret                       common name                 authority  expires                   state      mounted by (* starts anew)
etcd-ca                      karmada-etcd-ca             itself     2036-02-27, in 3349 days  ok         -
etcd-cert                    system:karmada:etcd-server  etcd-ca    2027-03-01, in 64 days    renew due  StatefulSet/etcd
karmada-service-account-key  (key pair)                  -          -                         ok         -

! etcd-cert: renew due: it expires on 2027-03-01, less than a third of its lifetime from now

Next: \`cdk8s-karmada instance issue\` (or apply) issues and renews 1 of them; an authority it does not: docs/certificates.md
`,
  );
});

test('days in words', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  const words = [
    '2026-10-01T12:00:00Z',
    '2026-03-02T13:00:00Z',
    '2026-03-01T13:00:00Z',
    '2026-03-01T11:00:00Z',
    '2026-01-30T11:00:00Z',
  ];
  expect(words.map((expires) => daysFrom(now, expires))).toEqual([
    'in 214 days',
    'in 1 day',
    'today',
    'today, over',
    '30 days ago',
  ]);
});
