import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { type ApiRequest, type ApiServer, Unreachable } from '../../cli/apply/api-server';
import { makeAuthority } from '../../cli/apply/pki/certificate';
import { cdk8sKarmada, type Shown } from '../cli/commands/terminal';
import { anInstance, find, oneMember } from '../instance/an-instance';
import { plainClient } from './plain-client';
import { startApiServer, type TestServer } from './testbed';

const DAY_MS = 24 * 60 * 60 * 1000;
const { host, karmada } = anInstance({
  etcd: oneMember,
  components: { karmadaDescheduler: {}, karmadaSchedulerEstimator: { clusters: ['berlin'] } },
});
const all = [...host, ...karmada];
const secrets: string[] = Object.entries(JSON.parse(find(host, 'ConfigMap', 'east-pki-plan').data['plan.json']))
  .filter(([list]) => ['authorities', 'certificates', 'keyPairs', 'kubeconfigs'].includes(list))
  .flatMap(([, items]: any) => items.map(({ secret }: any) => secret));
/** Those that speak gRPC with certificates that they read once. */
const READERS = ['karmada-descheduler', 'karmada-scheduler', 'karmada-scheduler-estimator-berlin'];

let hostServer: TestServer;
let karmadaServer: TestServer;
/** Writes since they were counted last, without the lock. */
let writes: string[] = [];
/** Changes of pod templates since they were counted last: each makes all pods of a workload anew. */
let rolls: string[] = [];
/** What was written into pod templates last, by workload. */
const marks = new Map<string, string>();

/** Our manager names what it has in a template with each write; only another value makes pods anew. */
function noteRoll(name: string, template: any): void {
  if (!template) return;
  const mark = template.metadata?.annotations?.['cdk8s-karmada.io/certificates'];
  if (mark === undefined || marks.get(name) !== mark) rolls.push(name);
  marks.set(name, mark);
}

/** The write of a run that no answer comes to any more. */
let cutAt = Number.POSITIVE_INFINITY;
const shown: string[] = [];

// client-node is an ES module, which jest cannot load: the same servers by another transport
jest.mock('../../cli/apply/http-api-server', () => ({
  connect: (plane: 'host' | 'karmada', { files }: { files: readonly string[] }, name: string): ApiServer => {
    const reached = files.includes(hostServer.kubeconfig) ? hostServer : karmadaServer;
    const client = plainClient(plane, reached);
    const request = (wanted: ApiRequest) => {
      const { method, path, query, body } = wanted;
      if (method !== 'GET' && !path.includes('/leases') && !query?.dryRun && !path.includes('selfsubject')) {
        if (writes.length >= cutAt) throw new Unreachable('the run was killed');
        writes.push(`${method} ${path.split('/').slice(-2).join('/')}`);
        noteRoll(path.split('/').pop() ?? '', (body as any)?.spec?.template);
      }
      return client.request(wanted);
    };
    return { ...client, name, request };
  },
}));

beforeAll(async () => {
  [hostServer, karmadaServer] = await Promise.all([startApiServer(), startApiServer()]);
});

afterAll(async () => {
  await Promise.all([hostServer?.stop(), karmadaServer?.stop()]);
});

/** Runs a command on the output of synth, so many days from now. */
async function run(words: string, days = 0, who = 'ada@laptop (process 1)'): Promise<Shown> {
  writes = [];
  const servers = `--host-kubeconfig ${hostServer.kubeconfig} --karmada-kubeconfig ${karmadaServer.kubeconfig}`;
  const now = () => Date.now() + days * DAY_MS;
  const result = await cdk8sKarmada(`${words} -f in.json ${servers}`, { files: { 'in.json': all }, now, who });
  shown.push(result.stdout, result.stderr);
  return result;
}

const ISSUE = 'instance issue --yes --wait none';
const list = (items: readonly any[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** A command that has to do it, and what it wrote. */
async function done(words: string, days = 0): Promise<string[]> {
  const { code, stderr } = await run(words, days);
  if (code !== 0) throw new Error(`${words} ended with ${code}: ${stderr}`);
  return writes;
}

/** What Argo CD does with a chart. */
function argo(server: TestServer, objects: readonly any[]): void {
  const apply = ['apply', '--server-side', '--field-manager=argocd-controller', '-f', '-'];
  server.kubectl(apply, list(objects));
}

function kept(kind: string): any[] {
  return JSON.parse(hostServer.kubectl(['get', kind, '-n', 'karmada-system', '-o', 'json'])).items;
}

/** Pod templates by workload. */
function templates(): Map<string, string> {
  const workloads = [...kept('deployments'), ...kept('statefulsets')];
  return new Map(workloads.map(({ metadata, spec }) => [metadata.name, JSON.stringify(spec.template)]));
}

/** Whose pods were made anew since then, as often as they were. */
function rolled(before: ReadonlyMap<string, string>): string[] {
  const after = templates();
  expect([...new Set(rolls)].sort()).toEqual(
    [...after.keys()].filter((name) => after.get(name) !== before.get(name)).sort(),
  );
  return rolls.splice(0).sort();
}

const bundled = () => karmada.filter(({ metadata }) => metadata.annotations?.['cdk8s-karmada.io/inject-ca']);
const versions = () =>
  ['secrets', 'deployments', 'statefulsets']
    .flatMap(kept)
    .map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`);

test('without its namespace nothing is written: whoever carries the chart makes it', async () => {
  const { code, stderr } = await run(ISSUE);
  expect(stderr).toBe(
    [
      'error: there is no namespace "karmada-system" on the host yet; nothing was written',
      '  at host: Namespace/karmada-system',
      '  fix: have the chart of the host applied first, by Argo CD, Flux or `cdk8s-karmada apply`: its pods wait for the Secrets',
      '  see: docs/gitops.md',
      '',
    ].join('\n'),
  );
  expect([code, writes]).toEqual([3, []]);
});

test('after Argo CD has made the host chart every Secret is issued, no pod starts anew, and the rest is told', async () => {
  argo(hostServer, host);
  const before = templates();
  const { code, stdout } = await run(ISSUE);
  expect(code).toBe(10);
  expect(stdout).toContain(`✗ Not all is done: ${secrets.length} issued (exit code 10)\n`);
  expect(stdout).toContain('karmada: ValidatingWebhookConfiguration/validating-config is not there yet');
  expect(
    kept('secrets')
      .map(({ metadata }) => metadata.name)
      .sort(),
  ).toEqual([...secrets].sort());
  expect(rolled(before)).toEqual([]);
  expect(writes).toHaveLength(secrets.length);
});

test('after Argo CD has made the chart of Karmada its CA bundles are filled in, and then there is nothing to do', async () => {
  argo(karmadaServer, bundled());
  const { code, stdout } = await run(ISSUE);
  const [summary, , why] = stdout.split('\n');
  expect([code, summary]).toEqual([0, `✓ Issued: ${bundled().length} CA bundles filled in`]);
  expect(why).toMatch(/^Where Argo CD applies the chart of Karmada, its Application needs/);
  argo(karmadaServer, bundled());
  argo(hostServer, host);
  const again = await run(ISSUE);
  expect(again.stdout).toBe('✓ Nothing to issue: every key, certificate and CA bundle is as planned\n');
  expect([again.code, writes]).toEqual([0, []]);
});

test('apply and issue by turns write nothing the second time, whoever filled in the bundles', async () => {
  // of two managers of one StatefulSet each would be in the other's way: what has defaults inside is one value
  hostServer.kubectl(['delete', 'statefulset', 'etcd', '-n', 'karmada-system']);
  await done('apply --yes --wait none');
  rolls = [];
  for (const words of [ISSUE, 'apply --yes --wait none', ISSUE, 'apply --yes --wait none']) {
    expect([words, await done(words)]).toEqual([words, []]);
  }
});

/** Pods that run: without a controller nobody else says so. */
function running(): void {
  for (const kind of ['deployments', 'statefulsets']) {
    for (const { metadata } of kept(kind)) {
      const status = JSON.stringify({ status: { replicas: 1, readyReplicas: 1, availableReplicas: 1 } });
      const target = ['patch', kind, metadata.name, '-n', 'karmada-system', '--subresource=status', '--type=merge'];
      hostServer.kubectl([...target, '-p', status]);
    }
  }
}

test('a renewal rolls exactly those that read certificates at their start, once, and nobody turns it back', async () => {
  running();
  const before = templates();
  const renewed = await run(ISSUE, 250);
  expect(renewed.code).toBe(0);
  expect(renewed.stdout).toBe(`✓ Issued: ${secrets.length - 5} issued, 3 restarted\n`); // four authorities and a key stay
  expect(rolled(before)).toEqual(READERS);
  const settled = versions();
  argo(
    hostServer,
    host.filter(({ kind }) => kind !== 'StatefulSet'),
  );
  for (const words of [ISSUE, 'apply --yes --wait none', ISSUE, 'apply --yes --wait none']) {
    expect([words, await done(words, 250)]).toEqual([words, []]);
  }
  expect(rolled(templates())).toEqual([]);
  expect(versions().filter((each) => /^karmada-.*-cert /.test(each))).toEqual(
    settled.filter((each) => /^karmada-.*-cert /.test(each)),
  );
});

test('apply renews, and starts anew, just as issue does', async () => {
  const before = templates();
  await done('apply --yes --wait none', 500);
  expect(shown[shown.length - 1]).toContain('~ restart  Deployment/karmada-system/karmada-scheduler');
  expect(rolled(before)).toEqual(READERS);
  expect(await done(ISSUE, 500)).toEqual([]);
});

test('a run that ends at any write is finished by the next one, with one roll all the same', async () => {
  // what pods have read was written down by the first renewal
  const whole = secrets.length - 5 + 3;
  let days = 500;
  for (const cut of [1, whole - 2]) {
    days += 250;
    const before = templates();
    cutAt = cut;
    const killed = await run(ISSUE, days);
    expect([cut, killed.code === 0, writes.length]).toEqual([cut, false, cut]);
    cutAt = Number.POSITIVE_INFINITY;
    expect([cut, (await run(`${ISSUE} --steal-lock`, days)).code]).toEqual([cut, 0]);
    expect([cut, rolled(before)]).toEqual([cut, READERS]);
    expect(await done(ISSUE, days)).toEqual([]);
  }
}, 240_000);

test('two runs at once: one writes, the other says who is at it, or finds nothing to do', async () => {
  const before = templates();
  const both = await Promise.all([run(ISSUE, 2100), run(`${ISSUE} -o json`, 2100, 'bob@laptop (process 2)')]);
  const ends = both.filter(({ code }) => ![0, 7, 8].includes(code));
  expect(ends).toEqual([]);
  expect((await run(ISSUE, 2100)).code).toBe(0);
  expect(rolled(before)).toEqual(READERS);
});

test('what is there is told with what is due, from the code and, where that is gone, from the host', async () => {
  const rows = async (words: string, days: number) => {
    const { code, stdout } = await run(`${words} -o json`, days);
    return [code, JSON.parse(stdout).certificates] as const;
  };
  const [code, fresh] = await rows('instance certs', 2100);
  expect([code, fresh.length]).toEqual([0, secrets.length]);
  expect(fresh.find(({ secret }: any) => secret === 'karmada-scheduler-estimator-cert')).toMatchObject({
    state: 'ok',
    mountedBy: ['Deployment/karmada-scheduler-estimator-berlin'],
    restarts: ['Deployment/karmada-scheduler-estimator-berlin'],
  });
  const [dueCode, due] = await rows('instance certs', 2350);
  expect([dueCode, due.filter(({ state }: any) => state === 'renew due').length]).toEqual([2, secrets.length - 5]);
  const flags = `--host-kubeconfig ${hostServer.kubeconfig}`;
  const retained = await cdk8sKarmada(`instance certs east -o json ${flags}`, {
    now: () => Date.now() + 2350 * DAY_MS,
  });
  shown.push(retained.stdout, retained.stderr);
  expect([retained.code, JSON.parse(retained.stdout).certificates]).toEqual([2, due]);
});

test('a kubeconfig of its own, for an instance that no code names any more', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-issue-'));
  try {
    writes = [];
    const { code, stdout, stderr } = await cdk8sKarmada(
      `instance kubeconfig east --host-kubeconfig ${hostServer.kubeconfig} --validity 90m`,
      { cwd, now: () => Date.parse('2031-01-01T10:00:00Z') },
    );
    expect([code, stdout, writes]).toEqual([0, '', []]);
    expect(stderr).toBe(
      [
        'context k-east in k-east.kubeconfig',
        '  who     system:admin of system:masters, who may do everything on Karmada',
        '  until   2031-01-01 11:30 UTC, in 90 min; it cannot be called back before',
        '  server  https://localhost:5443, through port-forward',
        '          run `kubectl port-forward -n karmada-system service/karmada-apiserver 5443` with the context of the host, or ask for --forward',
        '  It holds a private key: give it to nobody, and keep it out of Git.',
        '',
      ].join('\n'),
    );
    const file = join(cwd, 'k-east.kubeconfig');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const config: any = load(readFileSync(file, 'utf8'));
    const certificate = Buffer.from(config.users[0].user['client-certificate-data'], 'base64').toString();
    expect(new X509Certificate(certificate)).toMatchObject({
      subject: 'O=system:masters\nCN=system:admin',
      validTo: 'Jan  1 11:30:00 2031 GMT',
    });
    expect(config['current-context']).toBe('k-east');
    shown.push(stdout, stderr);
    const printed = await cdk8sKarmada(
      `instance kubeconfig east --host-kubeconfig ${hostServer.kubeconfig} --print --user ada`,
      { cwd },
    );
    expect([printed.code, printed.stdout]).toEqual([0, expect.stringContaining('client-key-data')]);
    expect(printed.stderr).toContain('  who     ada, of no group\n');
    shown.push(printed.stderr);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});

test.each([
  ['karmada-etcd-ca', 'authority "karmada-etcd-ca" is missing, and certificates that it signed are there'],
  [
    'karmada-service-account-key',
    'key pair "karmada-service-account-key" is missing, and certificates that were issued after it are there',
  ],
])('%s that is gone is never replaced in passing', async (name, what) => {
  const taken = JSON.parse(hostServer.kubectl(['get', 'secret', name, '-n', 'karmada-system', '-o', 'json']));
  hostServer.kubectl(['delete', 'secret', name, '-n', 'karmada-system']);
  const before = versions();
  for (const words of [ISSUE, 'apply --yes --wait none']) {
    const { code, stderr } = await run(words, 2200);
    expect(stderr).toContain(`error: ${what}\n  at host: Secret/karmada-system/${name}\n  fix: `);
    expect([code, writes]).toEqual([6, []]);
  }
  expect(versions()).toEqual(before);
  const { metadata: _, ...rest } = taken;
  hostServer.kubectl(
    ['create', '-f', '-'],
    JSON.stringify({ ...rest, metadata: { name, namespace: 'karmada-system' } }),
  );
  expect((await run(ISSUE, 2200)).code).toBe(0);
});

test('an authority that a person has replaced reaches every certificate and bundle, whoever filled it in before', async () => {
  const before = templates();
  const plan = { secret: 'karmada-ca', commonName: 'karmada', lifetimeDays: 3650 };
  const made = await makeAuthority(plan, new Date(Date.now() + 2100 * DAY_MS));
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const authority = encoded(made.certificate);
  const data = { 'ca.crt': authority, 'tls.crt': authority, 'tls.key': encoded(made.key) };
  const target = ['patch', 'secret', 'karmada-ca', '-n', 'karmada-system', '--type=merge', '-p'];
  hostServer.kubectl([...target, JSON.stringify({ data })]);
  await done(ISSUE, 2200);
  expect(shown[shown.length - 2]).toContain(`${bundled().length} CA bundles filled in`);
  // all that read once whom they trust; etcd trusts another authority, and the API server reads this one again
  const clients = ['aggregated-apiserver', 'controller-manager', 'descheduler', 'kube-controller-manager', 'scheduler'];
  expect(rolled(before)).toEqual([...clients, 'webhook'].map((name) => `karmada-${name}`));
  const webhooks = karmadaServer.kubectl(['get', 'validatingwebhookconfigurations', '-o', 'json']);
  expect(webhooks).toContain(authority);
  // apply owns the bundles again, too
  await done('apply --yes --wait none', 2200);
  for (const words of [ISSUE, 'apply --yes --wait none']) expect([words, await done(words, 2200)]).toEqual([words, []]);
});

test('no output holds a key, or what tells one', () => {
  const said = shown.join('\n');
  expect(shown.length).toBeGreaterThan(50);
  expect(said).not.toMatch(/PRIVATE KEY|BEGIN CERTIFICATE/);
  for (const { data, metadata } of kept('secrets')) {
    for (const value of Object.values<string>(data)) {
      expect([metadata.name, said.includes(value.slice(100, 160))]).toEqual([metadata.name, false]);
      const line = Buffer.from(value, 'base64').toString().split('\n')[1];
      expect([metadata.name, said.includes(line)]).toEqual([metadata.name, false]);
    }
  }
});
