import { lstatSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { makeAuthority, makeCertificate } from '../../cli/apply/pki/certificate';
import { issue } from '../../cli/apply/pki/issue';
import type { PkiPlan } from '../../cli/apply/pki/plan';
import type { ApplyEvent } from '../../cli/plan/progress';
import { EtcdBackup } from '../../src/instance/etcd-backup';
import { oneMember, threeMembers } from '../instance/an-instance';
import { hasBinary } from './runner/binaries';
import { CHANGED_ARGUMENTS } from './runner/changed-arguments';
import { LocalControlPlane } from './runner/control-plane';
import { ask, type Identity } from './runner/door';
import { applyTimes, startTimes } from './runner/figures';
import { SINGLE, startHost } from './runner/host';
import { DOORS, may, RIGHTS } from './runner/rights';
import type { TestServer } from './testbed';

const hasControllers = hasBinary('kube-controller-manager');

let host: TestServer;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host?.stop());

/** What the runs say, all at once at the end. */
const figures: string[] = [];
afterAll(() => {
  process.stderr.write(`${figures.join('\n')}\n`);
});

test('one member: one apply brings it up', async () => {
  const plane = await LocalControlPlane.of(host, { namespace: 'small', etcd: oneMember, components: SINGLE });
  try {
    const events: ApplyEvent[] = [];
    const summary = await plane.apply({ tell: (event) => events.push(event) });
    expect([summary.problems, summary.unready, summary.exitCode]).toEqual([[], [], 0]);
    figures.push(startTimes(plane), applyTimes(events, summary));
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
        ...SINGLE,
        karmadaDescheduler: {},
        karmadaSearch: {},
        karmadaMetricsAdapter: {},
        karmadaSchedulerEstimator: { clusters: ['berlin'] },
      },
    });
    plan = plane.plan;
  });

  afterAll(() => plane?.stop());

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
    const summary = await plane.apply({ tell: (event) => events.push(event) });
    admin = await plane.admin();
    figures.push(plane.table.toString(), startTimes(plane), applyTimes(events, summary));
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

  test.each(CHANGED_ARGUMENTS.filter(([name]) => hasControllers || !/kube-controller-manager/.test(name)))(
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
        ...(hasControllers ? [] : ['Deployment/karmada-kube-controller-manager']),
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
    const { body } = await plane.askMember(0, '/v3/cluster/member/list', {});
    expect(body.members.map(({ name }: any) => name).sort()).toEqual(['etcd-0', 'etcd-1', 'etcd-2']);
    expect(body.members.map(({ clientURLs }: any) => clientURLs[0]).sort()).toEqual(
      [0, 1, 2].map((index) => plane.member(index, 2379)).sort(),
    );
  });

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
        expect([attributes, await may(plane, await plane.identity(secret), attributes)]).toEqual([attributes, allowed]);
      }
    });

    test('people are system:admin, who may do everything', async () => {
      expect(await DOORS.karmada(plane, admin)).toBe('system:admin in system:masters');
      expect(await may(plane, admin, '* * *')).toBe(true);
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
});
