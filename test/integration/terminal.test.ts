import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChartOfTest, synthesized } from '../cli/apply/engine-input';
import { KarmadaDouble, type OnMember } from './karmada-double';
import { type LiveServer, liveServer } from './live-server';
import { hasPty, OnTerminal, type Pty } from './pty';
import { startApiServer, type TestServer } from './testbed';

const COMMAND = join(__dirname, '..', '..', 'bin', 'cdk8s-karmada');
const READY = { status: 'True', reason: 'ClusterReady', message: 'cluster is healthy and ready to accept workloads' };

let testbed: TestServer;
let karmada: LiveServer;
let double: KarmadaDouble;
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-terminal-'));
const running: OnTerminal[] = [];

beforeAll(async () => {
  if (!hasPty) return;
  testbed = await startApiServer();
  karmada = liveServer('karmada', testbed);
  double = await KarmadaDouble.on(karmada, testbed);
  for (const name of ['member-eu', 'member-us', 'member-paris']) await double.member(name, READY);
});

afterAll(async () => {
  for (const each of running) each.kill();
  await karmada?.close();
  await testbed?.stop();
  rmSync(folder, { recursive: true });
});

const labels = { app: 'cart' };
const namespaced = (name: string, namespace: string) => ({ name, namespace });
const NAMESPACE = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

function deployment(name: string, namespace: string, selected = labels): any {
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'nginx:1' }] } };
  const spec = { replicas: 2, selector: { matchLabels: selected }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: namespaced(name, namespace), spec };
}

const policyFor = ({ apiVersion, kind, metadata }: any) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name: `${metadata.name}-policy`, namespace: metadata.namespace },
  spec: {
    resourceSelectors: [{ apiVersion, kind, name: metadata.name }],
    placement: { clusterAffinity: { clusterNames: ['member-eu', 'member-us', 'member-paris'] } },
  },
});

const flags = (namespace: string, i: number) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: namespaced(`flags-${i}`, namespace),
  data: { level: 'high' },
});

const chart = (path: string, ...objects: any[]): ChartOfTest => ({ plane: 'karmada', path, objects });

/** Runs a verb on charts, on a terminal. */
function run(words: string, charts: readonly ChartOfTest[], pty: Omit<Pty, 'cwd'>): OnTerminal {
  const file = `${running.length}.yaml`;
  writeFileSync(join(folder, file), synthesized(...charts));
  const options = ['-f', file, '--karmada-kubeconfig', testbed.kubeconfig];
  const started = new OnTerminal([process.execPath, COMMAND, ...words.split(' '), ...options], { ...pty, cwd: folder });
  running.push(started);
  return started;
}

const WIDE = { columns: 120, rows: 40 };
const NARROW = { columns: 80, rows: 24, env: { NO_COLOR: '1' } };

const runs = (readyReplicas: number): OnMember => ({
  status: { replicas: 2, readyReplicas },
  health: readyReplicas === 2 ? 'Healthy' : 'Unhealthy',
});

/** The table that stood there, without what differs from run to run. */
const tableOf = (text: string) =>
  text
    .slice(text.lastIndexOf('\nApply east'))
    .replace(/ · plan [0-9a-f]{7} .*\d\d:\d\d {2}\^C/, ' … ^C')
    .replace(/waiting \d+ s/g, 'waiting <time>');

/** All but the plan at the end, without what differs from run to run. */
const summaryOf = (text: string) =>
  text
    .slice(text.search(/^(\d\d:\d\d|✓|✗)/m))
    .replaceAll(/^\d\d:\d\d/gm, '<time>')
    .replace(/in \d+(\.\d)? s/g, 'in <time>');

(hasPty ? describe : describe.skip)('apply on a terminal', () => {
  test('shows how far what it waits for is on each member, and takes that away when all is done', async () => {
    const cart = deployment('cart', 'shop');
    const apply = run('apply --wait healthy', [chart('shop', NAMESPACE('shop'), policyFor(cart), cart)], WIDE);
    await apply.until((text) => text.includes('Only "yes"'));
    apply.type('yes\n');
    await apply.until((text) => text.includes('no policy has it yet'));
    const carried = (paris: number) => ({
      members: { 'member-eu': runs(2), 'member-us': runs(2), 'member-paris': runs(paris) },
    });
    await double.carry('Deployment', 'shop', 'cart', carried(1));
    const frame = await apply.until((text) => text.includes('2 of 3 members done'));
    await double.carry('Deployment', 'shop', 'cart', carried(2));
    expect(await apply.ended).toBe(0);
    expect(tableOf(frame)).toBe(`
Apply east … ^C stops safely

  karmada  ████████████████████  4/4   done
  gate     █████████████·······  2/3   wave 7: 1 of 3 not ready

  Deployment/shop/cart  waiting <time>   2 of 3 members done
       CLUSTER       SEEN   APPLIED  HEALTH     DETAIL
       member-eu     gen 2  yes      healthy    2/2
       member-paris  gen 2  yes      unhealthy  1/2
       member-us     gen 2  yes      healthy    2/2
`);
    expect(summaryOf(apply.terminal.text)).toBe('✓ Applied: 4 created, in <time>\n');
    expect(apply.terminal.text.match(/Apply east/g)).toBeNull();
    expect(apply.raw).toContain('\u001b[33mwaiting');
  });

  test('keeps what failed in sight, and a second run goes on from there', async () => {
    const many = Array.from({ length: 60 }, (_, i) => flags('other', i));
    const wrong = deployment('cart', 'other', { app: 'another' });
    const apply = run('apply --yes', [chart('other', NAMESPACE('other'), ...many, wrong)], NARROW);
    const frame = await apply.until((text) => /[1-9]\d? in flight/.test(text));
    expect(await apply.ended).toBe(4);
    expect(tableOf(frame).replace(/[█▌·]{14} +\d+\/63 .*/, '<bar>')).toBe(`
Apply east … ^C stops safely

  karmada  <bar>
`);
    expect(
      summaryOf(apply.terminal.text),
    ).toBe(`<time>  karmada  failed  Deployment/other/cart: the server answered 422:
  Deployment.apps "cart" is invalid: spec.template.metadata.labels: Invalid
  value: {"app":"cart"}: \`selector\` does not match template \`labels\`

✗ Apply stopped: 1 failed, 61 created, 1 unchanged, in <time> (exit code 4)

  ✗ failed  karmada: Deployment/other/cart   other/cart (1.yaml, document 64)
    the server answered 422: Deployment.apps "cart" is invalid:
      spec.template.metadata.labels: Invalid value: {"app":"cart"}: \`selector\`
      does not match template \`labels\`

  Next: mend what failed and run apply again; what is done will be recognised.
`);
    expect(apply.raw).not.toMatch(COLOUR);

    const charts = [chart('other', NAMESPACE('other'), ...many, deployment('cart', 'other'))];
    const again = run('apply --yes', charts, NARROW);
    expect(await again.ended).toBe(0);
    expect(summaryOf(again.terminal.text)).toBe('✓ Applied: 1 created, 62 unchanged, in <time>\n');
  });

  test('leaves the terminal as it was when it is interrupted', async () => {
    const cart = deployment('cart', 'third');
    const charts = [chart('third', NAMESPACE('third'), policyFor(cart), cart)];
    const apply = run('apply --yes --wait healthy', charts, { columns: 40, rows: 12, env: { NO_COLOR: '1' } });
    const frame = await apply.until((text) => text.includes('no policy has it yet'));
    apply.type('\u0003');
    expect(await apply.ended).toBe(130);
    expect(tableOf(frame).replace(/\d\d:\d\d/, '<time>')).toBe(`
Apply east       <time>  ^C stops safely

  karmada  4/4   done
  gate     2/3   wave 7: 1 of 3 not re…

  Deployment/third/cart  waiting <time>
       no policy has it yet
`);
    expect(summaryOf(apply.terminal.text)).toBe(`✗ Apply interrupted: 3 created, 1
  unchanged, in <time> (exit code 130)

  Next: run apply again to go on; what
    is done will be recognised.
`);
    expect(apply.raw).not.toMatch(MODE);
  });

  test('adds lines only where that is asked for', async () => {
    const apply = run('apply --yes --progress plain', [chart('fourth', NAMESPACE('fourth'))], NARROW);
    expect(await apply.ended).toBe(0);
    expect(summaryOf(apply.terminal.text)).toBe(`<time>  wave 7: 2 objects
<time>  karmada  created    Namespace/fourth
✓ Applied: 1 created, 1 unchanged, in <time>
`);
    expect(apply.raw).not.toContain('\u001b');
  });
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes begin with one
const COLOUR = /\u001b\[\d*m/;
/** Hides the cursor, or changes another mode of the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes begin with one
const MODE = /\u001b\[\?/;
