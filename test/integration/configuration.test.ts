import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ApiRequest } from '../../cli/apply/api-server';
import { issue } from '../../cli/apply/pki/issue';
import type { PlanesRequest } from '../../cli/apply/planes';
import { samplePlan, stored, textOf } from '../cli/apply/pki/sample-plan';
import { startApiServer, type TestServer } from './testbed';
import { bundleDriver, type Said } from './transport-process';

let server: TestServer;
let driver: string;
let folder: string;
const ends: (() => void)[] = [];

beforeAll(async () => {
  driver = bundleDriver('session-driver.ts');
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-configuration-'));
  server = await startApiServer();
  server.kubectl(['create', 'serviceaccount', 'ci', '-n', 'default']);
});

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

afterAll(async () => {
  await server?.stop();
  for (const each of [folder, driver && dirname(driver)]) if (each) rmSync(each, { recursive: true });
});

/** A run of the command, as far as its servers are concerned: it is asked, and something happens between two requests. */
function session(request: Partial<PlanesRequest>, env: { [name: string]: string } = {}) {
  const { PATH = '' } = process.env;
  const child: ChildProcess = spawn(process.execPath, [driver], { cwd: folder, env: { PATH, HOME: folder, ...env } });
  ends.push(() => child.stdin?.end());
  child.stderr?.on('data', (chunk) => process.stderr.write(chunk));
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  const tell = (value: unknown) => child.stdin?.write(`${JSON.stringify(value)}\n`);
  tell(request);
  return async (asked: ApiRequest): Promise<Said> => {
    tell(asked);
    return JSON.parse((await lines.next()).value);
  };
}

const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
const WHO: ApiRequest = { method: 'POST', path: '/apis/authentication.k8s.io/v1/selfsubjectreviews', body: review };
const NODES: ApiRequest = { method: 'GET', path: '/' };
const whoIs = ({ body, ...rest }: Said) => body?.status?.userInfo ?? { body, ...rest };

const config = () => JSON.parse(readFileSync(server.kubeconfig, 'utf8'));

function write(name: string, content: string | object): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 });
  return path;
}

/** The testbed's kubeconfig with other parts. */
function kubeconfig(name: string, { cluster = {}, user }: { cluster?: object; user?: object }): string {
  const { clusters, users, ...rest } = config();
  return write(name, {
    ...rest,
    clusters: [{ ...clusters[0], cluster: { ...clusters[0].cluster, ...cluster } }],
    users: [user ? { name: users[0].name, user } : users[0]],
  });
}

const tokenOf = (account: string) => server.kubectl(['create', 'token', account, '-n', 'default']).trim();

test('KUBECONFIG is a list: what one file lacks the next one has, a file that is not there is passed over, the first wins', async () => {
  const { clusters, users, contexts, ...rest } = config();
  const one = write('list/contexts.json', { contexts, 'current-context': contexts[0].name });
  const two = write('list/servers.json', { clusters, users });
  const three = write('list/others.json', { ...rest, users: [{ name: users[0].name, user: { token: 'hunter2' } }] });
  const ask = session({}, { KUBECONFIG: [one, join(folder, 'none'), two, three].join(':') });
  expect(whoIs(await ask(WHO)).username).toBe('testbed');
});

test('in a pod the service account is who asks, and its token is read again when it is replaced', async () => {
  const ca = Buffer.from(config().clusters[0].cluster['certificate-authority-data'], 'base64').toString();
  const serviceAccount = dirname(write('pod/ca.crt', ca));
  write('pod/token', tokenOf('ci'));
  const { hostname, port } = new URL(server.url);
  const env = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
  const ask = session({ serviceAccount }, env);
  expect(whoIs(await ask(WHO)).username).toBe('system:serviceaccount:default:ci');
  // the account is made anew: its old token is worth nothing, and the kubelet writes a new one
  server.kubectl(['delete', 'serviceaccount', 'ci', '-n', 'default']);
  server.kubectl(['create', 'serviceaccount', 'ci', '-n', 'default']);
  write('pod/token', tokenOf('ci'));
  await new Promise((resolve) => setTimeout(resolve, 11_000)); // a server remembers for 10 s whom it let in
  expect(whoIs(await ask(WHO)).username).toBe('system:serviceaccount:default:ci');
});

test('a plugin is asked again when its token is over, while the command goes on', async () => {
  const tokens = write('plugin/tokens', `${tokenOf('ci')}\n`);
  const plugin = write(
    'plugin/login',
    `#!/bin/sh\nprintf . >> ${folder}/plugin/runs\necho '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'"$(tail -n 1 ${tokens})"'"}}'\n`,
  );
  chmodSync(plugin, 0o700);
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './login', interactiveMode: 'Never' };
  const ask = session({ flags: { hostKubeconfig: kubeconfig('plugin/config', { user: { exec } }) } });
  expect(whoIs(await ask(WHO)).username).toBe('system:serviceaccount:default:ci');
  server.kubectl(['delete', 'serviceaccount', 'ci', '-n', 'default']);
  server.kubectl(['create', 'serviceaccount', 'ci', '-n', 'default']);
  write('plugin/tokens', `${tokenOf('ci')}\n`);
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  expect(whoIs(await ask(WHO)).username).toBe('system:serviceaccount:default:ci');
  expect(readFileSync(join(folder, 'plugin/runs'), 'utf8')).toBe('..');
});

describe('a plugin that says how long its answer is good', () => {
  const until = (time: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, time - Date.now())));

  /** A session whose plugin says what stands in a file, and counts its runs. */
  function loggingIn(name: string) {
    const answer = (status: object) =>
      write(`${name}/answer`, { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status });
    const plugin = write(
      `${name}/login`,
      `#!/bin/sh\nprintf . >> ${folder}/${name}/runs\ncat ${folder}/${name}/answer\n`,
    );
    chmodSync(plugin, 0o700);
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './login', interactiveMode: 'Never' };
    const ask = session({ flags: { hostKubeconfig: kubeconfig(`${name}/config`, { user: { exec } }) } });
    return {
      answer,
      runs: () => readFileSync(join(folder, name, 'runs'), 'utf8'),
      who: async () => whoIs(await ask(WHO)).username,
    };
  }

  const CI = 'system:serviceaccount:default:ci';

  test('is asked again a fifth of that before its end, though the server would still take the answer', async () => {
    const { answer, runs, who } = loggingIn('expiring');
    const end = Date.now() + 8_000;
    answer({ token: tokenOf('ci'), expirationTimestamp: new Date(end).toISOString() });
    expect([await who(), await who(), runs()]).toEqual([CI, CI, '.']);
    server.kubectl(['create', 'serviceaccount', 'next', '-n', 'default']);
    answer({ token: tokenOf('next'), expirationTimestamp: new Date(end + 600_000).toISOString() });
    await until(end - 500);
    const next = 'system:serviceaccount:default:next';
    expect([await who(), await who(), runs()]).toEqual([next, next, '..']);
  });

  test('may fail then: its last answer is used as long as it is good, and it is not asked for each request', async () => {
    const { answer, runs, who } = loggingIn('failing');
    const end = Date.now() + 20_000;
    answer({ token: tokenOf('ci'), expirationTimestamp: new Date(end).toISOString() });
    expect(await who()).toBe(CI);
    rmSync(join(folder, 'failing/answer'));
    await until(end - 3_000);
    expect([await who(), await who(), await who()]).toEqual([CI, CI, CI]);
    expect(runs()).toMatch(/^\.{2,3}$/); // a second one when these took long
    await until(end);
    expect(await who()).toBeUndefined();
    answer({ token: tokenOf('ci') });
    expect(await who()).toBe(CI);
  });

  test('is not asked for each request when its answer is over by the clock of this machine', async () => {
    const { answer, runs, who } = loggingIn('skewed');
    answer({ token: tokenOf('ci'), expirationTimestamp: new Date(Date.now() - 3_600_000).toISOString() });
    expect([await who(), await who(), runs()]).toEqual([CI, CI, '.']);
  });
});

test('a server that only a proxy of the environment reaches; NO_PROXY takes one out', async () => {
  const tunnels: string[] = [];
  const proxy = createProxy();
  const sockets: Socket[] = [];
  proxy.on('connect', ({ url }, socket) => {
    tunnels.push(String(url));
    const { hostname, port } = new URL(server.url);
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    sockets.push(socket as Socket, upstream);
    for (const one of [socket, upstream]) one.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const cluster = { server: 'https://api.nowhere.invalid:6443', 'tls-server-name': 'kubernetes.default.svc' };
  const flags = { hostKubeconfig: kubeconfig('proxied/config', { cluster }) };
  const HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  expect(whoIs(await session({ flags }, { HTTPS_PROXY })(WHO))).toMatchObject({ username: 'testbed' });
  expect(new Set(tunnels)).toEqual(new Set(['api.nowhere.invalid:6443']));
  const direct = await session({ flags }, { HTTPS_PROXY, NO_PROXY: '.invalid' })(WHO);
  expect(direct.error?.message.split('\n').at(-1)).toBe(
    '  fix: check the name of the server, and that it resolves from this machine',
  );
});

test('client certificates that are replaced on the disk are read again', async () => {
  const sample = samplePlan();
  const first = sample.certificates.find(({ secret }) => secret === 'scheduler-client-cert') as any;
  const second = { ...first, secret: 'descheduler-client-cert', commonName: 'system:karmada:karmada-descheduler' };
  const certificates = [...sample.certificates, second];
  const secrets = stored(await issue({ ...sample, certificates, keyPairs: [] }, new Map(), new Date()));
  const text = (secret: string, key: string) => textOf(secrets.get(secret), key);
  let known = 'system:karmada:karmada-scheduler';
  const own = { cert: text('karmada-apiserver-cert', 'tls.crt'), key: text('karmada-apiserver-cert', 'tls.key') };
  const tls = createTlsServer(
    { ...own, ca: text('karmada-ca', 'tls.crt'), requestCert: true },
    ({ socket }, response) => {
      const { CN } = (socket as any).getPeerCertificate().subject;
      response.writeHead(CN === known ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ by: CN }));
    },
  );
  await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    tls.closeAllConnections();
    tls.close();
  });
  const put = (secret: string) => {
    write('rotated/tls.crt', text(secret, 'tls.crt'));
    write('rotated/tls.key', text(secret, 'tls.key'));
  };
  put('scheduler-client-cert');
  const cluster = {
    server: `https://127.0.0.1:${(tls.address() as AddressInfo).port}`,
    'certificate-authority-data': Buffer.from(text('karmada-ca', 'tls.crt')).toString('base64'),
  };
  const user = { 'client-certificate': 'tls.crt', 'client-key': 'tls.key' };
  const ask = session({ flags: { hostKubeconfig: kubeconfig('rotated/config', { cluster, user }) } });
  expect((await ask(NODES)).body).toEqual({ by: 'system:karmada:karmada-scheduler' });
  known = 'system:karmada:karmada-descheduler';
  put('descheduler-client-cert');
  expect((await ask(NODES)).body).toEqual({ by: 'system:karmada:karmada-descheduler' });
});

test('--as and --as-group say who acts, whatever the kubeconfig says', async () => {
  const user = { ...config().users[0].user, as: 'other', 'as-groups': ['others'], 'as-user-extra': { a: ['b'] } };
  const hostKubeconfig = kubeconfig('as/config', { user });
  expect(whoIs(await session({ flags: { hostKubeconfig } })(WHO))).toMatchObject({
    username: 'other',
    extra: { a: ['b'] },
  });
  expect(whoIs(await session({ flags: { hostKubeconfig, as: 'ada', asGroup: ['readers', 'writers'] } })(WHO))).toEqual({
    username: 'ada',
    groups: ['readers', 'writers', 'system:authenticated'],
  });
  expect((await session({ flags: { hostKubeconfig, asGroup: ['readers'] } })(WHO)).error).toMatchObject({
    exitCode: 1,
    message: expect.stringContaining('groups without a user to act as'),
  });
});

test('--expect-cluster-uid refuses every other cluster', async () => {
  const uid = server.kubectl(['get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}']);
  const hostKubeconfig = server.kubeconfig;
  const expecting = (...expectClusterUids: string[]) => session({ flags: { hostKubeconfig, expectClusterUids } })(WHO);
  expect(whoIs(await expecting('another', uid)).username).toBe('testbed');
  expect((await expecting('another')).error).toMatchObject({
    exitCode: 8,
    message: `this is the cluster ${uid}, and another is expected
  at host: context "testbed", ${server.url}
  fix: choose the context of the cluster that is meant, or correct --expect-cluster-uid; nothing was written`,
  });
  const unknown = session({ flags: { hostKubeconfig, as: 'nobody', expectClusterUids: [uid] } });
  expect((await unknown(WHO)).error).toMatchObject({ exitCode: 9 });
});
