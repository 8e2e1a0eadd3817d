import { decide } from '../../../../cli/apply/pki/decision';
import { describe as inWords, issue } from '../../../../cli/apply/pki/issue';
import type { PkiPlan } from '../../../../cli/apply/pki/plan';
import { later, messageOf, NOW, samplePlan, stored } from './sample-plan';

let secrets: Map<string, any>;

beforeAll(async () => {
  secrets = stored(await issue(samplePlan(), new Map(), NOW));
});

/** The Secrets that would not be kept, with the reason. */
function changes(plan: PkiPlan, existing: ReadonlyMap<string, any>, now = later(1)): string[] {
  return decide(plan, existing, now)
    .filter(({ action }) => action !== 'keep')
    .map(({ secret, action, why }) => `${action} ${secret}: ${why}`);
}

function changed(secret: string, change: (data: any) => any): Map<string, any> {
  const found = secrets.get(secret);
  return new Map(secrets).set(secret, { ...found, data: change(found.data) });
}

function planWith(change: object): PkiPlan {
  const plan = samplePlan();
  return { ...plan, certificates: plan.certificates.map((one, index) => (index ? one : { ...one, ...change })) };
}

test('everything is issued when nothing is there', () => {
  expect(changes(samplePlan(), new Map())).toEqual([
    'issue karmada-ca: it is missing',
    'issue etcd-ca: it is missing',
    'issue karmada-service-account-key: it is missing',
    'issue karmada-apiserver-cert: it is missing',
    'issue scheduler-client-cert: it is missing',
    'issue etcd-cert: it is missing',
    'issue karmada-admin-kubeconfig: it is missing',
  ]);
});

test('nothing changes while more than a third of the lifetime is left, however the names are ordered or spelled', () => {
  expect(changes(samplePlan(), secrets)).toEqual([]);
  expect(changes(samplePlan(), secrets, later(243))).toEqual([]);
  const respelled = {
    dnsNames: ['localhost', 'karmada-apiserver.karmada-system.svc'],
    ipAddresses: ['2001:db8::1', '127.0.0.1'],
  };
  expect(changes(planWith(respelled), secrets)).toEqual([]);
});

test('certificates are renewed in their last third, authorities and key pairs never', () => {
  expect(changes(samplePlan(), secrets, later(244))).toEqual(
    ['karmada-apiserver-cert', 'scheduler-client-cert', 'etcd-cert', 'karmada-admin-kubeconfig'].map(
      (name) => `renew ${name}: it expires on 2027-03-01, less than a third of its lifetime from now`,
    ),
  );
  expect(changes(samplePlan(), secrets, later(400))).toEqual(
    ['karmada-apiserver-cert', 'scheduler-client-cert', 'etcd-cert', 'karmada-admin-kubeconfig'].map(
      (name) => `renew ${name}: it expired on 2027-03-01`,
    ),
  );
});

test.each([
  [
    { dnsNames: ['localhost', 'kmd.example.com'] },
    'DNS names: kmd.example.com added; karmada-apiserver.karmada-system.svc removed',
  ],
  [
    { dnsNames: ['b.example.com', 'localhost', 'a.example.com', 'karmada-apiserver.karmada-system.svc'] },
    'DNS names: a.example.com, b.example.com added',
  ],
  [{ ipAddresses: [] }, 'IP addresses: 127.0.0.1, 2001:db8::1 removed'],
  [{ usages: ['server', 'client'] }, 'usages: server becomes client, server'],
  [{ commonName: 'kmd' }, 'common name: system:karmada:karmada-apiserver becomes kmd'],
  [{ organizations: ['ops'] }, 'organizations: none becomes ops'],
  [{ authority: 'etcd-ca' }, 'its authority is another one'],
])('a certificate is renewed when the plan changes: %j', (change, why) => {
  expect(changes(planWith(change), secrets)).toEqual([`renew karmada-apiserver-cert: ${why}`]);
});

test('a certificate is renewed when its Secret is damaged', () => {
  const name = 'karmada-apiserver-cert';
  const unreadable = [`renew ${name}: its certificate and key cannot be read, or do not belong together`];
  expect(
    changes(
      samplePlan(),
      changed(name, ({ 'tls.key': _, ...rest }) => rest),
    ),
  ).toEqual(unreadable);
  expect(
    changes(
      samplePlan(),
      changed(name, (data) => ({ ...data, 'tls.crt': 'bm9uZQ==' })),
    ),
  ).toEqual(unreadable);
  const other = secrets.get('etcd-cert').data;
  expect(
    changes(
      samplePlan(),
      changed(name, (data) => ({ ...data, 'tls.key': other['tls.key'] })),
    ),
  ).toEqual(unreadable);
  expect(
    changes(
      samplePlan(),
      changed(name, (data) => ({ ...data, 'ca.crt': other['ca.crt'] })),
    ),
  ).toEqual([`renew ${name}: its copy of the authority's certificate is another one`]);
});

test('a kubeconfig is renewed when its server changes or it is none', () => {
  const plan = samplePlan();
  const moved = { ...plan, kubeconfigs: [{ ...plan.kubeconfigs[0], server: 'https://kmd.example.com:5443' }] };
  expect(changes(moved, secrets)).toEqual([
    'renew karmada-admin-kubeconfig: its server is https://karmada-apiserver.karmada-system.svc.cluster.local:5443, and becomes https://kmd.example.com:5443',
  ]);
  expect(
    changes(
      plan,
      changed('karmada-admin-kubeconfig', () => ({})),
    ),
  ).toEqual(['renew karmada-admin-kubeconfig: key kubeconfig holds no kubeconfig']);
});

test('what an authority of others signed is signed anew when it is put in place of ours', async () => {
  const others = stored(await issue(samplePlan(), new Map(), NOW)).get('karmada-ca');
  const replaced = new Map(secrets).set('karmada-ca', others);
  expect(changes(samplePlan(), replaced)).toEqual(
    ['karmada-apiserver-cert', 'scheduler-client-cert', 'karmada-admin-kubeconfig'].map(
      (name) => `renew ${name}: its authority is another one`,
    ),
  );
  const renewed = stored(await issue(samplePlan(), replaced, later(1)), '8');
  expect(changes(samplePlan(), new Map([...replaced, ...renewed]))).toEqual([]);
});

test('the description says what would be issued, and nothing secret', () => {
  const plan = samplePlan();
  expect(inWords(plan, new Map(), NOW).map(({ key, action, what }) => `${action} ${key.name}: ${what}`)).toEqual([
    'issue karmada-ca: authority "karmada", 3650 days; it is missing',
    'issue etcd-ca: authority "karmada-etcd-ca", 3650 days; it is missing',
    'issue karmada-service-account-key: RSA 3072 key pair; it is missing',
    'issue karmada-apiserver-cert: server certificate "system:karmada:karmada-apiserver"; for karmada-apiserver.karmada-system.svc, localhost, 127.0.0.1, 2001:db8:0:0::1; 365 days; signed by karmada-ca; it is missing',
    'issue scheduler-client-cert: client certificate "system:karmada:karmada-scheduler"; organization system:masters; 365 days; signed by karmada-ca; it is missing',
    'issue etcd-cert: server and client certificate "system:karmada:etcd-server"; for *.etcd.karmada-system.svc; 365 days; signed by etcd-ca; it is missing',
    'issue karmada-admin-kubeconfig: kubeconfig of "system:admin" for https://karmada-apiserver.karmada-system.svc.cluster.local:5443; organization system:masters; 365 days; signed by karmada-ca; it is missing',
  ]);
  const kept = inWords(plan, secrets, later(1));
  expect(new Set(kept.map(({ action }) => action))).toEqual(new Set(['keep']));
  const everything = [later(1), later(300), later(3000)].flatMap((now) => inWords(plan, secrets, now));
  const words = JSON.stringify(everything);
  expect(words).toContain('it expires on 2036-02-27, and an authority is not renewed by this command');
  for (const secret of secrets.values()) {
    for (const value of Object.values<string>(secret.data)) {
      expect(words).not.toContain(value.slice(40, 80));
      expect(words).not.toContain(Buffer.from(value, 'base64').toString().split('\n')[1]);
    }
  }
});

test('the description of a renewal names each address once', () => {
  const plan = planWith({ dnsNames: ['kmd.example.com', 'localhost'], ipAddresses: ['2001:db8:0:0::1', '10.0.0.1'] });
  const [{ what }] = inWords(plan, secrets, later(1)).filter(({ action }) => action === 'renew');
  expect(what).toBe(
    'server certificate "system:karmada:karmada-apiserver"; for kmd.example.com, localhost, 2001:db8:0:0::1, 10.0.0.1; 365 days; signed by karmada-ca; DNS names: kmd.example.com added; karmada-apiserver.karmada-system.svc removed',
  );
});

describe('what needs a decision of a person', () => {
  const refused = (existing: ReadonlyMap<string, any>, now = later(1)) =>
    messageOf(() => issue(samplePlan(), existing, now));

  test('an authority that is gone while its certificates are there', async () => {
    const lost = new Map(secrets);
    lost.delete('etcd-ca');
    expect(await refused(lost)).toBe(
      [
        'authority "etcd-ca" is missing, and certificates that it signed are there',
        '  at host: Secret/karmada-system/etcd-ca',
        '  fix: restore the Secret from a backup; or, to begin with a new authority that no client trusts yet, delete Secret etcd-cert',
        '  see: docs/certificates.md',
      ].join('\n'),
    );
  });

  test('the key of service accounts that is gone while certificates are there', async () => {
    const lost = new Map(secrets);
    lost.delete('karmada-service-account-key');
    expect(await refused(lost)).toBe(
      [
        'key pair "karmada-service-account-key" is missing, and certificates that were issued after it are there',
        '  at host: Secret/karmada-system/karmada-service-account-key',
        '  fix: restore the Secret from a backup; or, to begin with a new one that no token is signed with, make it: `openssl genrsa -out sa.key 3072 && openssl rsa -in sa.key -pubout -out sa.pub && kubectl create secret generic karmada-service-account-key -n karmada-system --from-file=sa.key --from-file=sa.pub`',
        '  see: docs/certificates.md',
      ].join('\n'),
    );
  });

  test('not the key of service accounts of a first run that was ended before the first certificate', async () => {
    const begun = new Map(['karmada-ca', 'etcd-ca'].map((name) => [name, secrets.get(name)]));
    expect(await issue(samplePlan(), begun, later(1))).toHaveLength(5);
  });

  test.each([
    ['it expired on 2036-02-27', (data: any) => data, 3700],
    ['tls.crt holds no certificate', ({ 'tls.crt': _, ...data }: any) => data, 1],
    ['tls.key is missing, and certificates have to be signed', ({ 'tls.key': _, ...data }: any) => data, 300],
    ['tls.key holds no private key', (data: any) => ({ ...data, 'tls.key': 'bm9uZQ==' }), 300],
    ['tls.key does not belong to tls.crt', (data: any) => ({ ...data, 'tls.key': keyOfOther() }), 300],
    ['its certificate is not that of an authority', () => secrets.get('etcd-cert').data, 1],
  ])('an authority that cannot be used: %s', async (why, change, days) => {
    const message = await refused(changed('etcd-ca', change), later(days));
    expect(message.split('\n').slice(-4)).toEqual([
      `authority "etcd-ca" is not fit for use: ${why}`,
      '  at host: Secret/karmada-system/etcd-ca',
      '  fix: put a certificate authority that can sign, with its key, into tls.crt and tls.key of the Secret',
      '  see: docs/certificates.md',
    ]);
  });

  test('half a key pair, and a Secret of another type, told together', async () => {
    const existing = changed('karmada-service-account-key', ({ 'sa.pub': _, ...data }) => data);
    existing.set('etcd-cert', { ...secrets.get('etcd-cert'), type: 'Opaque' });
    expect(await refused(existing, later(300))).toBe(
      [
        'key pair "karmada-service-account-key" is incomplete: sa.pub is missing',
        '  at host: Secret/karmada-system/karmada-service-account-key',
        '  fix: restore the Secret from a backup',
        '  see: docs/certificates.md',
        'Secret "etcd-cert" has type Opaque, and what is issued into it has type kubernetes.io/tls',
        '  at host: Secret/karmada-system/etcd-cert',
        '  fix: delete the Secret to have it made anew, or give the certificate another Secret',
      ].join('\n'),
    );
  });

  function keyOfOther(): string {
    return secrets.get('karmada-ca').data['tls.key'];
  }
});

test('an authority without its key is fine as long as nothing has to be signed', async () => {
  const elsewhere = changed('etcd-ca', ({ 'tls.key': _, ...data }) => data);
  expect(await issue(samplePlan(), elsewhere, later(1))).toEqual([]);
});
