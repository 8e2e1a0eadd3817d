import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseKubeconfig } from '../../cli/apply/kubeconfig';
import { PullMode } from '../../src/instance/pull-mode';
import { cdk8sKarmada, type Surroundings } from '../cli/commands/terminal';
import { type ControlledServer, contents, startControlled, startKarmada } from './member-join-servers';
import { allowsTokens, Wire } from './member-token-servers';

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
  return [...of(karmada), ...of(member)];
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
