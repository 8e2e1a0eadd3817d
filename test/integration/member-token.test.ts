import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseKubeconfig } from '../../cli/apply/kubeconfig';
import { PullMode } from '../../src/instance/pull-mode';
import { cdk8sKarmada, type Surroundings } from '../cli/commands/terminal';
import { AGENT_ON_MEMBER, type ControlledServer, contents, startControlled, startKarmada } from './member-join-servers';
import { agentFile, allowsTokens, decides, Wire } from './member-token-servers';

let karmada: ControlledServer;
let member: ControlledServer;
let beforeKarmada: string[];
let beforeMember: string[];
let folder: string;

const wire = new Wire(() => [karmada, member]);
const mockConnect = (plane: any, access: any, name: string) => wire.connect(plane, access, name);

// client-node is an ES module, which jest cannot load: the same servers by another transport
jest.mock('../../cli/apply/http-api-server', () => ({
  ...jest.requireActual('../../cli/apply/http-api-server'),
  connect: (plane: string, access: any, name: string) => mockConnect(plane, access, name),
}));

beforeAll(async () => {
  [karmada, member] = await Promise.all([startKarmada(), startControlled()]);
  [beforeKarmada, beforeMember] = [contents(karmada), contents(member)];
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-tokens-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([karmada?.stop(), member?.stop()]);
});

beforeEach(() => wire.reset());

const PULL_MODE = { server: 'https://karmada.example.com:5443' };
const FILE = 'oslo.bootstrap.kubeconfig';
const path = (name: string) => join(folder, name);
const inFolder = (words: string, surroundings: Surroundings = {}) =>
  cdk8sKarmada(words, { cwd: folder, ...surroundings });
const making = (words = '', surroundings?: Surroundings) =>
  inFolder(`member token oslo --karmada-kubeconfig ${karmada.kubeconfig} ${words}`, surroundings);
const joining = (words = '--wait none', surroundings?: Surroundings) =>
  inFolder(
    `member join oslo --bootstrap-kubeconfig ${FILE} --member-kubeconfig ${member.kubeconfig} --agent ${agentFile(folder, 'oslo')} --yes ${words}`,
    surroundings,
  );
const leaving = () =>
  inFolder(
    `member unjoin oslo --karmada-kubeconfig ${karmada.kubeconfig} --member-kubeconfig ${member.kubeconfig} --yes --timeout 20s`,
  );
const approved = (afterMs?: number) => {
  wire.after = (request) => decides(karmada, 'approve', request, afterMs);
};
const requests = () => karmada.json('get', 'csr').items;
const decoded = (text: string) => Buffer.from(text, 'base64').toString('utf8');
const added = (before: readonly string[], server: ControlledServer) =>
  contents(server).filter((each) => !before.includes(each));
const tokens = () =>
  karmada.json('get', 'secrets', '-n', 'kube-system', '--field-selector=type=bootstrap.kubernetes.io/token').items;

/** All that must stand in no output: tokens, keys. */
function secrets(): string[] {
  const of = (server: ControlledServer) =>
    server
      .json('get', 'secrets', '-A')
      .items.flatMap(({ data = {} }: any) => Object.entries<string>(data))
      .filter(([key, value]: [string, string]) => /key|token-secret|kubeconfig/.test(key) && value !== '')
      .flatMap(([, value]: [string, string]) => [value, decoded(value)]);
  const held = existsSync(path(FILE))
    ? [parseKubeconfig(readFileSync(path(FILE), 'utf8'), FILE).users[0].value.token]
    : [];
  return [...of(karmada), ...of(member), ...held];
}

function expectNoSecret({ stdout, stderr }: { stdout: string; stderr: string }): void {
  const all = secrets();
  expect(all.length).toBeGreaterThanOrEqual(2);
  for (const each of all) expect(`${stdout}${stderr}`.includes(each)).toBe(false);
}

const RIGHTS = [
  'ClusterRole/system:karmada:oslo:agent',
  'ClusterRoleBinding/system:karmada:oslo:agent',
  'Namespace/karmada-cluster',
  'Namespace/karmada-es-oslo',
  'Role/karmada-cluster/system:karmada:oslo:agent-secret',
  'Role/karmada-es-oslo/system:karmada:oslo:agent-work',
  'RoleBinding/karmada-cluster/system:karmada:oslo:agent-secret',
  'RoleBinding/karmada-es-oslo/system:karmada:oslo:agent-work',
];

describe('the administrator of the fleet', () => {
  test('is told, all at once and before any write, what keeps a token from being of use', async () => {
    karmada.apply({
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: { name: 'oslo' },
      spec: { syncMode: 'Push' },
    });
    writeFileSync(path('notes'), 'mine');
    const refused = await making('--yes -o notes');
    expect(refused).toEqual({
      code: 6,
      stdout: '',
      stderr: `error: "notes" holds something else; nothing was written
  at -o notes
  fix: name another file
error: oslo is a member in push mode, which has no agent
  at karmada: Cluster/oslo
  fix: choose another name, or take it out first: \`cdk8s-karmada member unjoin oslo\`
error: this Karmada does not let those who hold a token ask for a certificate
  at karmada: ClusterRoleBinding/system:karmada:agent-bootstrap at ${karmada.url}
  fix: give its MulticloudInstance \`pullMode: PullMode.requested({ server })\` and apply it, or join the member yourself: \`cdk8s-karmada member join --mode pull\`
`,
    });
    expect(wire.sent).toEqual([]);
    karmada.kubectl(['delete', 'cluster', 'oslo']);
  });

  test('is told what these credentials may not', async () => {
    karmada.apply(
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'limited', namespace: 'default' } },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'limited' },
        rules: [
          { apiGroups: [''], resources: ['namespaces', 'secrets', 'configmaps'], verbs: ['get', 'create', 'patch'] },
          { apiGroups: ['cluster.karmada.io'], resources: ['clusters'], verbs: ['list'] },
          { apiGroups: ['rbac.authorization.k8s.io'], resources: ['*'], verbs: ['*'] },
        ],
      },
    );
    karmada.kubectl([
      ...['create', 'clusterrolebinding', 'limited', '--clusterrole=limited'],
      '--serviceaccount=default:limited',
    ]);
    const config = JSON.parse(readFileSync(karmada.kubeconfig, 'utf8'));
    config.users[0].user.token = karmada.kubectl(['create', 'token', 'limited']).trim();
    writeFileSync(path('limited.json'), JSON.stringify(config), { mode: 0o600 });
    const denied = await inFolder('member token oslo --karmada-kubeconfig limited.json --yes');
    expect(denied).toEqual({
      code: 9,
      stdout: '',
      stderr: `error: these credentials may not create tokenreviews.authentication.k8s.io; create subjectaccessreviews.authorization.k8s.io; delete, list secrets in kube-system
  at karmada: context "testbed"
  fix: use credentials that may, such as those of a cluster administrator; nothing was written
`,
    });
    expect(wire.sent).toEqual([]);
    karmada.kubectl(['delete', 'clusterrolebinding,clusterrole', 'limited']);
    karmada.kubectl(['delete', 'serviceaccount', 'limited', '-n', 'default']);
  });

  test('sees what is written, and without an answer nothing is', async () => {
    allowsTokens(karmada, PullMode.requested(PULL_MODE));
    beforeKarmada = contents(karmada);
    const shown = await making('', { tty: true, stdin: 'no\n' });
    expect(shown.code).toBe(1);
    expect(
      shown.stderr.replace(/bootstrap-token-[a-z0-9]{6}/, 'bootstrap-token-<id>'),
    ).toBe(`A token with which the owner of oslo has it join
  karmada  context "testbed"   ${karmada.url}
  its agent reaches Karmada at ${karmada.url}
  good for 24h; a person approves the certificate that its holder asks for

  + karmada: Namespace/karmada-cluster
  + karmada: Namespace/karmada-es-oslo
  + karmada: ClusterRole/system:karmada:oslo:agent
  + karmada: ClusterRoleBinding/system:karmada:oslo:agent
  + karmada: Role/karmada-cluster/system:karmada:oslo:agent-secret
  + karmada: RoleBinding/karmada-cluster/system:karmada:oslo:agent-secret
  + karmada: Role/karmada-es-oslo/system:karmada:oslo:agent-work
  + karmada: RoleBinding/karmada-es-oslo/system:karmada:oslo:agent-work
  + karmada: Secret/kube-system/bootstrap-token-<id>
  + here: oslo.bootstrap.kubeconfig
warning: ${karmada.url} is no name that a member can reach, unless it runs there: give one with --karmada-endpoint
Only "yes" is taken for an answer: error: no token was made for oslo: the answer was not "yes"; nothing was written
`);
    expect(wire.sent).toEqual([]);
    expect((await making()).stderr).toContain('error: token asks before it writes, and nobody can answer here');
    expect(wire.sent).toEqual([]);
  });

  test('makes the rights of one agent, and a file with a token that no stream shows', async () => {
    const now = Date.parse('2100-01-01T00:00:00.5Z');
    const made = await making('--ttl 2h', { tty: true, stdin: 'yes\n', now: () => now });
    expect({ code: made.code, stdout: made.stdout }).toEqual({ code: 0, stdout: '' });
    expectNoSecret(made);
    expect(added(beforeKarmada, karmada).filter((each) => !each.startsWith('Secret/'))).toEqual(RIGHTS);
    const [secret, ...others] = tokens();
    expect(others).toEqual([]);
    const { 'token-id': id, 'token-secret': value, ...rest } = secret.data;
    expect(secret.metadata).toMatchObject({
      name: `bootstrap-token-${decoded(id)}`,
      labels: { 'cdk8s-karmada.io/member': 'oslo' },
    });
    expect(decoded(rest.expiration)).toBe('2100-01-01T02:00:00Z');
    expect(statSync(path(FILE)).mode & 0o777).toBe(0o600);
    const file = parseKubeconfig(readFileSync(path(FILE), 'utf8'), FILE);
    const ofServer = JSON.parse(readFileSync(karmada.kubeconfig, 'utf8')).clusters[0].cluster;
    expect(file).toMatchObject({
      clusters: [{ name: 'oslo-bootstrap', value: ofServer }],
      users: [{ value: { token: `${decoded(id)}.${decoded(value)}` } }],
      currentContext: 'oslo-bootstrap',
    });
    expect(
      made.stderr,
    ).toContain(`oslo.bootstrap.kubeconfig: a token until 2100-01-01 02:00 UTC; hand it to the owner of oslo on a safe way, and delete it here
the owner runs, with the manifests of a KarmadaAgent:
  cdk8s-karmada member join oslo --bootstrap-kubeconfig oslo.bootstrap.kubeconfig --agent <path> --member-context <name>
then you look on Karmada what system:bootstrap:${decoded(id)} asks for, and approve it when it is system:karmada:agent:oslo:
  kubectl get csr; kubectl describe csr <name>; kubectl certificate approve <name>
`);
    const holds = (...question: string[]) => {
      try {
        return karmada.kubectl([`--kubeconfig=${path(FILE)}`, 'auth', 'can-i', ...question]).trim();
      } catch (error: any) {
        return error.stdout.trim();
      }
    };
    expect([holds('create', 'csr'), holds('get', 'csr')]).toEqual(['yes', 'yes']);
    expect([holds('list', 'csr'), holds('delete', 'csr'), holds('list', 'clusters'), holds('get', 'secrets')]).toEqual(
      Array(4).fill('no'),
    );
  });

  test('has one token for a member: the earlier one goes, and what was so already is not written', async () => {
    const [earlier] = tokens();
    const made = await making('--yes --karmada-endpoint https://karmada.example.com:5443/');
    expect(made.code).toBe(0);
    expectNoSecret(made);
    expect(made.stderr).toContain(`  - karmada: Secret/kube-system/${earlier.metadata.name}, the token of before\n`);
    expect(made.stderr).toContain('  = 8 objects as they have to be\n');
    const [secret, ...others] = tokens();
    expect(others).toEqual([]);
    expect(secret.metadata.name).not.toBe(earlier.metadata.name);
    expect(wire.sent).toEqual([
      `karmada: PATCH /api/v1/namespaces/kube-system/secrets/${secret.metadata.name}`,
      `karmada: DELETE /api/v1/namespaces/kube-system/secrets/${earlier.metadata.name}`,
    ]);
    expect(readFileSync(path(FILE), 'utf8')).toContain('server: https://karmada.example.com:5443\n');
  });

  test('killed anywhere, and run again, there is one token, which is that of the file', async () => {
    for (const letThrough of [0, 1, 2]) {
      wire.writesLeft = letThrough;
      expect((await making('--yes')).code).toBe(letThrough === 2 ? 0 : 1);
      wire.reset();
      expect((await making('--yes')).code).toBe(0);
      const [secret, ...others] = tokens();
      expect(others).toEqual([]);
      expect(readFileSync(path(FILE), 'utf8')).toContain(decoded(secret.data['token-secret']));
    }
  });

  test('a token that Karmada does not take is taken back', async () => {
    const [before] = tokens();
    const file = readFileSync(path(FILE), 'utf8');
    const late = await making('--yes --ttl 1m', { now: () => Date.now() - 86_400_000 });
    expect(late.code).toBe(4);
    expect(late.stderr).toContain(`error: Karmada does not take the token that was made, so it was taken back
  at ${karmada.url}
  fix: start its API server with --enable-bootstrap-token-auth, and compare the clock of this machine with that of the server
`);
    expect(tokens().map(({ metadata }: any) => metadata.name)).toEqual([before.metadata.name]);
    expect(readFileSync(path(FILE), 'utf8')).toBe(file);
  });

  test('a token of somebody else stays, when the member is taken out', async () => {
    const other = (name: string, labels: object) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'kube-system', name: `bootstrap-token-${name}`, labels },
      type: 'bootstrap.kubernetes.io/token',
      data: { 'token-id': Buffer.from(name).toString('base64'), 'token-secret': 'MDEyMzQ1Njc4OWFiY2RlZg==' },
    });
    karmada.apply(other('aaaaaa', {}), other('bbbbbb', { 'cdk8s-karmada.io/member': 'paris' }));
    const left = await inFolder(`member unjoin oslo --karmada-kubeconfig ${karmada.kubeconfig} --yes --timeout 20s`);
    expect({ code: left.code, stdout: left.stdout }).toEqual({ code: 0, stdout: 'oslo is no member any more\n' });
    expect(tokens().map(({ metadata }: any) => metadata.name)).toEqual([
      'bootstrap-token-aaaaaa',
      'bootstrap-token-bbbbbb',
    ]);
    karmada.kubectl(['delete', 'secret', '-n', 'kube-system', 'bootstrap-token-aaaaaa', 'bootstrap-token-bbbbbb']);
    expect(added(beforeKarmada, karmada)).toEqual(['Namespace/karmada-cluster']);
    expect(added(beforeMember, member)).toEqual([]);
  });
});

/** Of a request for a certificate, as a person sees it. */
function subjectOf(request: string): string {
  return execFileSync('openssl', ['req', '-noout', '-subject'], { input: request, encoding: 'utf8' }).trim();
}

/** Nothing is left on either side. */
async function expectGone(): Promise<void> {
  wire.reset();
  expect((await leaving()).code).toBe(0);
  expect(added(beforeMember, member)).toEqual([]);
  expect(added(beforeKarmada, karmada)).toEqual(['Namespace/karmada-cluster']);
}

describe('the owner of a cluster', () => {
  test('joins with nothing but the file, when a person on Karmada has approved', async () => {
    expect((await making('--yes')).code).toBe(0);
    wire.reset();
    approved(3000);
    const joined = await joining();
    expect({ code: joined.code, stdout: joined.stdout }).toEqual({ code: 0, stdout: 'oslo: joined\n' });
    expectNoSecret(joined);
    const [request, ...others] = requests();
    expect(others).toEqual([]);
    const { name } = request.metadata;
    expect(name).toMatch(/^cdk8s-karmada-agent-oslo-[a-z0-9]{8}$/);
    expect(joined.stderr).toContain(
      `waiting until somebody approves it on Karmada: kubectl certificate approve ${name}\n`,
    );
    expect(joined.stderr).toContain(`  karmada  the token in ${FILE}   ${karmada.url}\n`);
    expect(wire.sent.filter((each) => each.startsWith('karmada'))).toEqual([
      'karmada: POST /apis/certificates.k8s.io/v1/certificatesigningrequests',
    ]);
    expect(added(beforeMember, member)).toEqual(AGENT_ON_MEMBER);
    const secret = member.json('get', 'secret', '-n', 'karmada-system', 'karmada-kubeconfig');
    writeFileSync(path('agent'), decoded(secret.data['karmada-kubeconfig']), { mode: 0o600 });
    const can = (...question: string[]) =>
      karmada.kubectl([`--kubeconfig=${path('agent')}`, 'auth', 'can-i', ...question]).trim();
    expect([can('create', 'works', '-n', 'karmada-es-oslo'), can('create', 'clusters')]).toEqual(['yes', 'yes']);
  });

  test('has joined already when the token is gone long since, and whether it is ready the agent may see', async () => {
    karmada.kubectl([
      'delete',
      ...tokens().flatMap(({ metadata }: any) => `-n=kube-system secret/${metadata.name}`.split(' ')),
    ]);
    wire.reset();
    const again = await joining('--timeout 1s');
    expect(again).toMatchObject({
      code: 5,
      stdout: 'oslo: it had joined already, not ready yet: its agent has made no Cluster\n',
    });
    const { uid } = member.json('get', 'namespace', 'kube-system').metadata;
    karmada.apply({
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: { name: 'oslo' },
      spec: { syncMode: 'Pull', id: uid },
    });
    const conditions = [
      {
        type: 'Ready',
        status: 'True',
        reason: 'ClusterReady',
        message: '',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      },
    ];
    const status = JSON.stringify({ status: { kubernetesVersion: 'v1.35.0', conditions } });
    karmada.kubectl(['patch', 'cluster', 'oslo', '--type=merge', '--subresource=status', '-p', status]);
    expect(await joining('-o json')).toMatchObject({ code: 0 });
    expect((await joining('')).stdout).toBe('oslo: it had joined already, ready, Kubernetes v1.35.0\n');
    expect(wire.sent).toEqual([]);
  });

  test('leaves, and nothing is left on either side', () => expectGone());

  test('is told that a token has ended, before any write', async () => {
    const late = await joining();
    expect(late).toEqual({
      code: 9,
      stdout: '',
      stderr: `error: Karmada does not know the token: it has ended, or was taken back
  at --bootstrap-kubeconfig
  fix: ask for a new one: \`cdk8s-karmada member token oslo\`
`,
    });
    expect(wire.sent).toEqual([]);
  });

  test('whose token ends while it waits goes on with the same request and another token', async () => {
    expect((await making('--yes --ttl 2m', { now: () => Date.now() - 119_000 })).code).toBe(0);
    const ended = await joining(); // an API server knows a token that it has seen for 10 s more
    expect(ended.code).toBe(9);
    expect(ended.stderr).toContain('error: Karmada does not know the token: it has ended, or was taken back\n');
    const [{ metadata }] = requests();
    karmada.kubectl(['certificate', 'approve', metadata.name]);
    expect((await making('--yes')).code).toBe(0);
    wire.reset();
    expect(await joining()).toMatchObject({ code: 0, stdout: 'oslo: joined\n' });
    expect(wire.sent.filter((each) => each.startsWith('karmada'))).toEqual([]);
    await expectGone();
  });

  test('who is not approved in time goes on with the same request, and who is refused asks anew', async () => {
    expect((await making('--yes')).code).toBe(0);
    const late = await joining('--wait none --timeout 1s');
    const [
      {
        metadata: { name },
      },
    ] = requests();
    expect(late.code).toBe(5);
    expect(
      late.stderr,
    ).toContain(`error: the certificate of the agent was not approved in time; the request stays, and its key is kept on the member
  at karmada: CertificateSigningRequest/${name}
  fix: have it approved on Karmada: \`kubectl certificate approve ${name}\`, then run it again: it goes on with the same request
`);
    expectNoSecret(late);
    expect(added(beforeMember, member)).toEqual([
      'Namespace/karmada-system',
      'Secret/karmada-system/karmada-agent-request',
    ]);
    karmada.kubectl(['certificate', 'deny', name]);
    const denied = await joining();
    expect(denied.code).toBe(4);
    expect(denied.stderr).toContain('error: the certificate of the agent was refused: KubectlDeny\n');
    expect(added(beforeMember, member)).toEqual(['Namespace/karmada-system']);
    expect((await joining('--wait none --timeout 1s')).code).toBe(5);
    const second = requests()
      .map(({ metadata }: any) => metadata.name)
      .find((each: string) => each !== name);
    karmada.kubectl(['certificate', 'approve', second]);
    wire.reset();
    const joined = await joining();
    expect(joined).toMatchObject({ code: 0, stdout: 'oslo: joined\n' });
    expect(joined.stderr).toContain(
      `  + a certificate for system:karmada:agent:oslo, asked for before as ${second}, when it is approved on Karmada; its agent renews it\n`,
    );
    expect(wire.sent.filter((each) => each.startsWith('karmada'))).toEqual([]);
    expect(added(beforeMember, member)).toEqual(AGENT_ON_MEMBER);
    await expectGone();
  });

  test('who gives up leaves nothing in a namespace that is that of somebody else, too', async () => {
    member.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'karmada-system' } });
    expect((await making('--yes')).code).toBe(0);
    expect((await joining('--wait none --timeout 1s')).code).toBe(5);
    wire.reset();
    expect((await leaving()).code).toBe(0);
    expect(added(beforeMember, member)).toEqual(['Namespace/karmada-system']);
    expect(added(beforeKarmada, karmada)).toEqual(['Namespace/karmada-cluster']);
    member.kubectl(['delete', 'namespace', 'karmada-system']);
  });

  test('killed after each write, and run again, it joins with one certificate', async () => {
    // the last of them is in the midst of the agent's own objects
    for (const letThrough of [1, 2, 3, 4, 5, 6, 9]) {
      expect((await making('--yes')).code).toBe(0);
      wire.reset();
      approved();
      wire.writesLeft = letThrough;
      const killed = await joining();
      expect(killed.code).toBe(1);
      expectNoSecret(killed);
      wire.reset();
      approved();
      const again = await joining();
      expect(again).toMatchObject({ code: 0, stdout: 'oslo: joined\n' });
      expect(added(beforeMember, member)).toEqual(AGENT_ON_MEMBER);
      expect(requests()).toHaveLength(1);
      await expectGone();
    }
  });

  test('with a token of another member gets nowhere: the one who approves sees who asks, and there are no rights', async () => {
    const ofParis = `member token paris --karmada-kubeconfig ${karmada.kubeconfig} --yes -o ${FILE}`;
    rmSync(path(FILE));
    expect((await inFolder(ofParis)).code).toBe(0);
    const [{ metadata, data }] = tokens();
    expect(metadata.labels).toEqual({ 'cdk8s-karmada.io/member': 'paris' });
    approved();
    const got = await joining();
    expect(got.code).toBe(9);
    expect(
      got.stderr,
    ).toContain(`error: system:karmada:agent:oslo has a certificate, and may not create, list, watch clusters.cluster.karmada.io; delete, get, update clusters.cluster.karmada.io named oslo; update clusters/status.cluster.karmada.io named oslo; and 12 more
  at karmada: ${karmada.url}
  fix: have the rights of this agent made on Karmada: \`cdk8s-karmada member token oslo\`; then run this again with the new file: the certificate is kept
`);
    expectNoSecret(got);
    const [{ spec }] = requests();
    expect(spec.username).toBe(`system:bootstrap:${decoded(data['token-id'])}`);
    expect(subjectOf(decoded(spec.request))).toBe('subject=O = system:karmada:agents, CN = system:karmada:agent:oslo');
    expect(added(beforeMember, member)).toEqual([
      'Namespace/karmada-system',
      'Secret/karmada-system/karmada-agent-request',
    ]);
    wire.reset();
    expect((await joining()).stderr).toContain('error: system:karmada:agent:oslo has a certificate, and may not');
    expect(wire.sent).toEqual([]);

    rmSync(path(FILE));
    expect((await making('--yes')).code).toBe(0);
    wire.reset();
    expect(await joining()).toMatchObject({ code: 0, stdout: 'oslo: joined\n' });
    expect(wire.sent.filter((each) => each.startsWith('karmada'))).toEqual([]);
    expect((await leaving()).code).toBe(0);
    expect(tokens()).toHaveLength(1);
    expect((await inFolder(`member unjoin paris --karmada-kubeconfig ${karmada.kubeconfig} --yes`)).code).toBe(0);
    expect([added(beforeMember, member), added(beforeKarmada, karmada)]).toEqual([[], ['Namespace/karmada-cluster']]);
  });

  test('joins as the Cluster that the code has made, and never as that of another cluster', async () => {
    expect((await making('--yes')).code).toBe(0);
    const cluster = (spec: object) => {
      karmada.apply({ apiVersion: 'cluster.karmada.io/v1alpha1', kind: 'Cluster', metadata: { name: 'oslo' }, spec });
    };
    cluster({ syncMode: 'Pull', id: 'another' });
    wire.reset();
    approved();
    const { uid } = member.json('get', 'namespace', 'kube-system').metadata;
    const refused = await joining();
    expect(refused.code).toBe(6);
    expect(refused.stderr).toContain(`error: oslo is another cluster: its id is another, and this one is ${uid}\n`);
    expect(added(beforeMember, member)).not.toContain('Secret/karmada-system/karmada-kubeconfig');

    karmada.kubectl(['delete', 'cluster', 'oslo']);
    cluster({ syncMode: 'Pull', region: 'eu-1' });
    wire.reset();
    expect(await joining()).toMatchObject({ code: 0, stdout: 'oslo: joined\n' });
    expect(karmada.json('get', 'cluster', 'oslo').spec).toEqual({ syncMode: 'Pull', region: 'eu-1', id: uid });
    wire.reset();
    expect(await joining()).toMatchObject({ code: 0, stdout: 'oslo: it had joined already\n' });
    expect(wire.sent).toEqual([]);
  });

  test('does not take the agent away from another Karmada', async () => {
    const held = member.json('get', 'secret', '-n', 'karmada-system', 'karmada-kubeconfig').data['karmada-kubeconfig'];
    const elsewhere = decoded(held)
      .replace(karmada.url, 'https://elsewhere:5443')
      .replace(/certificate-authority-data: .*/, 'certificate-authority-data: QQ==');
    const data = { 'karmada-kubeconfig': Buffer.from(elsewhere).toString('base64') };
    const patch = (values: object) =>
      member.kubectl([
        ...['patch', 'secret', '-n', 'karmada-system', 'karmada-kubeconfig'],
        ...['-p', JSON.stringify({ data: values })],
      ]);
    patch(data);
    expect(
      (await joining()).stderr,
    ).toBe(`error: this cluster has an agent already: it is system:karmada:agent:oslo to https://elsewhere:5443
  at member: Secret/karmada-system/karmada-kubeconfig
  fix: take it out of that Karmada first
`);
    expect(wire.sent).toEqual([]);
    patch({ 'karmada-kubeconfig': held });
    await expectGone();
  });
});
