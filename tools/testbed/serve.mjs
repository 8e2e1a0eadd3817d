// Starts one API server with its own etcd on free ports of 127.0.0.1 and says on its first line of output where it is, as
// JSON. It lives as long as its standard input is open: when whoever started it ends, for whatever reason, the pipe
// closes and everything that was started here is stopped and its folder deleted.
import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBinaries } from './binaries.mjs';

/** With `--audit` the server writes down every write, with what came of it. */
const AUDIT = process.argv.includes('--audit');
/** A file with the authority whose client certificates the server takes. */
const CLIENT_AUTHORITY = process.argv.find((each) => each.startsWith('--client-authority='))?.split('=')[1];
/** A quiet machine needs two or three; a busy one has time. */
const START_SECONDS = 100;
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-testbed-'));
const children = [];
let stopping; // the one promise of the stop under way

const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'None', resources: [{ group: 'authorization.k8s.io' }] }, // questions, of which nothing is kept
    { level: 'RequestResponse', verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'] },
    { level: 'None' },
  ],
};

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function start(name, command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (tail = (tail + chunk).slice(-4000)));
  child.on('exit', (code, signal) => {
    if (!stopping) fail(new Error(`${name} ended by itself with ${signal ?? code}:\n${tail}`));
  });
  child.on('error', fail);
  children.push(child);
}

function stop() {
  stopping ??= (async () => {
    for (const child of [...children].reverse()) await ended(child);
    rmSync(folder, { recursive: true, force: true });
  })();
  return stopping;
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
    child.once('exit', () => {
      clearTimeout(hard);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

async function fail(error) {
  await stop();
  console.error(`testbed: ${error.message}`);
  process.exit(1);
}

function ready(port, ca) {
  return new Promise((resolve) => {
    const probe = request({ host: '127.0.0.1', port, path: '/readyz', ca, timeout: 1000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    probe.on('error', () => resolve(false));
    probe.on('timeout', () => probe.destroy());
    probe.end();
  });
}

/** The server may be writing it just now: a file without its end is not trusted yet. */
function certificateOnceWritten(file) {
  try {
    const text = readFileSync(file, 'utf8');
    return text.trimEnd().endsWith('-----END CERTIFICATE-----') ? text : undefined;
  } catch {
    return undefined;
  }
}

function kubeconfig(url, ca, token) {
  const named = (kind, value) => [{ name: 'testbed', [kind]: value }];
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: named('cluster', { server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64') }),
    users: named('user', { token }),
    contexts: named('context', { cluster: 'testbed', user: 'testbed' }),
    'current-context': 'testbed',
  });
}

async function main() {
  const bin = await ensureBinaries();
  const [clientPort, peerPort, port] = await Promise.all([freePort(), freePort(), freePort()]);
  const etcd = `http://127.0.0.1:${clientPort}`;
  start('etcd', join(bin, 'etcd'), [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${etcd}`,
    `--advertise-client-urls=${etcd}`,
    `--listen-peer-urls=http://127.0.0.1:${peerPort}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peerPort}`,
    `--initial-cluster=default=http://127.0.0.1:${peerPort}`,
    '--unsafe-no-fsync=true',
    '--log-level=error',
  ]);

  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signingKey = join(folder, 'service-account.key');
  writeFileSync(signingKey, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  const token = randomBytes(24).toString('hex');
  writeFileSync(join(folder, 'tokens.csv'), `${token},testbed,testbed,system:masters\n`, { mode: 0o600 });
  const certs = join(folder, 'certs');
  mkdirSync(certs);
  const audit = join(folder, 'audit.jsonl');
  const policy = join(folder, 'audit-policy.json');
  writeFileSync(policy, JSON.stringify(AUDIT_POLICY));
  start('kube-apiserver', join(bin, 'kube-apiserver'), [
    ...(AUDIT ? [`--audit-policy-file=${policy}`, `--audit-log-path=${audit}`] : []),
    `--etcd-servers=${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${certs}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--enable-bootstrap-token-auth=true',
    ...(CLIENT_AUTHORITY ? [`--client-ca-file=${CLIENT_AUTHORITY}`] : []),
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${signingKey}`,
    `--service-account-signing-key-file=${signingKey}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    // nothing runs controllers here: no service account would ever be made for a pod or a namespace
    '--disable-admission-plugins=ServiceAccount,StorageObjectInUseProtection',
    '--endpoint-reconciler-type=none',
  ]);

  const deadline = Date.now() + START_SECONDS * 1000;
  let ca;
  for (;;) {
    ca = certificateOnceWritten(join(certs, 'apiserver.crt'));
    if (ca && (await ready(port, ca))) break;
    if (Date.now() > deadline) throw new Error(`kube-apiserver was not ready within ${START_SECONDS} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const url = `https://127.0.0.1:${port}`;
  const file = join(folder, 'kubeconfig.json');
  writeFileSync(file, kubeconfig(url, ca, token), { mode: 0o600 });
  console.log(JSON.stringify({ url, kubeconfig: file, context: 'testbed', folder, binaries: bin, etcd, audit }));
}

process.stdin.resume();
process.stdin.on('end', () => stop().then(() => process.exit(0)));
process.stdin.on('close', () => stop().then(() => process.exit(0)));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop().then(() => process.exit(0)));
main().catch(fail);
