import { X509Certificate } from 'node:crypto';
import { lstatSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { makeAuthority, makeCertificate } from '../../cli/apply/pki/certificate';
import { secretValue } from '../../cli/apply/pki/decision';
import { issue } from '../../cli/apply/pki/issue';
import { type PkiPlan, readPkiPlan } from '../../cli/apply/pki/plan';
import type { ApplyEvent, ApplySummary } from '../../cli/plan/progress';
import { EtcdBackup } from '../../src/instance/etcd-backup';
import { oneMember, threeMembers } from '../instance/an-instance';
import { hasBinary } from './runner/binaries';
import { LocalControlPlane } from './runner/control-plane';
import { type Answer, ask, type Identity, serialAt } from './runner/door';
import { eventually, pause } from './runner/eventually';
import { DOORS, RIGHTS } from './runner/rights';
import { signingRequest } from './runner/signing-request';
import { Writer } from './runner/writer';
import { startApiServer, type TestServer } from './testbed';

const KUBE_CONTROLLER_MANAGER = 'karmada-kube-controller-manager';
/** What needs it is left out, and counted, where the testbed does not have it. */
const hasControllers = hasBinary('kube-controller-manager');
const withControllers = hasControllers ? test : test.skip;
/** Serving certificates that were issued so long ago that they are renewed today. */
const DAYS_AGO = 250;

const single = { karmadaApiServer: { replicas: 1 }, kubeControllerManager: { replicas: 1 } };
const MEMBERS = [0, 1, 2];

/** Arguments of a pod that are others here. */
const CHANGED: readonly [string, readonly string[]][] = [
  [
    'etcd-1',
    [
      'advertise-client-urls',
      'cert-file',
      'data-dir',
      'initial-advertise-peer-urls',
      'initial-cluster',
      'key-file',
      'listen-client-urls',
      'listen-metrics-urls',
      'listen-peer-urls',
      'peer-cert-file',
      'peer-key-file',
      'peer-trusted-ca-file',
      'trusted-ca-file',
    ],
  ],
  [
    'karmada-apiserver-pod-0',
    [
      'client-ca-file',
      'etcd-cafile',
      'etcd-certfile',
      'etcd-keyfile',
      'etcd-servers',
      'proxy-client-cert-file',
      'proxy-client-key-file',
      'requestheader-client-ca-file',
      'secure-port',
      'service-account-key-file',
      'service-account-signing-key-file',
      'tls-cert-file',
      'tls-private-key-file',
    ],
  ],
  [
    `${KUBE_CONTROLLER_MANAGER}-pod-0`,
    [
      'authentication-kubeconfig',
      'authorization-kubeconfig',
      'client-ca-file',
      'cluster-signing-cert-file',
      'cluster-signing-key-file',
      'kubeconfig',
      'root-ca-file',
      'secure-port',
      'service-account-private-key-file',
    ],
  ],
];

let host: TestServer;

beforeAll(async () => {
  host = await startApiServer();
  const storageClass = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'example.com/local',
    volumeBindingMode: 'WaitForFirstConsumer',
  };
  host.kubectl(['apply', '-f', '-'], JSON.stringify(storageClass));
});

afterAll(() => host?.stop());

/** What the runs say, all at once at the end. */
const figures: string[] = [];
afterAll(() => {
  process.stderr.write(`${figures.join('\n')}\n`);
});

function timesOf({ node }: LocalControlPlane, members: number): string {
  const since = (pod: string) => (((node.readyAt.get(pod) ?? 0) - (node.firstStart ?? 0)) / 1000).toFixed(1);
  const etcd = Math.max(...MEMBERS.slice(0, members).map((index) => Number(since(`etcd-${index}`))));
  return `${members} member(s): etcd ready after ${etcd.toFixed(1)} s, /readyz of karmada-apiserver after ${since('karmada-apiserver-pod-0')} s`;
}

function stagesOf(members: number, events: readonly ApplyEvent[], { elapsedMs }: ApplySummary): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const waves = events.flatMap((event) => (event.type === 'wave' ? [`${event.wave} ${seconds(event.atMs)}`] : []));
  return `apply with ${members} member(s): ${seconds(elapsedMs)}; its waves began at ${waves.join(', ')}`;
}

test('one member: one apply brings it up', async () => {
  const plane = await LocalControlPlane.of(host, { namespace: 'small', etcd: oneMember, components: single });
  try {
    const events: ApplyEvent[] = [];
    const summary = await plane.apply({ tell: (event) => events.push(event) });
    expect([summary.problems, summary.unready, summary.exitCode]).toEqual([[], [], 0]);
    figures.push(timesOf(plane, 1), stagesOf(1, events, summary));
    expect([...plane.node.pods.values()].map(({ restarts }) => restarts)).toEqual([...plane.node.pods].map(() => 0));
  } finally {
    await plane.stop();
  }
});

describe('three members, and everything that can be added', () => {
  let plane: LocalControlPlane;
  let plan: PkiPlan;
  let admin: Identity;

  const asAdmin = (method: string, path: string, body?: unknown) => ask(plane.url, admin, { method, path, body });

  beforeAll(async () => {
    plane = await LocalControlPlane.of(host, {
      etcd: threeMembers,
      etcdBackup: EtcdBackup.persistentVolumeClaim({ size: Size.gibibytes(20) }),
      components: {
        ...single,
        karmadaDescheduler: {},
        karmadaSearch: {},
        karmadaMetricsAdapter: {},
        karmadaSchedulerEstimator: { clusters: ['berlin'] },
      },
    });
    const objects = plane.input.all.flatMap((chart) => chart.objects);
    plan = readPkiPlan(objects.find(({ key }) => key.name === 'east-pki-plan')?.manifest);
  });

  afterAll(() => plane?.stop());

  const soon = <T>(what: string, attempt: () => Promise<T | undefined>) =>
    eventually(() => `${what}\n${plane.node.output}`, attempt);

  test('PKI of an instance', async () => {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    const secrets = await issue(plan, new Map(), new Date());
    const elapsed = Math.round(performance.now() - start);
    const { user, system } = process.cpuUsage(cpu);
    figures.push(`PKI: ${secrets.length} Secrets in ${elapsed} ms, ${Math.round((user + system) / 1000)} ms of CPU`);
    expect(secrets).toHaveLength([plan.authorities, plan.certificates, plan.keyPairs, plan.kubeconfigs].flat().length);
  });

  test('one apply brings it up, with its command lines as they are, but for four things', async () => {
    const events: ApplyEvent[] = [];
    const summary = await plane.apply({ daysAgo: DAYS_AGO, tell: (event) => events.push(event) });
    admin = await plane.admin();
    figures.push(plane.table.toString(), timesOf(plane, 3), stagesOf(3, events, summary));
    expect([summary.problems, summary.unready, summary.exitCode]).toEqual([[], [], 0]);
    expect(plane.node.output).not.toBe('');
    expect([...plane.node.pods.values()].map(({ restarts }) => restarts)).toEqual([...plane.node.pods].map(() => 0));
    expect([...new Set(plane.table.rows.map(({ what }) => what))].sort()).toEqual([
      'mount path',
      'name',
      'port',
      'user id',
    ]);
  });

  test.each(CHANGED.filter(([name]) => hasControllers || !name.startsWith(KUBE_CONTROLLER_MANAGER)))(
    'of the arguments of %s only addresses and paths are others',
    (name, flags) => {
      const { synthesized, here } = plane.node.pod(name);
      const changed = synthesized.filter((argument, index) => argument !== here[index]);
      expect(here).toHaveLength(synthesized.length);
      expect(changed.map((argument) => argument.slice(2, argument.indexOf('='))).sort()).toEqual(flags);
    },
  );

  test('what cannot run here is known by name', () => {
    figures.push(`not run here: ${plane.elsewhere.length}`);
    figures.push(...plane.elsewhere.map(({ object, reason }) => `  ${object}: ${reason}`));
    expect(plane.elsewhere.map(({ object }) => object).sort()).toEqual(
      [
        'Deployment/karmada-aggregated-apiserver',
        'Deployment/karmada-controller-manager',
        'Deployment/karmada-descheduler',
        ...(hasControllers ? [] : [`Deployment/${KUBE_CONTROLLER_MANAGER}`]),
        'Deployment/karmada-metrics-adapter',
        'Deployment/karmada-scheduler',
        'Deployment/karmada-scheduler-estimator-berlin',
        'Deployment/karmada-search',
        'Deployment/karmada-webhook',
        'MutatingWebhookConfiguration/mutating-config',
        'ValidatingWebhookConfiguration/validating-config',
      ].sort(),
    );
  });

  test('files are as kubelet makes them: behind one link, for the group to read', () => {
    const folder = join(plane.table.root('etcd-0'), '/etc/karmada/pki/server');
    expect(readlinkSync(join(folder, 'tls.key'))).toBe('..data/tls.key');
    expect(lstatSync(join(folder, '..data')).isSymbolicLink()).toBe(true);
    expect(statSync(join(folder, 'tls.key')).mode & 0o777).toBe(0o440);
  });

  test('the members are one cluster', async () => {
    const { body } = await etcd(0, '/v3/cluster/member/list', {});
    expect(body.members.map(({ name }: any) => name).sort()).toEqual(['etcd-0', 'etcd-1', 'etcd-2']);
    expect(body.members.map(({ clientURLs }: any) => clientURLs[0]).sort()).toEqual(
      MEMBERS.map((index) => plane.member(index, 2379)).sort(),
    );
  });

  /** Asks a member as its backup would. */
  async function etcd(index: number, path: string, body: unknown): Promise<Answer> {
    return ask(plane.member(index, 2379), await plane.identity('etcd-etcd-client-cert', 'karmada-etcd-ca'), {
      path,
      body,
    });
  }

  describe('each certificate opens the doors that it is for, and no other', () => {
    test('the list of rights has every certificate of the plan', () => {
      expect(Object.keys(RIGHTS).sort()).toEqual(plan.certificates.map(({ secret }) => secret).sort());
    });

    test.each(Object.entries(RIGHTS))('%s', async (secret, rights) => {
      const opened = await Promise.all(
        Object.entries(DOORS).map(async ([door, open]) => {
          const authority = door === 'karmada' ? 'karmada-ca' : 'karmada-etcd-ca';
          return [door, await open(plane, await plane.identity(secret, authority))];
        }),
      );
      expect(Object.fromEntries(opened)).toEqual({
        karmada: 'refused',
        etcd: 'refused',
        peers: 'refused',
        ...rights.opens,
      });
      for (const [attributes, allowed] of rights.may ?? []) {
        expect([attributes, await may(await plane.identity(secret), attributes)]).toEqual([attributes, allowed]);
      }
    });

    test('people are system:admin, who may do everything', async () => {
      expect(await DOORS.karmada(plane, admin)).toBe('system:admin in system:masters');
      expect(await may(admin, '* * *')).toBe(true);
    });

    test('who has no certificate, or one of a stranger with the same names, is nobody', async () => {
      const now = new Date();
      for (const { secret, authority, ...certificate } of plan.certificates) {
        const wanted = plan.authorities.find((one) => one.secret === authority);
        const stranger = await makeAuthority(wanted as PkiPlan['authorities'][number], now);
        const forged = await makeCertificate({ secret, authority, ...certificate }, stranger, now);
        for (const [door, open] of Object.entries(DOORS)) {
          const { ca } = await plane.identity(secret, door === 'karmada' ? 'karmada-ca' : 'karmada-etcd-ca');
          const said = await open(plane, { cert: forged.certificate, key: forged.key, ca });
          expect([secret, door, said]).toEqual([secret, door, 'refused']);
        }
      }
      const nobody = { ca: admin.ca };
      expect(await DOORS.karmada(plane, nobody)).toBe('system:anonymous in system:unauthenticated');
      expect((await ask(plane.url, nobody, { path: '/api/v1/namespaces' })).status).toBe(403);
    });

    test('only the front proxy may speak for others', async () => {
      const speaking = { 'x-remote-user': 'alice', 'x-remote-group': 'system:masters' };
      const proxy = await plane.identity('karmada-apiserver-front-proxy-client-cert');
      expect(await DOORS.karmada(plane, proxy, speaking)).toBe('alice in system:masters');
      const scheduler = await plane.identity('karmada-scheduler-client-cert');
      expect(await DOORS.karmada(plane, scheduler, speaking)).toBe(
        'system:karmada:karmada-scheduler in system:masters',
      );
    });
  });

  /** May the holder do this, `verb resource group`? */
  async function may(identity: Identity, attributes: string): Promise<boolean> {
    const [verb, resource, group = ''] = attributes.split(' ');
    const { status, body } = await ask(plane.url, identity, {
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: { spec: { resourceAttributes: { verb, resource, group } } },
    });
    if (status !== 201) throw new Error(`${attributes}: ${JSON.stringify(body)}`);
    return body.status.allowed;
  }

  describe('the Karmada side', () => {
    test('every kind of Karmada is served', async () => {
      const { body } = await asAdmin('GET', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
      const established = body.items.filter(({ status }: any) =>
        status.conditions.some(({ type, status }: any) => type === 'Established' && status === 'True'),
      );
      expect(established).toHaveLength(19);
    });

    test('the API server reaches aggregated ones by their certificates, and speaks for whoever asked', async () => {
      const { body } = await asAdmin('GET', '/apis/apiregistration.k8s.io/v1/apiservices');
      const ours = body.items.filter(({ spec }: any) => spec.service);
      expect(ours.map(({ spec, status }: any) => [spec.service.name, status.conditions[0].status])).toEqual([
        ['karmada-aggregated-apiserver', 'True'],
        ['karmada-search', 'True'],
        ['karmada-metrics-adapter', 'True'],
        ['karmada-metrics-adapter', 'True'],
        ['karmada-metrics-adapter', 'True'],
      ]);
      expect((await asAdmin('GET', '/apis/cluster.karmada.io/v1alpha1/clusters')).status).toBe(200);
      expect(plane.standIns.get('karmada-aggregated-apiserver')?.asked).toContainEqual({
        by: 'front-proxy-client',
        user: 'system:admin',
        groups: 'system:masters, system:authenticated',
      });
    });

    test("whatever calls a server of ours trusts Karmada's authority", async () => {
      const authority = (await plane.secret('karmada-ca')).data['tls.crt'];
      const lists = [
        '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
        '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations',
        '/apis/apiregistration.k8s.io/v1/apiservices',
        '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      ];
      const found = (await Promise.all(lists.map((path) => asAdmin('GET', path)))).flatMap(({ body }) =>
        body.items.flatMap(({ spec, webhooks = [] }: any) => [
          ...webhooks.map(({ clientConfig }: any) => clientConfig.caBundle),
          ...(spec?.service ? [spec.caBundle] : []),
          ...(spec?.conversion?.webhook ? [spec.conversion.webhook.clientConfig.caBundle] : []),
        ]),
      );
      expect(found.length).toBeGreaterThan(20);
      expect([...new Set(found)]).toEqual([authority]);
    });
  });

  describe('kube-controller-manager', () => {
    withControllers('tells its figures only to those who may see them', async () => {
      const url = `https://127.0.0.1:${plane.node.pod(`${KUBE_CONTROLLER_MANAGER}-pod-0`).port('https')}`;
      const status = async (identity: Identity) => {
        // it makes its own certificate, which nobody knows
        const { status, refused } = await ask(url, { ...identity, anybody: true }, { path: '/metrics' });
        return status ?? refused;
      };
      expect(await status(admin)).toBe(200);
      expect(await status({ ca: admin.ca })).toBe(403);
      expect(await status(await plane.identity('etcd-etcd-client-cert'))).toBe(401);
    });

    withControllers('finishes namespaces, with what is in them', async () => {
      const namespace = '/api/v1/namespaces/for-a-moment';
      await asAdmin('POST', '/api/v1/namespaces', { metadata: { name: 'for-a-moment' } });
      await asAdmin('POST', `${namespace}/configmaps`, { metadata: { name: 'inside' } });
      await asAdmin('DELETE', namespace);
      expect(
        await soon('the namespace is still there', async () => {
          const { status } = await asAdmin('GET', namespace);
          return status === 404 ? status : undefined;
        }),
      ).toBe(404);
    });

    withControllers('collects what lost its owner', async () => {
      const maps = '/api/v1/namespaces/default/configmaps';
      const { body: owner } = await asAdmin('POST', maps, { metadata: { name: 'owner' } });
      const { uid } = owner.metadata;
      const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid }];
      await asAdmin('POST', maps, { metadata: { name: 'owned', ownerReferences } });
      await asAdmin('DELETE', `${maps}/owner`);
      expect(
        await soon('it is still there', async () => {
          const { status } = await asAdmin('GET', `${maps}/owned`);
          return status === 404 ? status : undefined;
        }),
      ).toBe(404);
    });

    withControllers('fills in tokens, which the API server takes', async () => {
      await asAdmin('POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'robot' } });
      const path = '/api/v1/namespaces/default/secrets';
      const annotations = { 'kubernetes.io/service-account.name': 'robot' };
      const type = 'kubernetes.io/service-account-token';
      await asAdmin('POST', path, { metadata: { name: 'robot', annotations }, type });
      const data = await soon('there is no token', async () => {
        const { body } = await asAdmin('GET', `${path}/robot`);
        return body.data?.token ? body.data : undefined;
      });
      expect(data['ca.crt']).toBe((await plane.secret('karmada-ca')).data['tls.crt']);
      expect(await whoHas(Buffer.from(data.token, 'base64').toString())).toMatch(
        /^system:serviceaccount:default:robot in /,
      );
    });

    const whoHas = (token: string) => DOORS.karmada(plane, { ca: admin.ca }, { authorization: `Bearer ${token}` });

    withControllers('signs what was approved; the name of the proxy is worth nothing there', async () => {
      const path = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
      const { key, request } = await signingRequest('front-proxy-client');
      const spec = {
        request: Buffer.from(request).toString('base64'),
        signerName: 'kubernetes.io/kube-apiserver-client',
        usages: ['client auth', 'digital signature'],
      };
      const { body: made } = await asAdmin('POST', path, { metadata: { name: 'agent' }, spec });
      const conditions = [{ type: 'Approved', status: 'True', reason: 'Test', message: 'by the test' }];
      await asAdmin('PUT', `${path}/agent/approval`, { ...made, status: { conditions } });
      const cert = await soon('it is not signed', async () => {
        const { body } = await asAdmin('GET', `${path}/agent`);
        return body.status.certificate && Buffer.from(body.status.certificate, 'base64').toString();
      });
      const authority = new X509Certificate(secretValue(await plane.secret('karmada-ca'), 'tls.crt'));
      expect(new X509Certificate(cert).verify(authority.publicKey)).toBe(true);
      const speaking = { 'x-remote-user': 'alice', 'x-remote-group': 'system:masters' };
      const agent = { cert, key, ca: admin.ca };
      expect(await DOORS.karmada(plane, agent, speaking)).toBe('front-proxy-client in ');
      expect(await may(agent, 'list secrets')).toBe(false);
    });

    withControllers('lets those who may view see the kinds of Karmada', async () => {
      const groups = await soon('the role is not aggregated', async () => {
        const { body } = await asAdmin('GET', '/apis/rbac.authorization.k8s.io/v1/clusterroles/view');
        const found: string[] = body.rules.flatMap(({ apiGroups }: any) => apiGroups);
        return found.includes('policy.karmada.io') ? found : undefined;
      });
      expect(groups).toEqual(expect.arrayContaining(['policy.karmada.io', 'work.karmada.io', 'multicluster.x-k8s.io']));
    });
  });

  describe('day two', () => {
    const write = (prefix: string) => new Writer(plane.url, () => admin, prefix);
    const report = (what: string, writer: Writer) =>
      figures.push(
        `${what}: ${writer.acknowledged.length} writes taken, ${writer.failed.length} attempts failed, at most ${writer.longestGap} ms between two`,
      );

    test('certificates are renewed under it, and no write is lost', async () => {
      const before = admin;
      const kept = ['karmada-ca', 'karmada-front-proxy-ca', 'karmada-etcd-ca', 'karmada-service-account-key'];
      const dataOf = (names: readonly string[]) =>
        Promise.all(names.map(async (name) => (await plane.secret(name)).data));
      const authorities = await dataOf(kept);
      const writer = write('renewal');
      const summary = await plane.apply();
      expect(summary).toMatchObject({ updated: 0, failed: 0, exitCode: 0 });
      expect(summary.issued).toBe(plan.certificates.length + plan.kubeconfigs.length);
      const start = Date.now();
      for (const [port, secret] of serving()) {
        const own = await plane.identity(secret, 'karmada-etcd-ca');
        const fresh = new X509Certificate(own.cert as string).serialNumber;
        const trusted = secret === 'karmada-apiserver-cert' ? admin : own;
        await soon(`${secret} is not served at ${port}`, async () =>
          (await serialAt(port, trusted)) === fresh ? fresh : undefined,
        );
      }
      figures.push(`renewed certificates are served ${((Date.now() - start) / 1000).toFixed(1)} s after apply`);
      admin = await plane.admin(); // the writer goes on with it
      expect(admin.cert).not.toBe(before.cert);
      await pause(1000);
      await writer.stop();
      report('renewal', writer);
      expect([writer.failed, await writer.lost()]).toEqual([[], []]);
      expect(plane.node.rolled).toEqual([]); // nothing had to start anew
      expect(writer.acknowledged.length).toBeGreaterThan(20);
      expect(await dataOf(kept)).toEqual(authorities);
      expect(await plane.apply()).toMatchObject({ issued: 0, updated: 0, exitCode: 0 });
    });

    /** Ports with the Secret whose certificate is served there. */
    function serving(): (readonly [number, string])[] {
      const { node } = plane;
      return [
        [node.pod('karmada-apiserver-pod-0').port('https'), 'karmada-apiserver-cert'],
        ...MEMBERS.map((index) => [node.pod(`etcd-${index}`).port('client'), 'etcd-cert'] as const),
        ...MEMBERS.map((index) => [node.pod(`etcd-${index}`).port('peer'), 'etcd-peer-cert'] as const),
      ];
    }

    test('members restart one at a time with what was renewed, and no write is lost', async () => {
      const writer = write('restart');
      for (const index of MEMBERS) {
        await plane.node.pod(`etcd-${index}`).end();
        await plane.node.settled();
      }
      await writer.stop();
      report('restart of each member', writer);
      expect(await writer.lost()).toEqual([]);
      expect(writer.acknowledged.length).toBeGreaterThan(20);
    });

    test('with one member dead the others go on writing, and it catches up when it is back', async () => {
      const writer = write('majority');
      await plane.node.hold('etcd-2');
      const already = writer.acknowledged.length;
      await soon('nothing is written', async () => (writer.acknowledged.length > already + 20 ? true : undefined));
      const { refused } = await etcd(2, '/v3/maintenance/status', {});
      expect(refused).toBe('ECONNREFUSED');
      await writer.stop();
      report('one member dead', writer);
      expect(await writer.lost()).toEqual([]);
      plane.node.release('etcd-2');
      await plane.node.settled();
      const key = Buffer.from(`/registry/configmaps/default/${writer.acknowledged.at(-1)}`).toString('base64');
      const { body } = await etcd(2, '/v3/kv/range', { key, serializable: true });
      expect(body.count).toBe('1');
    });
  });
});
