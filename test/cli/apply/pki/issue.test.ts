import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { load } from 'js-yaml';
import { issue } from '../../../../cli/apply/pki/issue';
import { later, NOW, samplePlan, stored, textOf } from './sample-plan';

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

let secrets: Map<string, any>;
let manifests: any[];

beforeAll(async () => {
  manifests = await issue(samplePlan(), new Map(), NOW);
  secrets = stored(manifests);
});

function certificate(secret: string, key = 'tls.crt'): X509Certificate {
  return new X509Certificate(textOf(secrets.get(secret), key));
}

test('issues every Secret of the plan, authorities first', () => {
  expect(manifests.map(({ metadata, type, data }) => [metadata.name, type, Object.keys(data).join(' ')])).toEqual([
    ['karmada-ca', 'kubernetes.io/tls', 'ca.crt tls.crt tls.key'],
    ['etcd-ca', 'kubernetes.io/tls', 'ca.crt tls.crt tls.key'],
    ['karmada-service-account-key', 'Opaque', 'sa.key sa.pub'],
    ['karmada-apiserver-cert', 'kubernetes.io/tls', 'ca.crt tls.crt tls.key'],
    ['scheduler-client-cert', 'kubernetes.io/tls', 'ca.crt tls.crt tls.key'],
    ['etcd-cert', 'kubernetes.io/tls', 'ca.crt tls.crt tls.key'],
    ['karmada-admin-kubeconfig', 'Opaque', 'kubeconfig'],
  ]);
  expect(new Set(manifests.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['karmada-system']));
});

test('an authority signs itself and others, and says so', () => {
  const authority = certificate('karmada-ca');
  expect(authority.subject).toBe('CN=karmada');
  expect(authority.ca).toBe(true);
  expect(authority.verify(authority.publicKey)).toBe(true);
  expect(authority.validFrom).toBe('Mar  1 11:55:00 2026 GMT');
  expect(authority.validTo).toBe('Feb 27 12:00:00 2036 GMT');
  expect(textOf(secrets.get('karmada-ca'), 'ca.crt')).toBe(textOf(secrets.get('karmada-ca'), 'tls.crt'));
});

test('a certificate has the subject, names, usages and lifetime of the plan', () => {
  const server = certificate('karmada-apiserver-cert');
  expect(server.subject).toBe('CN=system:karmada:karmada-apiserver');
  expect(server.issuer).toBe('CN=karmada');
  expect(server.subjectAltName).toBe(
    'DNS:karmada-apiserver.karmada-system.svc, DNS:localhost, IP Address:127.0.0.1, IP Address:2001:DB8:0:0:0:0:0:1',
  );
  expect(server.keyUsage).toEqual([SERVER_AUTH]);
  expect(server.ca).toBe(false);
  expect(server.validFrom).toBe('Mar  1 11:55:00 2026 GMT');
  expect(server.validTo).toBe('Mar  1 12:00:00 2027 GMT');
  expect(certificate('etcd-cert').keyUsage).toEqual([SERVER_AUTH, CLIENT_AUTH]);
  const client = certificate('scheduler-client-cert');
  expect(client.subject).toBe('O=system:masters\nCN=system:karmada:karmada-scheduler');
  expect(client.keyUsage).toEqual([CLIENT_AUTH]);
  expect(client.subjectAltName).toBeUndefined();
});

test('a certificate is signed by its own authority and by no other', () => {
  const [karmada, etcd] = [certificate('karmada-ca'), certificate('etcd-ca')];
  for (const [name, signer, other] of [
    ['karmada-apiserver-cert', karmada, etcd],
    ['etcd-cert', etcd, karmada],
  ] as const) {
    const leaf = certificate(name);
    expect(leaf.checkIssued(signer) && leaf.verify(signer.publicKey)).toBe(true);
    expect(leaf.verify(other.publicKey)).toBe(false);
    expect(leaf.checkPrivateKey(createPrivateKey(textOf(secrets.get(name), 'tls.key')))).toBe(true);
    expect(textOf(secrets.get(name), 'ca.crt')).toBe(signer.toString());
  }
});

test('serial numbers are 128 bits, positive and differ', () => {
  const serials = ['karmada-ca', 'etcd-ca', 'karmada-apiserver-cert', 'etcd-cert'].map(
    (name) => certificate(name).serialNumber,
  );
  expect(serials.filter((serial) => /^[4-7][0-9A-F]{31}$/.test(serial))).toHaveLength(4);
  expect(new Set(serials).size).toBe(4);
});

test('the service account key is an RSA pair of 3072 bits in the formats that kube-apiserver reads', () => {
  const secret = secrets.get('karmada-service-account-key');
  expect(textOf(secret, 'sa.key')).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
  expect(textOf(secret, 'sa.pub')).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  const key = createPrivateKey(textOf(secret, 'sa.key'));
  expect(key.asymmetricKeyDetails?.modulusLength).toBe(3072);
  expect(createPublicKey(key).export({ type: 'spki', format: 'pem' })).toBe(textOf(secret, 'sa.pub'));
});

test('a kubeconfig needs no other file', () => {
  const config: any = load(textOf(secrets.get('karmada-admin-kubeconfig'), 'kubeconfig'));
  const decoded = (value: string) => Buffer.from(value, 'base64').toString();
  expect(config['current-context']).toBe('east');
  expect(config.contexts).toEqual([{ name: 'east', context: { cluster: 'east', user: 'east' } }]);
  expect(config.clusters[0].cluster.server).toBe('https://karmada-apiserver.karmada-system.svc.cluster.local:5443');
  expect(decoded(config.clusters[0].cluster['certificate-authority-data'])).toBe(certificate('karmada-ca').toString());
  const user = new X509Certificate(decoded(config.users[0].user['client-certificate-data']));
  expect(user.subject).toBe('O=system:masters\nCN=system:admin');
  expect(user.keyUsage).toEqual([CLIENT_AUTH]);
  expect(user.checkPrivateKey(createPrivateKey(decoded(config.users[0].user['client-key-data'])))).toBe(true);
});

test('a second run has nothing to issue', async () => {
  expect(await issue(samplePlan(), secrets, later(1))).toEqual([]);
});

test('a certificate never outlives its authority', async () => {
  const plan = samplePlan();
  const [made] = await issue({ ...plan, keyPairs: [] }, without('scheduler-client-cert'), later(3500));
  expect(made.metadata.name).toBe('karmada-apiserver-cert');
  expect(new X509Certificate(textOf(made, 'tls.crt')).validTo).toBe('Feb 27 12:00:00 2036 GMT');
});

test('a Secret that replaces another carries the version that it replaces', async () => {
  const made = await issue(samplePlan(), secrets, later(300));
  expect(made.map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`)).toEqual([
    'karmada-apiserver-cert 7',
    'scheduler-client-cert 7',
    'etcd-cert 7',
    'karmada-admin-kubeconfig 7',
  ]);
});

test('server and client verify each other over TLS', async () => {
  const today = stored(await issue({ ...samplePlan(), keyPairs: [] }, new Map(), new Date()));
  const [server, client, etcd] = ['karmada-apiserver-cert', 'scheduler-client-cert', 'etcd-cert'].map((name) =>
    today.get(name),
  );
  const authority = textOf(server, 'ca.crt');
  const listening = await new Promise<{ port: number; close(): void }>((resolve) => {
    const listener = createServer(
      {
        ca: authority,
        cert: textOf(server, 'tls.crt'),
        key: textOf(server, 'tls.key'),
        requestCert: true,
        rejectUnauthorized: true,
      },
      (socket: TLSSocket) => socket.end(String(socket.getPeerCertificate().subject.CN)),
    );
    listener.on('tlsClientError', () => undefined);
    listener.listen(0, '127.0.0.1', () =>
      resolve({ port: (listener.address() as any).port, close: () => listener.close() }),
    );
  });
  const greet = (options: object) =>
    new Promise<string>((resolve) => {
      let heard = '';
      const socket = connect({ host: '127.0.0.1', port: listening.port, ca: authority, ...options });
      socket.on('data', (chunk) => {
        heard += chunk;
      });
      socket.on('error', (error: any) => resolve(error.code));
      socket.on('end', () => resolve(heard));
    });
  try {
    const own = { cert: textOf(client, 'tls.crt'), key: textOf(client, 'tls.key') };
    expect(await greet(own)).toBe('system:karmada:karmada-scheduler');
    expect(await greet({ ...own, servername: 'karmada-apiserver.karmada-system.svc' })).toBe(
      'system:karmada:karmada-scheduler',
    );
    // the other authority's client is hung up on before a word is said
    const stranger = await greet({ cert: textOf(etcd, 'tls.crt'), key: textOf(etcd, 'tls.key') });
    expect(stranger === '' || /^(ECONNRESET|EPIPE|ERR_SSL_)/.test(stranger)).toBe(true);
    expect(await greet({ ...own, ca: textOf(etcd, 'ca.crt') })).toBe('SELF_SIGNED_CERT_IN_CHAIN');
  } finally {
    listening.close();
  }
});

function without(...names: string[]): Map<string, any> {
  return new Map([...secrets].filter(([name]) => !names.includes(name)));
}
