// `npm run bench`, second half: apply and plan beside kubectl and beside a bare loop of the same requests, on one API server and in
// turns. Needs the testbed; says so and ends with 0 where it cannot be had.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { Agent, request } from 'undici';
import { availability, ensureBinaries } from '../tools/testbed/binaries.mjs';
import { startApiServer } from '../tools/testbed/start.mjs';
import { BARE_NODE_SECONDS, line, median, PEAK, peakOf } from './measure.mjs';

const ROUNDS = 3;
const COUNT = 1000;
const MANY = 5000;

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'bin/cdk8s-karmada');
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-bench-apply-'));
const peak = join(folder, 'peak.cjs');
writeFileSync(peak, PEAK);

const found = availability();
if (found.how === 'none') {
  console.log(`apply is not measured: ${found.why}`);
  process.exit(0);
}

function timed(run) {
  const start = performance.now();
  const result = run();
  return { seconds: (performance.now() - start) / 1000, result };
}

/** Runs a program to its end; a plan and a diff end with another code when there is something to say. */
function run(program, args, codes = [0], cwd = folder) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (!codes.includes(status)) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return { stdout, stderr };
}

function input(round, count) {
  const at = join(folder, `round-${round}`);
  execFileSync(process.execPath, [join(root, 'bench/apply-input.cjs'), at, round, count].map(String), { cwd: root });
  return at;
}

/** The same server-side apply of every object, with so many requests under way. */
async function rawLoop(server, objects, inFlight) {
  const { users, clusters } = load(readFileSync(server.kubeconfig, 'utf8'));
  const read = (value, data) => (data ? Buffer.from(data, 'base64') : value && readFileSync(value));
  const [{ user }] = users;
  const [{ cluster }] = clusters;
  const dispatcher = new Agent({
    connections: inFlight,
    connect: {
      ca: read(cluster['certificate-authority'], cluster['certificate-authority-data']),
      cert: read(user['client-certificate'], user['client-certificate-data']),
      key: read(user['client-key'], user['client-key-data']),
    },
  });
  const headers = {
    'content-type': 'application/apply-patch+yaml',
    ...(user.token ? { authorization: `Bearer ${user.token}` } : {}),
  };
  let next = 0;
  const worker = async () => {
    while (next < objects.length) {
      const object = objects[next++];
      const { name, namespace } = object.metadata;
      const url = `${cluster.server}/apis/apps/v1/namespaces/${namespace}/deployments/${name}?fieldManager=raw`;
      const { statusCode, body } = await request(url, {
        ...{ method: 'PATCH', dispatcher, headers, body: JSON.stringify(object) },
      });
      const text = await body.text();
      if (statusCode >= 300) throw new Error(`${url}: ${statusCode} ${text}`);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - start) / 1000;
  await dispatcher.close();
  return seconds;
}

/** PATCH requests that the server has answered. */
function patches(server) {
  const metrics = run(join(server.binaries, 'kubectl'), [
    `--kubeconfig=${server.kubeconfig}`,
    'get',
    '--raw',
    '/metrics',
  ]).stdout;
  const counts = metrics.matchAll(/^apiserver_request_total\{[^}]*verb="(?:PATCH|APPLY)"[^}]*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Seconds from the start of the process to its first connection. */
function firstRequest(at) {
  return new Promise((resolve, reject) => {
    const listener = createServer((socket) => {
      resolve((performance.now() - start) / 1000);
      socket.destroy();
      child.kill('SIGKILL');
      listener.close();
    });
    let child;
    let start;
    listener.on('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const server = `http://127.0.0.1:${listener.address().port}`;
      const config = {
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'c',
        contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      };
      const file = join(folder, 'nowhere.kubeconfig');
      writeFileSync(
        file,
        JSON.stringify({ ...config, clusters: [{ name: 'c', cluster: { server } }], users: [{ name: 'u', user: {} }] }),
      );
      start = performance.now();
      child = spawn(process.execPath, [command, 'plan', '-f', join(at, 'dist'), '--karmada-kubeconfig', file], {
        stdio: 'ignore',
      });
    });
  });
}

let server;
try {
  await ensureBinaries((text) => console.log(text));
  server = await startApiServer();
  const kubectl = (args, codes) =>
    run(join(server.binaries, 'kubectl'), [`--kubeconfig=${server.kubeconfig}`, ...args], codes);
  const ours = (verb, at, { flags = [], codes = [0], node = [] } = {}) =>
    run(
      process.execPath,
      [...node, command, verb, '-f', join(at, 'dist'), '--karmada-kubeconfig', server.kubeconfig, ...flags],
      codes,
    );
  const apply = ['--yes', '--wait=none'];

  const seen = {
    raw: [],
    ours: [],
    kubectl: [],
    oursAgain: [],
    kubectlAgain: [],
    plan: [],
    diff: [],
    first: [],
    bare: [],
  };
  let written = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const at = input(round, COUNT);
    const plain = join(at, 'plain.json');
    const { items } = JSON.parse(readFileSync(plain, 'utf8'));
    const inFlight = [1, 4, 16][round];
    for (const name of [`raw-${round}`, `plain-${round}`]) kubectl(['create', 'namespace', name]);
    const raw = items.map((each) => ({ ...each, metadata: { ...each.metadata, namespace: `raw-${round}` } }));
    seen.bare.push(timed(() => run(process.execPath, ['-e', '0'])).seconds);
    seen.raw.push(await rawLoop(server, raw, inFlight));
    seen.ours.push(timed(() => ours('apply', at, { flags: apply })).seconds);
    seen.kubectl.push(timed(() => kubectl(['apply', '--server-side', '-f', plain])).seconds);
    const before = patches(server);
    seen.oursAgain.push(timed(() => ours('apply', at, { flags: apply })).seconds);
    written += patches(server) - before;
    seen.kubectlAgain.push(timed(() => kubectl(['apply', '--server-side', '-f', plain])).seconds);
    seen.plan.push(timed(() => ours('plan', at, { codes: [0, 2] })).seconds);
    seen.diff.push(timed(() => kubectl(['diff', '--server-side', '-f', plain], [0, 1])).seconds);
    seen.first.push(await firstRequest(at));
  }
  const many = input('many', MANY);
  const memory = peakOf(ours('apply', many, { flags: apply, node: ['--require', peak] }).stderr);

  const fastest = Math.min(...seen.raw);
  const of = (name) => median(seen[name]);
  const missed = [
    line('new objects, speed of the fastest bare loop', fastest / of('ours'), 0.8, 'x', { least: true }),
    line('new objects, speed of kubectl', of('kubectl') / of('ours'), 3, 'x', { least: true }),
    line('nothing changed, PATCH requests', written, 0, ''),
    line('nothing changed, speed of kubectl', of('kubectlAgain') / of('oursAgain'), 5, 'x', { least: true }),
    line('plan, speed of kubectl diff', of('diff') / of('plan'), 10, 'x', { least: true }),
    line(`apply of ${MANY} objects, memory`, memory, 300, 'MB'),
    line('first request, time of bare node', of('first') / of('bare'), 0.25 / BARE_NODE_SECONDS, 'x'),
  ];
  const rates = seen.raw.map((seconds, i) => `${Math.round(COUNT / seconds)}/s with ${[1, 4, 16][i]} in flight`);
  console.log(`\n${COUNT} Deployments: bare loop ${rates.join(', ')}`);
  const told = ['ours', 'kubectl', 'oursAgain', 'kubectlAgain', 'plan', 'diff', 'first', 'bare'];
  console.log(`  seconds: ${told.map((name) => `${name} ${of(name).toFixed(2)}`).join(', ')}`);
  if (missed.some(Boolean)) process.exitCode = 1;
} finally {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}
