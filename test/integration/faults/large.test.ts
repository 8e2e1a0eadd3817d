import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesized } from '../../cli/apply/engine-input';
import { type FaultProxy, faultProxy } from '../fault-proxy';
import { startApiServer, type TestServer } from '../testbed';
import { configMap, namespace, tokenOf } from './through-proxy';

/** In full with `npm run test:soak`; a part otherwise. */
const OBJECTS = process.env.SOAK ? 5000 : 1000;
const NAMESPACES = OBJECTS / 50;
/** Of each object: 30 MB of 5,000. */
const BYTES = 6000;
const COMMAND = join(__dirname, '..', '..', '..', 'bin', 'cdk8s-karmada');

let server: TestServer;
let proxy: FaultProxy;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-large-'));
  server = await startApiServer();
  proxy = await faultProxy(server);
  const used =
    'process.on("exit", () => require("fs").writeFileSync("used.json", JSON.stringify(process.resourceUsage())));';
  writeFileSync(join(folder, 'used.cjs'), used);
  const named = (kind: string, value: object) => [{ name: 'testbed', [kind]: value }];
  writeFileSync(
    join(folder, 'kubeconfig'),
    JSON.stringify({
      clusters: named('cluster', { server: proxy.url }),
      users: named('user', { token: tokenOf(server) }),
      contexts: named('context', { cluster: 'testbed', user: 'testbed' }),
      'current-context': 'testbed',
    }),
    { mode: 0o600 },
  );
});

afterAll(async () => {
  await proxy?.close();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true });
});

/** So many objects in their namespaces, in one file. */
function write(file: string, objects: number): void {
  const namespaces = Array.from({ length: Math.ceil(objects / 50) }, (_, i) => namespace(`large-${i}`));
  const data = { text: 'x'.repeat(BYTES) };
  const maps = Array.from({ length: objects }, (_, i) => configMap(`item-${i}`, `large-${Math.floor(i / 50)}`, data));
  writeFileSync(
    join(folder, file),
    synthesized({ plane: 'karmada', path: 'large', objects: [...namespaces, ...maps] }),
  );
}

/** The command in a process of its own: how it ended, and what it used. */
async function run(words: string) {
  const env = { ...process.env, NO_COLOR: '1' };
  const child = spawn(process.execPath, ['--require', './used.cjs', COMMAND, ...words.split(' ')], {
    cwd: folder,
    env,
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk) => {
      said[stream] += chunk;
    });
  }
  const code = await new Promise((resolve) => child.on('close', resolve));
  const { maxRSS, userCPUTime } = JSON.parse(readFileSync(join(folder, 'used.json'), 'utf8'));
  return { code, ...said, megabytes: maxRSS / 1024, cpuSeconds: userCPUTime / 1e6 };
}

test(`F68 ${OBJECTS} objects in ${NAMESPACES} namespaces: in bounds, told as it goes on, and nothing is sent twice`, async () => {
  write('in.yaml', OBJECTS);
  const options = '-f in.yaml --karmada-kubeconfig kubeconfig';
  const first = await run(`apply --yes --wait none ${options}`);
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining(`${OBJECTS + NAMESPACES + 1} created`)]);
  expect(first.stderr.match(/ created {4}ConfigMap/g)).toHaveLength(OBJECTS);
  expect(first.megabytes).toBeLessThan(400);
  proxy.rule();
  const again = await run(`apply --yes --wait none ${options}`);
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining(`${OBJECTS + NAMESPACES + 1} unchanged`)]);
  expect(proxy.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(again.megabytes).toBeLessThan(400);
}, 900_000);

test('F68 four times as many objects take four times as long, not sixteen times', async () => {
  write('few.yaml', OBJECTS / 4);
  write('many.yaml', OBJECTS);
  const [nothing, few, many] = [
    await run('plan --help'),
    await run('plan --empty -f few.yaml'),
    await run('plan --empty -f many.yaml'),
  ];
  expect([few.code, many.code]).toEqual([2, 2]);
  const own = ({ cpuSeconds }: { cpuSeconds: number }) => Math.max(0.05, cpuSeconds - nothing.cpuSeconds);
  expect(own(many) / own(few)).toBeLessThan(8);
}, 300_000);
