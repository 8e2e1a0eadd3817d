import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ApiServer } from '../../cli/apply/api-server';
import { HttpApiServer } from '../../cli/apply/http-api-server';
import { accessOf, parseKubeconfig } from '../../cli/apply/kubeconfig';
import { clientCertificate } from '../../cli/apply/pki/client-certificate';
import { readExisting } from '../../cli/apply/pki/existing';
import { issue } from '../../cli/apply/pki/issue';
import type { PkiPlan } from '../../cli/apply/pki/plan';
import { type Connect, Planes } from '../../cli/apply/planes';
import { samplePlan, textOf } from '../cli/apply/pki/sample-plan';
import { startApiServer, type TestServer } from './testbed';
import { bundleDriver, send } from './transport-process';

let testbed: TestServer;
let folder: string;
let plan: PkiPlan;
let port: number;
let karmada: ChildProcess | undefined;
let host: ApiServer;
const open: { close(): Promise<void> }[] = [];

/** Connects with what the kubeconfig itself holds, so that jest need not load @kubernetes/client-node. */
const connect: Connect = (plane, { cluster, user }, name, from, way) => {
  const decoded = (value?: string) => (value === undefined ? undefined : Buffer.from(value, 'base64').toString());
  const credentials = {
    tls: {
      ca: decoded(cluster['certificate-authority-data']),
      cert: decoded(user['client-certificate-data']),
      key: decoded(user['client-key-data']),
      rejectUnauthorized: true,
    },
    headers: user.token ? { Authorization: `Bearer ${user.token}` } : ({} as { [name: string]: string }),
  };
  const source = { get: async () => credentials, renew: async () => credentials };
  const server = new HttpApiServer({
    door: { plane, url: cluster.server, name, from, otherwise: way?.otherwise },
    credentials: source,
  });
  open.push(server);
  return server;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pki-'));
  testbed = await startApiServer();
  port = await freePort();
  const sample = samplePlan();
  plan = { ...sample, kubeconfigs: [{ ...sample.kubeconfigs[0], server: `https://127.0.0.1:${port}` }] };
  testbed.kubectl(['create', 'namespace', plan.namespace]);
  host = await planes({ needs: ['host'] }).host();
}, 120_000);

afterAll(async () => {
  await Promise.all(open.map((one) => one.close()));
  await stop(karmada);
  await testbed?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function planes(change: object = {}): Planes {
  return new Planes(
    {
      instance: 'east',
      instances: ['east'],
      needs: ['host', 'karmada'],
      flags: { hostKubeconfig: testbed.kubeconfig },
      folder,
      workingFolder: folder,
      environment: {},
      pkiPlan: plan,
      ...change,
    },
    connect,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number };
      probe.close(() => resolve(free));
    });
  });
}

function stop(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
    child.once('exit', () => {
      clearTimeout(hard);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

function write(secret: any) {
  return host.request({
    method: 'PATCH',
    path: `/api/v1/namespaces/${plan.namespace}/secrets/${secret.metadata.name}`,
    query: { fieldManager: 'cdk8s-karmada', fieldValidation: 'Strict' },
    contentType: 'application/apply-patch+yaml',
    body: secret,
  });
}

/** A kube-apiserver that lives on what was issued, with the testbed's etcd. */
async function startWithIssued(existing: ReadonlyMap<string, any>): Promise<void> {
  const pki = join(folder, 'pki');
  mkdirSync(pki);
  const file = (secret: string, key: string) => {
    const path = join(pki, `${secret}.${key}`);
    writeFileSync(path, textOf(existing.get(secret), key), { mode: 0o600 });
    return path;
  };
  const child = spawn(
    join(testbed.binaries, 'kube-apiserver'),
    [
      `--etcd-servers=${(testbed as any).etcd}`,
      '--etcd-prefix=/karmada',
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--tls-cert-file=${file('karmada-apiserver-cert', 'tls.crt')}`,
      `--tls-private-key-file=${file('karmada-apiserver-cert', 'tls.key')}`,
      `--client-ca-file=${file('karmada-ca', 'tls.crt')}`,
      '--anonymous-auth=false',
      '--authorization-mode=RBAC',
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${file('karmada-service-account-key', 'sa.pub')}`,
      `--service-account-signing-key-file=${file('karmada-service-account-key', 'sa.key')}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      '--disable-admission-plugins=ServiceAccount',
      '--endpoint-reconciler-type=none',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  karmada = child;
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said = (said + chunk).slice(-3000);
  });
  const admin = parseKubeconfig(textOf(existing.get('karmada-admin-kubeconfig'), 'kubeconfig'), 'the admin Secret');
  const server = connect('karmada', accessOf(admin, { by: 'the test', flag: '' }), 'admin', 'the admin Secret');
  for (const deadline = Date.now() + 60_000; ; ) {
    const status = await server.request({ method: 'GET', path: '/readyz' }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`kube-apiserver is not ready: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test('what is issued is stored, and a second run finds nothing to issue', async () => {
  const issued = await issue(plan, await readExisting(host, plan), new Date());
  expect(issued).toHaveLength(7);
  for (const secret of issued) expect((await write(secret)).status).toBe(201);
  const existing = await readExisting(host, plan);
  expect([...existing.keys()].sort()).toEqual(issued.map(({ metadata }) => metadata.name).sort());
  expect(await issue(plan, existing, new Date())).toEqual([]);
});

test('a renewal replaces the Secret that was read, and only that', async () => {
  const existing = await readExisting(host, plan);
  const inTenMonths = new Date(Date.now() + 300 * 24 * 60 * 60 * 1000);
  const [renewed] = await issue(plan, existing, inTenMonths);
  expect(renewed.metadata.name).toBe('karmada-apiserver-cert');
  const late = { ...renewed, metadata: { ...renewed.metadata, resourceVersion: '1' } };
  expect((await write(late)).status).toBe(409);
  const { status, body } = await write(renewed);
  expect([status, body.data['tls.crt']]).toEqual([200, renewed.data['tls.crt']]);
  const issuedNow = await issue(plan, existing, new Date(Date.now() + 400 * 24 * 60 * 60 * 1000));
  expect((await write(issuedNow[0])).status).toBe(409); // it was renewed in the meantime
});

test('a kube-apiserver lives on what was issued, and knows who holds its certificates', async () => {
  const found = await planes().host();
  expect(found.url).toBe(testbed.url);
  const all = await readExisting(host, plan);
  // the serving certificate of the test before is from a time to come
  const existing = new Map(all);
  existing.delete('karmada-apiserver-cert');
  const [serving] = await issue(plan, existing, new Date());
  existing.set('karmada-apiserver-cert', serving);
  await startWithIssued(existing);

  const opened = await planes().karmada();
  expect(opened?.url).toBe(`https://127.0.0.1:${port}`);
  const review = {
    method: 'POST' as const,
    path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
  };
  const admin = join(folder, 'admin.yaml');
  writeFileSync(admin, textOf(existing.get('karmada-admin-kubeconfig'), 'kubeconfig'), { mode: 0o600 });
  const driver = bundleDriver();
  const asAdmin = await send(driver, admin, [review, { method: 'GET', path: '/api/v1/namespaces/kube-system' }]);
  expect(asAdmin.said[0].body.status.userInfo).toMatchObject({
    username: 'system:admin',
    groups: ['system:masters', 'system:authenticated'],
  });
  expect(asAdmin.said[1].status).toBe(200);

  const config = (secret: string) => {
    const file = join(folder, `${secret}.json`);
    const encoded = (key: string) => existing.get(secret).data[key];
    const user = { 'client-certificate-data': encoded('tls.crt'), 'client-key-data': encoded('tls.key') };
    const authority = existing.get('karmada-ca').data['tls.crt'];
    const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': authority };
    const context = { name: 'x', context: { cluster: 'x', user: 'x' } };
    const all = { clusters: [{ name: 'x', cluster }], users: [{ name: 'x', user }], contexts: [context] };
    writeFileSync(file, JSON.stringify({ ...all, 'current-context': 'x' }), { mode: 0o600 });
    return file;
  };
  const scheduler = await send(driver, config('scheduler-client-cert'), [review]);
  expect(scheduler.said[0].body.status.userInfo.username).toBe('system:karmada:karmada-scheduler');
  // as `instance kubeconfig` makes it
  const made = await clientCertificate(host, plan, { user: 'ada', groups: ['dev'], validityMs: 60_000 }, new Date());
  const encode = (text: string) => Buffer.from(text).toString('base64');
  existing.set('of-ada', { data: { 'tls.crt': encode(made.certificate), 'tls.key': encode(made.key) } });
  const ada = await send(driver, config('of-ada'), [review]);
  expect(ada.said[0].body.status.userInfo).toMatchObject({ username: 'ada', groups: ['dev', 'system:authenticated'] });
  const stranger = await send(driver, config('etcd-cert'), [review]); // another authority's
  expect(stranger.said[0].status).toBe(401);
  rmSync(dirname(driver), { recursive: true });
});

test('one server as host and Karmada is refused', async () => {
  const flags = { hostKubeconfig: testbed.kubeconfig, karmadaKubeconfig: testbed.kubeconfig };
  await expect(planes({ flags }).karmada()).rejects.toThrow(
    [
      `the host and Karmada are one server: ${testbed.url}`,
      '  at host: context "testbed"; karmada: context "testbed"',
      "  fix: give the context of Karmada's own API server with --karmada-context, and that of the cluster that runs it with --host-context",
    ].join('\n'),
  );
});
