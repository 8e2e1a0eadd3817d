import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { KarmadaAgent } from '../../src/instance/karmada-agent';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';
import { MemberCluster, type MemberClusterProps } from '../../src/member/member-cluster';
import { cdk8sKarmada, type Surroundings } from '../cli/commands/terminal';
import { anInstance } from '../instance/an-instance';
import { AGENT_ON_MEMBER, type ControlledServer, contents, startControlled, startKarmada } from './member-join-servers';
import { plainClient } from './plain-client';

let karmada: ControlledServer;
let member: ControlledServer;
let beforeKarmada: string[];
let beforeMember: string[];

/** Answers that end a run before them, as a kill would: so many writes are let through. */
let writesLeft = Number.POSITIVE_INFINITY;
let sent: string[] = [];

class Killed extends Error {}

// client-node is an ES module, which jest cannot load: the same servers by another transport
jest.mock('../../cli/apply/http-api-server', () => ({
  ...jest.requireActual('../../cli/apply/http-api-server'),
  connect: (plane: string, access: any) => {
    const server = [karmada, member].find(({ url }) => url === access.cluster.server) as ControlledServer;
    const client = plainClient('karmada', { ...server, kubeconfig: access.files[0] });
    return {
      ...client,
      authority: async () => Buffer.from(access.cluster['certificate-authority-data'], 'base64').toString('utf8'),
      request: async (wanted: any) => {
        if (
          wanted.method !== 'GET' &&
          !wanted.path.startsWith('/apis/authorization.k8s.io/') &&
          wanted.query?.dryRun === undefined
        ) {
          if (writesLeft-- <= 0) throw new Killed('killed');
          sent.push(`${plane}: ${wanted.method} ${wanted.path}`);
        }
        return client.request(wanted);
      },
    };
  },
}));

beforeAll(async () => {
  [karmada, member] = await Promise.all([startKarmada(), startControlled()]);
  [beforeKarmada, beforeMember] = [contents(karmada), contents(member)];
});

afterAll(() => Promise.all([karmada?.stop(), member?.stop()]));

beforeEach(() => {
  writesLeft = Number.POSITIVE_INFINITY;
  sent = [];
});

const servers = () =>
  `--karmada-kubeconfig ${karmada.kubeconfig} --member-kubeconfig ${member.kubeconfig} --member-context testbed`;
const joining = (words = '', surroundings?: Surroundings) =>
  cdk8sKarmada(`member join paris ${servers()} --wait none ${words}`, surroundings);
const leaving = (words = '', surroundings?: Surroundings) =>
  cdk8sKarmada(`member unjoin paris ${servers()} --timeout 20s ${words}`, surroundings);
const cluster = () => karmada.json('get', 'cluster', 'paris');
const secret = (server: ControlledServer, namespace: string, name: string) =>
  server.json('get', 'secret', '-n', namespace, name).data;
const decoded = (text: string) => Buffer.from(text, 'base64').toString('utf8');
const identity = () => member.json('get', 'namespace', 'kube-system').metadata.uid;

/** All that must stand in no output: tokens, keys. */
function secrets(): string[] {
  const of = (server: ControlledServer) =>
    server
      .json('get', 'secrets', '-A')
      .items.flatMap(({ data = {} }: any) => Object.entries<string>(data))
      .filter(([key, value]: [string, string]) => !/ca.*|namespace/.test(key) && value !== '')
      .flatMap(([, value]: [string, string]) => [value, decoded(value)]);
  const admin = (server: ControlledServer) => JSON.parse(readFileSync(server.kubeconfig, 'utf8')).users[0].user.token;
  return [...of(karmada), ...of(member), admin(karmada), admin(member)];
}

function expectNoSecret({ stdout, stderr }: { stdout: string; stderr: string }): void {
  const all = secrets();
  expect(all.length).toBeGreaterThanOrEqual(2);
  for (const each of all) expect(`${stdout}${stderr}`.includes(each)).toBe(false);
}

const state = () => ({
  karmada: karmada.json('get', 'clusters,secrets,namespaces,clusterroles,roles,rolebindings', '-A').items,
  member: member.json('get', 'secrets,serviceaccounts,namespaces,clusterroles,clusterrolebindings', '-A').items,
});

const PUSH_ON_MEMBER = [
  'ClusterRole/karmada-controller-manager:karmada-paris',
  'ClusterRoleBinding/karmada-controller-manager:karmada-paris',
  'Namespace/karmada-cluster',
  'Secret/karmada-cluster/karmada-impersonator',
  'Secret/karmada-cluster/karmada-paris',
  'ServiceAccount/karmada-cluster/karmada-impersonator',
  'ServiceAccount/karmada-cluster/karmada-paris',
];
const PUSH_ON_KARMADA = [
  'Cluster/paris',
  'Namespace/karmada-cluster',
  'Secret/karmada-cluster/paris',
  'Secret/karmada-cluster/paris-impersonator',
];

/** What an apply of a chart keeps, whatever joins or leaves. */
const OF_CHARTS = ['Namespace/cdk8s-karmada', 'ConfigMap/cdk8s-karmada/east-fleet-karmada'];

const added = (before: readonly string[], server: ControlledServer) =>
  contents(server).filter((each) => !before.includes(each) && !OF_CHARTS.includes(each));

function code(props: MemberClusterProps) {
  const app = new App();
  const instance = MulticloudInstance.fromExisting(app, 'east', { instanceName: 'east' });
  const chart = new MulticloudChart(app, 'fleet', { instance });
  new MemberCluster(chart, 'paris', props);
  return chart.toJson();
}

describe('push', () => {
  test('a plan is shown, and without an answer nothing is written', async () => {
    const shown = await joining('', { tty: true, stdin: 'no\n' });
    expect(shown.code).toBe(1);
    expect(shown.stderr).toContain(`Join paris in push mode
  karmada  the testbed   ${karmada.url}
  member   the testbed   ${member.url}
  id       ${identity()}, Kubernetes v`);
    expect(shown.stderr).toContain(`
  Karmada reaches it at ${member.url}, verified by the authority of the kubeconfig

  + member: Namespace/karmada-cluster
  + member: ServiceAccount/karmada-cluster/karmada-impersonator
  + member: ServiceAccount/karmada-cluster/karmada-paris
  + member: ClusterRole/karmada-controller-manager:karmada-paris
  + member: ClusterRoleBinding/karmada-controller-manager:karmada-paris
  + member: Secret/karmada-cluster/karmada-impersonator
  + member: Secret/karmada-cluster/karmada-paris
  + karmada: Namespace/karmada-cluster
  + karmada: Secret/karmada-cluster/paris-impersonator
  + karmada: Secret/karmada-cluster/paris
  + karmada: Cluster/paris
warning: ${member.url} is this machine to whoever asks: unless Karmada runs here, give what it can reach with --member-endpoint
Only "yes" is taken for an answer: error: paris has not joined: the answer was not "yes"; nothing was written
`);
    expect(sent).toEqual([]);
    const nobody = await joining();
    expect(nobody.stderr).toContain('join asks before it writes, and nobody can answer here; nothing was written');
    expect(sent).toEqual([]);
  });

  test('what these credentials may not is said before the first write, on both sides at once', async () => {
    const limited = (server: ControlledServer) => {
      server.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'limited', namespace: 'default' } });
      server.apply({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'limited' },
        rules: [
          { apiGroups: [''], resources: ['namespaces', 'serviceaccounts', 'secrets'], verbs: ['*'] },
          { apiGroups: ['cluster.karmada.io'], resources: ['clusters'], verbs: ['get', 'list'] },
        ],
      });
      server.kubectl([
        'create',
        'clusterrolebinding',
        'limited',
        '--clusterrole=limited',
        '--serviceaccount=default:limited',
      ]);
      const config = JSON.parse(readFileSync(server.kubeconfig, 'utf8'));
      config.users[0].user.token = server.kubectl(['create', 'token', 'limited']).trim();
      const file = join(server.folder, 'limited.json');
      writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
      return file;
    };
    const files = `--karmada-kubeconfig ${limited(karmada)} --member-kubeconfig ${limited(member)}`;
    const denied = await cdk8sKarmada(`member join paris ${files} --yes`);
    const role = 'clusterroles.rbac.authorization.k8s.io';
    const named = 'named karmada-controller-manager:karmada-paris';
    expect(denied).toEqual({
      code: 9,
      stdout: '',
      stderr: `error: these credentials may not create, get, patch clusterrolebindings.rbac.authorization.k8s.io; create, get, patch ${role}; bind, escalate ${role} ${named}
  at member: the testbed
  fix: use credentials that may, such as those of a cluster administrator; nothing was written
error: these credentials may not create, patch clusters.cluster.karmada.io
  at karmada: the testbed
  fix: use credentials that may, such as those of a cluster administrator; nothing was written
`,
    });
    expect(sent).toEqual([]);
    for (const server of [karmada, member]) {
      server.kubectl(['delete', 'clusterrolebinding,clusterrole', 'limited']);
      server.kubectl(['delete', 'serviceaccount', 'limited', '-n', 'default']);
    }
  });

  test('a cluster joins: what karmadactl join makes is there, and Karmada can act on the member with it', async () => {
    const shown = await joining('--provider cloud --region eu-west --zone a --zone b', { tty: true, stdin: 'yes\n' });
    expect({ code: shown.code, stdout: shown.stdout }).toEqual({ code: 0, stdout: 'paris: joined\n' });
    expectNoSecret(shown);
    expect(added(beforeMember, member)).toEqual(PUSH_ON_MEMBER);
    expect(added(beforeKarmada, karmada)).toEqual(PUSH_ON_KARMADA);
    const { metadata, spec } = cluster();
    expect(spec).toMatchObject({
      syncMode: 'Push',
      id: identity(),
      apiEndpoint: member.url,
      secretRef: { namespace: 'karmada-cluster', name: 'paris' },
      impersonatorSecretRef: { namespace: 'karmada-cluster', name: 'paris-impersonator' },
      provider: 'cloud',
      region: 'eu-west',
      zones: ['a', 'b'],
    });
    const { token, caBundle } = secret(karmada, 'karmada-cluster', 'paris');
    expect(Object.keys(secret(karmada, 'karmada-cluster', 'paris-impersonator'))).toEqual(['token']);
    for (const name of ['paris', 'paris-impersonator']) {
      const { ownerReferences, labels } = karmada.json('get', 'secret', '-n', 'karmada-cluster', name).metadata;
      expect(labels).toEqual({ 'karmada.io/system': 'true' });
      expect(ownerReferences).toMatchObject([{ kind: 'Cluster', name: 'paris', uid: metadata.uid, controller: true }]);
    }
    const file = join(member.folder, 'ca.crt');
    writeFileSync(file, decoded(caBundle));
    const asKarmada = ['--kubeconfig=/dev/null', `--server=${member.url}`, `--certificate-authority=${file}`];
    const answer = member.kubectl([...asKarmada, `--token=${decoded(token)}`, 'auth', 'can-i', '*', '*']);
    expect(answer).toBe('yes\n');
  });

  test('joining again changes nothing, and asks nothing', async () => {
    const before = state();
    const again = await joining();
    expect(again).toMatchObject({ code: 0, stdout: 'paris: it had joined already\n' });
    expect(again.stderr).toContain('  = 11 objects as they have to be\n');
    expect(sent).toEqual([]);
    expect(state()).toEqual(before);
  });

  test('leaving asks for the name of the member, and without it nothing is deleted', async () => {
    const before = state();
    const nobody = await leaving();
    expect(nobody.code).toBe(1);
    expect(nobody.stderr).toContain(
      'unjoin asks for the name before it deletes, and nobody can answer here; nothing was deleted',
    );
    for (const answer of ['yes', 'tokyo', '']) {
      const other = await leaving('', { tty: true, stdin: `${answer}\n` });
      expect(other.code).toBe(1);
      expect(other.stderr).toContain('Type paris to go on: ');
      expect(other.stderr).toContain('paris stays a member: the answer was not "paris"; nothing was deleted');
    }
    expect(sent).toEqual([]);
    expect(state()).toEqual(before);
  });

  test('what was lost comes back, and nothing else is written; in JSON', async () => {
    karmada.kubectl(['delete', 'secret', '-n', 'karmada-cluster', 'paris']);
    const again = await joining('--yes -o json');
    expectNoSecret(again);
    const { objects, ...rest } = JSON.parse(again.stdout);
    expect(rest).toMatchObject({
      schema: '1',
      name: 'paris',
      mode: 'Push',
      id: identity(),
      changed: true,
      ready: null,
    });
    expect(objects.filter(({ outcome }: any) => outcome !== 'unchanged')).toEqual([
      { on: 'karmada', object: 'Secret/karmada-cluster/paris', outcome: 'created' },
    ]);
    expect(sent).toHaveLength(1);
    expect(cluster().spec).toMatchObject({ provider: 'cloud', zones: ['a', 'b'] });
  });

  test('a cluster cannot be two members', async () => {
    const twice = await cdk8sKarmada(`member join lyon ${servers()} --yes`);
    expect(twice).toEqual({
      code: 6,
      stdout: '',
      stderr: `error: this cluster is a member already, as paris
  at karmada: Cluster/paris, id ${identity()}
  fix: use that name, or take it out first: \`cdk8s-karmada member unjoin paris\`
`,
    });
    const itself = await cdk8sKarmada(
      `member join lyon --karmada-kubeconfig ${karmada.kubeconfig} --member-kubeconfig ${karmada.kubeconfig} --yes`,
    );
    expect(itself.stderr).toContain('this is the API server of Karmada itself, which runs nothing');
    expect(sent).toEqual([]);
  });

  test('readiness is waited for, and said when it does not come', async () => {
    const late = await cdk8sKarmada(`member join paris ${servers()} --timeout 1s`);
    expect(late).toMatchObject({
      code: 5,
      stdout: 'paris: it had joined already, not ready yet: Karmada says nothing of it\n',
    });
  });

  test('a workload without another place keeps a member from leaving', async () => {
    karmada.apply(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
      {
        apiVersion: 'work.karmada.io/v1alpha2',
        kind: 'ResourceBinding',
        metadata: { name: 'web-deployment', namespace: 'shop' },
        spec: {
          resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
          clusters: [{ name: 'paris', replicas: 2 }],
        },
      },
    );
    const refused = await leaving('--yes');
    expect(refused.code).toBe(6);
    expect(refused.stderr).toContain(`error: 1 workload would lose its only place: Deployment/shop/web
  at karmada: Cluster/paris
  fix: place them elsewhere first, or say that it is meant: --allow-loss 1
`);
    expect(sent).toEqual([]);
  });

  test('a member that Karmada holds is waited for, and let go by force alone', async () => {
    const finalizers = JSON.stringify({ metadata: { finalizers: ['karmada.io/cluster-controller'] } });
    karmada.kubectl(['patch', 'cluster', 'paris', '--type=merge', '-p', finalizers]);
    karmada.apply(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'karmada-es-paris' } },
      {
        apiVersion: 'work.karmada.io/v1alpha1',
        kind: 'Work',
        metadata: { name: 'web', namespace: 'karmada-es-paris', finalizers: ['karmada.io/execution-controller'] },
        spec: {
          workload: {
            manifests: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'shop' } }],
          },
        },
      },
    );
    const waited = await cdk8sKarmada(`member unjoin paris ${servers()} --allow-loss 1 --yes --timeout 1s`);
    expect(waited.code).toBe(5);
    expect(
      waited.stderr,
    ).toContain(`error: Karmada has not taken away what paris holds: paris is leaving, and not gone yet
  fix: run it again to wait on; where the member will never answer again, add --force, which leaves on it what is there
`);
    const rejoin = await joining('--yes');
    expect(rejoin.stderr).toContain('paris is leaving: its Cluster is deleted and waits for what it holds');

    const forced = await cdk8sKarmada(`member unjoin paris ${servers()} --allow-loss 1 --yes --force --timeout 1s`);
    expect({ code: forced.code, stdout: forced.stdout }).toEqual({ code: 0, stdout: 'paris is no member any more\n' });
    expect(forced.stderr).toContain('warning: on paris stays, and nobody looks after it: ConfigMap/shop/web\n');
    karmada.kubectl(['delete', 'resourcebinding', '-n', 'shop', 'web-deployment']);
    karmada.kubectl(['delete', 'namespace', 'shop']);
    expect(added(beforeMember, member)).toEqual([]);
    expect(added(beforeKarmada, karmada)).toEqual(['Namespace/karmada-cluster']);
  });

  test('a join that was killed anywhere goes on where it was, and so does leaving', async () => {
    for (const letThrough of [1, 6, 7, 9]) {
      writesLeft = letThrough;
      const killed = await joining('--yes');
      expect(killed.code).toBe(1);
      expectNoSecret(killed);
      writesLeft = Number.POSITIVE_INFINITY;
      expect(await joining('--yes')).toMatchObject({ code: 0, stdout: 'paris: joined\n' });
      expect(added(beforeMember, member)).toEqual(PUSH_ON_MEMBER);
      const { uid } = cluster().metadata;
      for (const name of ['paris', 'paris-impersonator']) {
        const { ownerReferences } = karmada.json('get', 'secret', '-n', 'karmada-cluster', name).metadata;
        expect(ownerReferences).toMatchObject([{ uid }]);
      }
      writesLeft = letThrough;
      const stopped = await leaving('--yes');
      writesLeft = Number.POSITIVE_INFINITY;
      if (stopped.code !== 0) expect((await leaving('--yes')).code).toBe(0);
      expect(added(beforeMember, member)).toEqual([]);
      expect(added(beforeKarmada, karmada)).toEqual(['Namespace/karmada-cluster']);
    }
    const none = await leaving('--yes');
    expect(none).toMatchObject({
      code: 1,
      stderr: `error: there is no cluster "paris" in this Karmada, and nothing that was made for it
  fix: no cluster has joined
`,
    });
  });

  test('the code and a join do not fight, whichever comes first', async () => {
    const files = { 'in.json': code({ region: 'eu-1', labels: { tier: 'edge' }, syncMode: 'Push' as any }) };
    const planes = `--karmada-kubeconfig ${karmada.kubeconfig}`;
    const applied = await cdk8sKarmada(`apply --yes -f in.json --wait none ${planes}`, { files });
    expect(applied.code).toBe(0);

    const said = await cdk8sKarmada(`member join paris -f in.json ${servers()} --yes --region eu-2`, { files });
    expect(said).toMatchObject({
      code: 6,
      stderr: `error: --region: the code says where paris is
  at MemberCluster paris
  fix: leave the options out, and say it in the code
`,
    });
    expect((await joining('--yes -f in.json', { files })).code).toBe(0);
    expect(cluster().spec).toMatchObject({ apiEndpoint: member.url, region: 'eu-1', syncMode: 'Push' });

    const before = state();
    const planned = await cdk8sKarmada(`plan -f in.json ${planes}`, { files });
    expect(planned.code).toBe(0);
    expect((await joining('-f in.json', { files })).stdout).toBe('paris: it had joined already\n');
    expect(state()).toEqual(before);

    const list = await cdk8sKarmada(`member list ${planes}`);
    expect(list.stdout).toMatch(/^paris +push +- +- +- +eu-1 +- +yes +\d+ s +-$/m);
    const cordoned = await cdk8sKarmada(`member cordon paris -f in.json ${planes}`, { files });
    expect(cordoned).toMatchObject({
      stdout: 'paris: cordoned: it gets nothing new, what runs there stays\n',
      stderr:
        'note: paris stands in code that does not say so: give it `schedulingPaused: true`, or nobody who reads the code knows\n',
    });
    expect(cluster().spec.taints).toEqual([{ key: 'cluster.karmada.io/unschedulable', effect: 'NoSchedule' }]);
    expect((await cdk8sKarmada(`plan -f in.json ${planes}`, { files })).code).toBe(0);
    expect((await cdk8sKarmada(`member cordon paris ${planes}`)).stdout).toBe('paris: it was so already\n');
    expect((await cdk8sKarmada(`member uncordon paris ${planes}`)).stdout).toBe('paris: uncordoned\n');
    expect(cluster().spec.taints ?? []).toEqual([]);
    expect((await leaving('--yes')).code).toBe(0);
  });

  test('a role of the member is given instead of all rights', async () => {
    const role = await joining('--permissions view --yes');
    expect(role.code).toBe(0);
    expect(added(beforeMember, member)).toEqual(PUSH_ON_MEMBER.filter((each) => !each.startsWith('ClusterRole/')));
    const { roleRef } = member.json('get', 'clusterrolebinding', 'karmada-controller-manager:karmada-paris');
    expect(roleRef.name).toBe('view');
    expect((await leaving('--yes')).code).toBe(0);
    expect(added(beforeMember, member)).toEqual([]);
  });
});

test('the scheduler estimator that the code has for a member gets a kubeconfig with which it may only read', async () => {
  const options = { components: { karmadaSchedulerEstimator: { clusters: ['paris'] } } };
  const { host, karmada: onKarmada } = anInstance(options);
  const files = { 'in.json': [...host, ...onKarmada] };
  // a cluster that runs a Karmada and is a member of it
  member.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'karmada-system' } });
  const onHost = `-f in.json --host-kubeconfig ${member.kubeconfig}`;
  const shown = await joining(`${onHost} --yes`, { files });
  expect({ code: shown.code, stdout: shown.stdout }).toEqual({ code: 0, stdout: 'paris: joined\n' });
  expect(shown.stderr).toContain('  + host: Secret/karmada-system/paris-kubeconfig created\n');
  expect(shown.stderr.match(/ {2}\+ member: Namespace\/karmada-cluster\n/g)).toHaveLength(1);
  expectNoSecret(shown);
  const text = decoded(secret(member, 'karmada-system', 'paris-kubeconfig')['paris-kubeconfig']);
  const file = join(member.folder, 'estimator.yaml');
  writeFileSync(file, text, { mode: 0o600 });
  const can = (verb: string, kind: string) => {
    try {
      return member.kubectl([`--kubeconfig=${file}`, 'auth', 'can-i', verb, kind, '--all-namespaces']).trim();
    } catch (error: any) {
      return error.stdout.trim();
    }
  };
  expect(
    ['nodes', 'pods', 'resourcequotas', 'deployments.apps', 'replicasets.apps'].map((kind) => can('list', kind)),
  ).toEqual(Array(5).fill('yes'));
  expect([can('create', 'pods'), can('get', 'secrets'), can('delete', 'nodes')]).toEqual(['no', 'no', 'no']);
  sent = [];
  expect(await joining(onHost, { files })).toMatchObject({ code: 0, stdout: 'paris: it had joined already\n' });
  expect(sent).toEqual([]);

  expect((await leaving(`${onHost} --yes`, { files })).code).toBe(0);
  expect(added(beforeMember, member)).toEqual(['Namespace/karmada-system']);
  member.kubectl(['delete', 'namespace', 'karmada-system']);
});

describe('pull', () => {
  let agent: string;

  beforeAll(() => {
    const chart = new Chart(new App(), 'paris');
    new KarmadaAgent(chart, 'agent', { clusterName: 'paris', region: 'eu-1' });
    agent = join(member.folder, 'agent.json');
    writeFileSync(agent, JSON.stringify(chart.toJson()));
  });

  const pulling = (words: string) => joining(`--mode pull --agent ${agent} ${words}`);

  test('a member joins: rights on Karmada for its agent alone, a certificate, and the agent', async () => {
    const shown = await pulling('--yes');
    expect({ code: shown.code, stdout: shown.stdout }).toEqual({ code: 0, stdout: 'paris: joined\n' });
    expectNoSecret(shown);
    expect(added(beforeMember, member)).toEqual(AGENT_ON_MEMBER);
    expect(added(beforeKarmada, karmada)).toEqual([
      'ClusterRole/system:karmada:paris:agent',
      'ClusterRoleBinding/system:karmada:paris:agent',
      'Namespace/karmada-cluster',
      'Namespace/karmada-es-paris',
      'Role/karmada-cluster/system:karmada:paris:agent-secret',
      'Role/karmada-es-paris/system:karmada:paris:agent-work',
      'RoleBinding/karmada-cluster/system:karmada:paris:agent-secret',
      'RoleBinding/karmada-es-paris/system:karmada:paris:agent-work',
    ]);
    const held = decoded(secret(member, 'karmada-system', 'karmada-kubeconfig')['karmada-kubeconfig']);
    expect(held).toContain(`server: ${karmada.url}`);
    expect(held).toContain('current-context: paris');
  });

  test('joining again changes nothing: the certificate is good', async () => {
    const before = state();
    const again = await pulling('');
    expect(again).toMatchObject({ code: 0, stdout: 'paris: it had joined already\n' });
    expect(sent).toEqual([]);
    expect(state()).toEqual(before);
  });

  test('the agent of another name is not replaced', async () => {
    const other = await cdk8sKarmada(`member join lyon --mode pull ${servers()} --yes`);
    expect(other.code).toBe(6);
    expect(other.stderr).toContain(
      `this cluster has an agent already: it is system:karmada:agent:paris to ${karmada.url}`,
    );
    const wrong = await cdk8sKarmada(`member join lyon --mode pull --agent ${agent} ${servers()} --yes`);
    expect(wrong.stderr).toBe(`error: this agent is that of paris, and not of lyon
  at --agent
  fix: name the file that the KarmadaAgent of lyon was written to
`);
    expect(sent).toEqual([]);
  });

  test('leaving leaves nothing', async () => {
    expect((await leaving('--yes')).code).toBe(0);
    expect(added(beforeMember, member)).toEqual([]);
    expect(added(beforeKarmada, karmada)).toEqual(['Namespace/karmada-cluster']);
  });

  test('killed anywhere it goes on, with a new certificate where the key is lost; leaving leaves nothing', async () => {
    for (const letThrough of [3, 9, 12]) {
      writesLeft = letThrough;
      expect((await pulling('--yes')).code).toBe(1);
      writesLeft = Number.POSITIVE_INFINITY;
      expect(await pulling('--yes')).toMatchObject({ code: 0, stdout: 'paris: joined\n' });
      expect(added(beforeKarmada, karmada)).toHaveLength(8);
      writesLeft = letThrough;
      await leaving('--yes');
      writesLeft = Number.POSITIVE_INFINITY;
      await leaving('--yes');
      expect(added(beforeMember, member)).toEqual([]);
      expect(added(beforeKarmada, karmada)).toEqual(['Namespace/karmada-cluster']);
    }
  });

  test('a Cluster that the code has made is given the id by which its agent takes it', async () => {
    const files = { 'in.json': code({ syncMode: 'Pull' as any }) };
    const planes = `--karmada-kubeconfig ${karmada.kubeconfig}`;
    expect((await cdk8sKarmada(`apply --yes -f in.json --wait none ${planes}`, { files })).code).toBe(0);
    const joined = await joining(`-f in.json --agent ${agent} --yes`, { files });
    expect(joined).toMatchObject({ code: 0, stdout: 'paris: joined\n' });
    expect(cluster().spec).toMatchObject({ syncMode: 'Pull', id: identity() });
    expect((await cdk8sKarmada(`plan -f in.json ${planes}`, { files })).code).toBe(0);
    expect((await leaving('--yes')).code).toBe(0);
    expect(added(beforeMember, member)).toEqual([]);
  });
});
