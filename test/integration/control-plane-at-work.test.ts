import { X509Certificate } from 'node:crypto';
import { secretValue } from '../../cli/apply/pki/decision';
import { threeMembers } from '../instance/an-instance';
import { hasBinary } from './runner/binaries';
import { LocalControlPlane } from './runner/control-plane';
import { ask, type Identity, serialAt } from './runner/door';
import { pause } from './runner/eventually';
import { SINGLE, startHost } from './runner/host';
import { DOORS, may } from './runner/rights';
import { signingRequest } from './runner/signing-request';
import { Writer } from './runner/writer';
import type { TestServer } from './testbed';

/** What needs it is left out, and counted, where the testbed does not have it. */
const withControllers = hasBinary('kube-controller-manager') ? test : test.skip;
/** Certificates were issued so long ago that they are renewed today. */
const DAYS_AGO = 250;
const MEMBERS = [0, 1, 2];

let host: TestServer;
let plane: LocalControlPlane;
let admin: Identity;

const asAdmin = (method: string, path: string, body?: unknown) => ask(plane.url, admin, { method, path, body });

beforeAll(async () => {
  host = await startHost();
  plane = await LocalControlPlane.of(host, { etcd: threeMembers, components: SINGLE });
  const summary = await plane.apply({ daysAgo: DAYS_AGO });
  expect([summary.problems, summary.unready, summary.exitCode]).toEqual([[], [], 0]);
  admin = await plane.admin();
});

/** What the runs say, all at once at the end. */
const figures: string[] = [];

afterAll(async () => {
  process.stderr.write(`${figures.join('\n')}\n`);
  await plane?.stop();
  await host?.stop();
});

describe('kube-controller-manager', () => {
  withControllers('tells its figures only to those who may see them', async () => {
    const url = `https://127.0.0.1:${plane.node.pod('karmada-kube-controller-manager-pod-0').port('https')}`;
    const status = async (identity: Identity) => {
      // it makes its own certificate, which nobody knows
      const { status, refused } = await ask(url, { ...identity, anybody: true }, { path: '/metrics' });
      return status ?? refused;
    };
    expect(await status(admin)).toBe(200);
    expect(await status({ ca: admin.ca })).toBe(403);
    expect(await status(await plane.identity('karmada-apiserver-etcd-client-cert'))).toBe(401);
  });

  withControllers('finishes namespaces, with what is in them', async () => {
    const namespace = '/api/v1/namespaces/for-a-moment';
    await asAdmin('POST', '/api/v1/namespaces', { metadata: { name: 'for-a-moment' } });
    await asAdmin('POST', `${namespace}/configmaps`, { metadata: { name: 'inside' } });
    await asAdmin('DELETE', namespace);
    expect(
      await plane.soon('the namespace is still there', async () => {
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
      await plane.soon('it is still there', async () => {
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
    const data = await plane.soon('there is no token', async () => {
      const { body } = await asAdmin('GET', `${path}/robot`);
      return body.data?.token ? body.data : undefined;
    });
    expect(data['ca.crt']).toBe((await plane.secret('karmada-ca')).data['tls.crt']);
    expect(await whoHas(Buffer.from(data.token, 'base64').toString())).toMatch(
      /^system:serviceaccount:default:robot in /,
    );
  });

  const whoHas = (token: string) => DOORS.karmada(plane, { ca: admin.ca }, { authorization: `Bearer ${token}` });

  withControllers('signs with the tokens of who wants to join, and takes away those that are over', async () => {
    const [id, secret] = ['abcdef', '0123456789abcdef'];
    const path = '/api/v1/namespaces/kube-system/secrets';
    const stringData = {
      'token-id': id,
      'token-secret': secret,
      'usage-bootstrap-authentication': 'true',
      'usage-bootstrap-signing': 'true',
    };
    const token = { metadata: { name: `bootstrap-token-${id}` }, type: 'bootstrap.kubernetes.io/token', stringData };
    const info = '/api/v1/namespaces/kube-public/configmaps';
    await asAdmin('POST', info, { metadata: { name: 'cluster-info' }, data: { kubeconfig: 'where Karmada is' } });
    const { body: made } = await asAdmin('POST', path, token);
    expect(
      await plane.soon('it is not signed', async () => {
        const { body } = await asAdmin('GET', `${info}/cluster-info`);
        return body.data[`jws-kubeconfig-${id}`] && Object.keys(body.data).sort();
      }),
    ).toEqual([`jws-kubeconfig-${id}`, 'kubeconfig']);
    expect(await whoHas(`${id}.${secret}`)).toBe(`system:bootstrap:${id} in system:bootstrappers`);
    const over = { ...made, stringData: { expiration: '2020-01-01T00:00:00Z' } };
    await asAdmin('PUT', `${path}/bootstrap-token-${id}`, over);
    expect(
      await plane.soon('the token is still there', async () => {
        const { status } = await asAdmin('GET', `${path}/bootstrap-token-${id}`);
        return status === 404 ? status : undefined;
      }),
    ).toBe(404);
  });

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
    const cert = await plane.soon('it is not signed', async () => {
      const { body } = await asAdmin('GET', `${path}/agent`);
      return body.status.certificate && Buffer.from(body.status.certificate, 'base64').toString();
    });
    const authority = new X509Certificate(secretValue(await plane.secret('karmada-ca'), 'tls.crt'));
    expect(new X509Certificate(cert).verify(authority.publicKey)).toBe(true);
    const speaking = { 'x-remote-user': 'alice', 'x-remote-group': 'system:masters' };
    const agent = { cert, key, ca: admin.ca };
    expect(await DOORS.karmada(plane, agent, speaking)).toBe('front-proxy-client in ');
    expect(await may(plane, agent, 'list secrets')).toBe(false);
  });

  withControllers('lets those who may view see the kinds of Karmada', async () => {
    const groups = await plane.soon('the role is not aggregated', async () => {
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
    expect(summary.issued).toBe(plane.plan.certificates.length + plane.plan.kubeconfigs.length);
    const start = Date.now();
    for (const [port, secret] of serving()) {
      const own = await plane.identity(secret, 'karmada-etcd-ca');
      const fresh = new X509Certificate(own.cert as string).serialNumber;
      const trusted = secret === 'karmada-apiserver-cert' ? admin : own;
      await plane.soon(`${secret} is not served at ${port}`, async () =>
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
    await plane.soon('nothing is written', async () => (writer.acknowledged.length > already + 20 ? true : undefined));
    const { refused } = await plane.askMember(2, '/v3/maintenance/status', {});
    expect(refused).toBe('ECONNREFUSED');
    await writer.stop();
    report('one member dead', writer);
    expect(await writer.lost()).toEqual([]);
    plane.node.release('etcd-2');
    await plane.node.settled();
    const key = Buffer.from(`/registry/configmaps/default/${writer.acknowledged.at(-1)}`).toString('base64');
    const { body } = await plane.askMember(2, '/v3/kv/range', { key, serializable: true });
    expect(body.count).toBe('1');
  });
});
