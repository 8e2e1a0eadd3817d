import { Duration } from 'cdk8s';
import { readPkiPlan } from '../../cli/apply/pki/plan';
import { anInstance, find, oneMember } from './an-instance';

const planOf = (props = {}) => JSON.parse(find(anInstance(props).host, 'ConfigMap', 'east-pki-plan').data['plan.json']);
const leaf = (plan: any, secret: string) => plan.certificates.find((one: any) => one.secret === secret);

test('three authorities, so that no certificate of one is good for another', () => {
  const plan = planOf();
  expect([plan.schema, plan.instance, plan.namespace]).toEqual(['1', 'east', 'karmada-system']);
  expect(plan.authorities).toEqual([
    { secret: 'karmada-ca', commonName: 'karmada', lifetimeDays: 3650 },
    { secret: 'karmada-front-proxy-ca', commonName: 'front-proxy-ca', lifetimeDays: 3650 },
    { secret: 'karmada-etcd-ca', commonName: 'karmada-etcd-ca', lifetimeDays: 3650 },
  ]);
});

test('who is issued what, by whom, for what use', () => {
  expect(
    planOf().certificates.map((one: any) =>
      [one.secret, one.authority, one.commonName, one.usages.join('+'), ...one.organizations].join(' '),
    ),
  ).toEqual([
    'karmada-apiserver-cert karmada-ca system:karmada:karmada-apiserver server',
    'karmada-apiserver-front-proxy-client-cert karmada-front-proxy-ca front-proxy-client client',
    'karmada-aggregated-apiserver-cert karmada-ca system:karmada:karmada-aggregated-apiserver server',
    'karmada-webhook-cert karmada-ca system:karmada:karmada-webhook server',
    'etcd-cert karmada-etcd-ca system:karmada:etcd-server server+client',
    'etcd-peer-cert karmada-etcd-ca system:karmada:etcd-peer server+client',
    'karmada-apiserver-etcd-client-cert karmada-etcd-ca system:karmada:karmada-apiserver-etcd-client client',
    'karmada-aggregated-apiserver-etcd-client-cert karmada-etcd-ca system:karmada:karmada-aggregated-apiserver-etcd-client client',
    'karmada-aggregated-apiserver-client-cert karmada-ca system:karmada:karmada-aggregated-apiserver client system:masters',
    'karmada-kube-controller-manager-client-cert karmada-ca system:kube-controller-manager client',
    'karmada-controller-manager-client-cert karmada-ca system:karmada:karmada-controller-manager client system:masters',
    'karmada-scheduler-client-cert karmada-ca system:karmada:karmada-scheduler client system:masters',
    'karmada-webhook-client-cert karmada-ca system:karmada:karmada-webhook client system:masters',
  ]);
});

test('the key pair of service accounts, and the kubeconfig of the administrator', () => {
  const plan = planOf();
  expect(plan.keyPairs).toEqual([{ secret: 'karmada-service-account-key', privateKey: 'sa.key', publicKey: 'sa.pub' }]);
  expect(plan.kubeconfigs).toEqual([
    {
      secret: 'karmada-admin-kubeconfig',
      key: 'kubeconfig',
      server: 'https://karmada-apiserver.karmada-system.svc.cluster.local:5443',
      authority: 'karmada-ca',
      commonName: 'system:admin',
      organizations: ['system:masters'],
      lifetimeDays: 365,
    },
  ]);
});

test('servers are named for every way to reach them', () => {
  const plan = planOf({ namespace: 'fleet', clusterDomain: 'corp.internal' });
  expect(leaf(plan, 'karmada-apiserver-cert')).toMatchObject({
    dnsNames: [
      'karmada-apiserver.fleet.svc',
      'karmada-apiserver.fleet.svc.corp.internal',
      'karmada-apiserver.fleet',
      'karmada-apiserver',
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.corp.internal',
      'localhost',
    ],
    ipAddresses: ['127.0.0.1', '10.96.0.1'],
  });
  // on Karmada its Service is in karmada-system, and that is the name that the API server verifies
  expect(leaf(plan, 'karmada-aggregated-apiserver-cert')).toMatchObject({
    dnsNames: [
      'karmada-aggregated-apiserver.karmada-system.svc',
      'karmada-aggregated-apiserver.karmada-system.svc.corp.internal',
      'karmada-aggregated-apiserver.fleet.svc',
      'karmada-aggregated-apiserver.fleet.svc.corp.internal',
      'localhost',
    ],
    ipAddresses: ['127.0.0.1'],
  });
  expect(leaf(plan, 'karmada-webhook-cert').dnsNames).toEqual([
    'karmada-webhook.fleet.svc',
    'karmada-webhook.fleet.svc.corp.internal',
    'karmada-webhook.karmada-system.svc',
    'localhost',
  ]);
  expect(leaf(plan, 'etcd-cert').dnsNames).toEqual([
    'etcd-client.fleet.svc',
    'etcd-client.fleet.svc.corp.internal',
    'etcd.fleet.svc',
    'etcd.fleet.svc.corp.internal',
    '*.etcd.fleet.svc',
    '*.etcd.fleet.svc.corp.internal',
    'localhost',
  ]);
});

test('peers of etcd are named one by one, so that no reverse DNS is needed to tell them', () => {
  expect(leaf(planOf(), 'etcd-peer-cert')).toMatchObject({
    dnsNames: [
      '*.etcd.karmada-system.svc',
      '*.etcd.karmada-system.svc.cluster.local',
      'etcd-0.etcd.karmada-system.svc.cluster.local',
      'etcd-1.etcd.karmada-system.svc.cluster.local',
      'etcd-2.etcd.karmada-system.svc.cluster.local',
      'localhost',
    ],
    ipAddresses: ['127.0.0.1'],
  });
  expect(leaf(planOf({ etcd: oneMember }), 'etcd-peer-cert').dnsNames).toContain(
    'etcd-0.etcd.karmada-system.svc.cluster.local',
  );
});

test('the lifetime is that of every certificate, not of authorities', () => {
  const plan = planOf({ certificateLifetime: Duration.days(90) });
  const leaves = [...plan.certificates, ...plan.kubeconfigs];
  expect(new Set(leaves.map(({ lifetimeDays }: any) => lifetimeDays))).toEqual(new Set([90]));
  expect(plan.authorities[0].lifetimeDays).toBe(3650);
});

test('the command takes the plan as it is', () => {
  const plan = readPkiPlan(find(anInstance().host, 'ConfigMap', 'east-pki-plan'));
  expect([plan.instance, plan.certificates.length]).toEqual(['east', 13]);
});

test('one line for each thing to issue', () => {
  const { data } = find(anInstance({ etcd: oneMember }).host, 'ConfigMap', 'east-pki-plan');
  const lines: string[] = data['plan.json'].split('\n');
  expect(lines).toHaveLength(32);
  expect(lines[5]).toBe('    {"secret":"karmada-ca","commonName":"karmada","lifetimeDays":3650},');
});

test('whom a component trusts it reads when it starts, and a certificate only where that is all that Karmada does', () => {
  const plan = planOf({ components: { karmadaDescheduler: {}, karmadaSchedulerEstimator: { clusters: ['berlin'] } } });
  const reading = (keys: string) =>
    plan.certificates
      .filter(({ readAtStart = [] }: any) => readAtStart.join(' ') === keys)
      .map(({ secret }: any) => secret);
  expect(reading('ca.crt tls.crt')).toEqual([
    'karmada-scheduler-estimator-cert',
    'karmada-scheduler-scheduler-estimator-client-cert',
    'karmada-descheduler-scheduler-estimator-client-cert',
  ]);
  // they reload both, or serve with it and ask nobody for theirs
  expect(reading('')).toEqual([
    'karmada-apiserver-cert',
    'karmada-apiserver-front-proxy-client-cert',
    'karmada-aggregated-apiserver-cert',
    'karmada-webhook-cert',
  ]);
  expect(readPkiPlan(find(anInstance().host, 'ConfigMap', 'east-pki-plan')).certificates).toHaveLength(13);
});
