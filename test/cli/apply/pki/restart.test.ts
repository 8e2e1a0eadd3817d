import { issue } from '../../../../cli/apply/pki/issue';
import type { PkiPlan } from '../../../../cli/apply/pki/plan';
import {
  CERTIFICATES,
  mountedSecrets,
  recordBefore,
  restartAfter,
  restartsOf,
  type Workload,
} from '../../../../cli/apply/pki/restart';
import { later, NOW, samplePlan, stored } from './sample-plan';

/** etcd trusts whom it read when it started; the scheduler reads its own certificate only then, too. */
function plan(): PkiPlan {
  const sample = samplePlan();
  const readAtStart = { 'etcd-cert': ['ca.crt'], 'scheduler-client-cert': ['ca.crt', 'tls.crt'] } as any;
  return {
    ...sample,
    certificates: sample.certificates.map((one) => ({ ...one, readAtStart: readAtStart[one.secret] })),
  };
}

function workload(kind: string, name: string, secrets: string[], more: any = {}): Workload {
  const live = {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'karmada-system', uid: `uid-of-${name}`, ...more.metadata },
    spec: { template: { spec: { volumes: secrets.map((secretName) => ({ secret: { secretName } })) } } },
    status: { readyReplicas: 1, ...more.status },
  };
  const key = { apiVersion: 'apps/v1', kind, namespace: 'karmada-system', name };
  return { key, plural: `${kind.toLowerCase()}s`, live };
}

const apiServer = workload('Deployment', 'karmada-apiserver', [
  'karmada-apiserver-cert',
  'karmada-service-account-key',
]);
const scheduler = workload('Deployment', 'karmada-scheduler', ['scheduler-client-cert']);
const etcd = workload('StatefulSet', 'etcd', ['etcd-cert']);
const all = [etcd, apiServer, scheduler];

let secrets: Map<string, any>;
let renewed: Map<string, any>;

beforeAll(async () => {
  secrets = stored(await issue(plan(), new Map(), NOW));
  renewed = new Map([...secrets, ...stored(await issue(plan(), secrets, later(250)), '8')]);
});

const without = (name: string) => new Map([...secrets].filter(([each]) => each !== name));

/** A workload after our manager has written to it. */
function after(before: Workload, manifest: any): Workload {
  const { annotations } = manifest.metadata;
  const template = { ...before.live.spec.template, ...manifest.spec?.template };
  const live = { ...before.live, metadata: { ...before.live.metadata, annotations }, spec: { template } };
  return { ...before, live };
}

const names = (existing: Map<string, any>, now: Date, workloads = all) =>
  restartsOf(plan(), existing, workloads, now).map(({ key, why }) => `${key.kind}/${key.name}: ${why}`);

test('a fresh install starts nothing anew: its pods wait for the Secrets', () => {
  const waiting = all.map((each) => ({ ...each, live: { ...each.live, status: {} } }));
  expect(names(new Map(), NOW, waiting)).toEqual([]);
  expect(waiting.map((each) => recordBefore(plan(), new Map(), each, NOW))).toEqual([undefined, undefined, undefined]);
  expect(waiting.map((each) => restartAfter(plan(), secrets, each))).toEqual([undefined, undefined, undefined]);
});

test('a renewal starts anew only what reads the certificate when it starts', () => {
  expect(names(secrets, later(1))).toEqual([]);
  expect(names(secrets, later(250))).toEqual([
    'Deployment/karmada-scheduler: its pods read scheduler-client-cert only when they start',
  ]);
});

test('what was read is written down before, and leads to one restart after; then there is nothing to do', () => {
  const before = recordBefore(plan(), secrets, scheduler, later(250));
  expect(before).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'karmada-scheduler',
      namespace: 'karmada-system',
      uid: 'uid-of-karmada-scheduler',
      annotations: { [CERTIFICATES]: expect.stringMatching(/^scheduler-client-cert=[0-9a-f]{16}$/) },
    },
  });
  const recorded = after(scheduler, before);
  // killed before the Secret was written: nothing to do but to begin again
  expect(restartAfter(plan(), secrets, recorded)).toBeUndefined();
  expect(recordBefore(plan(), secrets, recorded, later(250))).toBeUndefined();
  // killed after it: the next run, in which nothing is due, finishes
  expect(names(renewed, later(251), [recorded])).toHaveLength(1);
  expect(recordBefore(plan(), renewed, recorded, later(251))).toBeUndefined();
  const restart = restartAfter(plan(), renewed, recorded);
  const mark = restart.metadata.annotations[CERTIFICATES];
  expect(mark).not.toBe(before.metadata.annotations[CERTIFICATES]);
  expect(restart.spec).toEqual({ template: { metadata: { annotations: { [CERTIFICATES]: mark } } } });
  const restarted = after(recorded, restart);
  expect(names(renewed, later(251), [restarted])).toEqual([]);
  expect(restartAfter(plan(), renewed, restarted)).toBeUndefined();
  // the next renewal keeps what is in the template until there is something to read anew
  expect(recordBefore(plan(), renewed, restarted, later(500))).toBeUndefined();
  expect(names(renewed, later(500), [restarted])).toHaveLength(1);
});

test('a workload that was made after the renewal has read it', () => {
  expect(names(renewed, later(251))).toEqual([]);
});

test('another authority starts anew whoever read whom to trust at its start', async () => {
  const other = stored(await issue(plan(), new Map(), later(2)));
  const replaced = new Map(secrets).set('etcd-ca', other.get('etcd-ca'));
  expect(names(replaced, later(2))).toEqual(['StatefulSet/etcd: its pods read etcd-cert only when they start']);
});

test('a Secret that pods have read and that is gone starts them anew when it is issued again', () => {
  const lost = without('scheduler-client-cert');
  const before = recordBefore(plan(), lost, scheduler, later(1));
  expect(before.metadata.annotations).toEqual({ [CERTIFICATES]: 'scheduler-client-cert=none' });
  expect(restartAfter(plan(), secrets, after(scheduler, before))).toBeDefined();
  expect(names(without('karmada-service-account-key'), later(1))).toEqual([
    'Deployment/karmada-apiserver: its pods read karmada-service-account-key only when they start',
  ]);
});

test('the checksums are those of public material', () => {
  const key = Buffer.from(secrets.get('scheduler-client-cert').data['tls.key'], 'base64').toString();
  const leaked = new Map(secrets).set('scheduler-client-cert', {
    ...secrets.get('scheduler-client-cert'),
    data: { ...secrets.get('scheduler-client-cert').data, 'tls.key': Buffer.from(`${key}\n`).toString('base64') },
  });
  const marks = [secrets, leaked].map((existing) => recordBefore(plan(), existing, scheduler, later(250)));
  expect(marks[0]).toEqual(marks[1]);
});

test('Secrets are mounted by themselves or among others, also by what runs from time to time', () => {
  const pod = {
    volumes: [{ secret: { secretName: 'a' } }, { projected: { sources: [{ secret: { name: 'b' } }, {}] } }],
  };
  const cronJob = { jobTemplate: { spec: { template: { spec: pod } } } };
  expect(mountedSecrets({ ...etcd, live: { spec: { template: { spec: pod } } } })).toEqual(['a', 'b']);
  expect(mountedSecrets({ ...etcd, live: { spec: cronJob } })).toEqual(['a', 'b']);
});
