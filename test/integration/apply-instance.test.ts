import { X509Certificate } from 'node:crypto';
import { type ApplyOptions, applyInput, planLive } from '../../cli/apply/engine';
import { CommandError, ExitCode } from '../../cli/plan/command-error';
import type { ApplyEvent } from '../../cli/plan/progress';
import { type ChartOfTest, inputOf } from '../cli/apply/engine-input';
import { type PlainClient, plainClient } from './plain-client';
import { startApiServer, type TestServer } from './testbed';

let hostServer: TestServer;
let karmadaServer: TestServer;
let host: PlainClient;
let karmada: PlainClient;

beforeAll(async () => {
  [hostServer, karmadaServer] = await Promise.all([startApiServer(), startApiServer()]);
  host = plainClient('host', hostServer);
  karmada = plainClient('karmada', karmadaServer);
  karmadaServer.kubectl(['apply', '-f', '-'], JSON.stringify(clusters));
  karmadaServer.kubectl(['wait', '--for=condition=Established', 'crd/clusters.cluster.karmada.io', '--timeout=30s']);
});

afterAll(async () => {
  await Promise.all([host?.close(), karmada?.close()]);
  await Promise.all([hostServer?.stop(), karmadaServer?.stop()]);
});

const options: ApplyOptions = { toolVersion: '1.0.0', now: Date.now, wait: 'none' };

/** Stands for the aggregated API server of a real Karmada. */
const clusters = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'clusters.cluster.karmada.io' },
  spec: {
    group: 'cluster.karmada.io',
    names: { kind: 'Cluster', listKind: 'ClusterList', plural: 'clusters', singular: 'cluster' },
    scope: 'Cluster',
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

const pkiPlan = {
  schema: '1',
  instance: 'east',
  namespace: 'karmada-system',
  authorities: [{ secret: 'karmada-ca', commonName: 'karmada', lifetimeDays: 3650 }],
  certificates: [
    {
      secret: 'karmada-apiserver-cert',
      authority: 'karmada-ca',
      commonName: 'system:karmada:karmada-apiserver',
      organizations: [],
      usages: ['server'],
      dnsNames: ['karmada-apiserver.karmada-system.svc'],
      ipAddresses: ['127.0.0.1'],
      lifetimeDays: 365,
    },
  ],
  keyPairs: [{ secret: 'karmada-service-account-key', privateKey: 'sa.key', publicKey: 'sa.pub' }],
  kubeconfigs: [
    {
      secret: 'karmada-admin-kubeconfig',
      key: 'kubeconfig',
      server: 'https://karmada-apiserver.karmada-system.svc.cluster.local:5443',
      authority: 'karmada-ca',
      commonName: 'system:admin',
      organizations: ['system:masters'],
      lifetimeDays: 365,
    },
  ],
};

const webhook = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'karmada' },
  webhooks: [
    {
      name: 'policies.karmada.io',
      clientConfig: { url: 'https://karmada-webhook.karmada-system.svc:443/validate' },
      rules: [
        {
          apiGroups: ['policy.karmada.io'],
          apiVersions: ['*'],
          operations: ['CREATE'],
          resources: ['propagationpolicies'],
        },
      ],
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    },
  ],
};

const instance: ChartOfTest = {
  plane: 'host',
  path: 'app/east',
  objects: [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'east-pki-plan', namespace: 'karmada-system' },
      data: { 'plan.json': JSON.stringify(pkiPlan) },
      $wave: 0,
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'last', namespace: 'karmada-system' }, $wave: 6 },
  ],
};

const bundle: ChartOfTest = {
  plane: 'karmada',
  path: 'app/east/karmada',
  objects: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'karmada-system' }, $wave: 5 },
    { ...webhook, $wave: 7, $ca: 'karmada-ca' },
  ],
};

function secret(name: string): any {
  return JSON.parse(hostServer.kubectl(['get', 'secret', name, '-n', 'karmada-system', '-o', 'json']));
}

const decoded = (value: string) => Buffer.from(value, 'base64').toString('utf8');

test('a Karmada that cannot be reached blocks what goes there, and what stands on it', async () => {
  const down = async () => {
    throw new CommandError(ExitCode.USAGE, [{ what: 'nothing listens there' }]);
  };
  const input = inputOf([instance, bundle]);
  const summary = await applyInput(input, { host, openKarmada: down }, options);
  expect(summary).toMatchObject({ created: 2, issued: 4, blocked: 4, failed: 0, exitCode: 4 });
  expect(summary.problems.map(({ plane, wave, key, message }) => [plane, wave, key.name, message])).toEqual([
    ['karmada', 5, 'cdk8s-karmada', 'the Karmada API server cannot be reached: nothing listens there'],
    ['karmada', 5, 'karmada-system', 'the Karmada API server cannot be reached: nothing listens there'],
    ['host', 6, 'last', 'the Karmada API server cannot be reached: nothing listens there'],
    ['karmada', 7, 'karmada', 'the Karmada API server cannot be reached: nothing listens there'],
  ]);
});

test('the next run goes on: it opens Karmada late, issues nothing again, and fills in the CA bundle', async () => {
  const before = secret('karmada-ca');
  const events: ApplyEvent[] = [];
  let opened = 0;
  const openKarmada = async () => {
    opened++;
    if (opened === 1) throw new CommandError(ExitCode.USAGE, [{ what: 'it is still starting' }]);
    return karmada;
  };
  const summary = await applyInput(
    inputOf([instance, bundle]),
    { host, openKarmada },
    { ...options, wait: 'ready', timeoutMs: 20_000, tell: (event) => events.push(event) },
  );
  expect(summary).toMatchObject({ created: 4, unchanged: 2, issued: 0, blocked: 0, failed: 0, exitCode: 0 });
  expect(opened).toBe(2);
  expect(events.map(({ type }) => type).filter((type) => ['waiting', 'ready', 'opened'].includes(type))).toEqual([
    'waiting',
    'ready',
    'opened',
  ]);
  expect(secret('karmada-ca')).toEqual(before);
  const configuration = JSON.parse(
    karmadaServer.kubectl(['get', 'validatingwebhookconfiguration', 'karmada', '-o', 'json']),
  );
  expect(configuration.webhooks[0].clientConfig.caBundle).toBe(before.data['tls.crt']);
  expect(configuration.metadata.annotations).toBeUndefined();
});

test('what was issued fits together, and no value of it is in the plan or in an event', async () => {
  const authority = new X509Certificate(decoded(secret('karmada-ca').data['tls.crt']));
  const server = new X509Certificate(decoded(secret('karmada-apiserver-cert').data['tls.crt']));
  expect(server.verify(authority.publicKey)).toBe(true);
  expect(server.subjectAltName).toBe('DNS:karmada-apiserver.karmada-system.svc, IP Address:127.0.0.1');
  const events: ApplyEvent[] = [];
  hostServer.kubectl(['delete', 'secret', 'karmada-apiserver-cert', '-n', 'karmada-system']);
  const input = inputOf([instance, bundle]);
  const plan = await planLive(input, { host, karmada }, options);
  expect(plan.issues.map(({ key, action }) => [key.name, action])).toEqual([
    ['karmada-ca', 'keep'],
    ['karmada-service-account-key', 'keep'],
    ['karmada-apiserver-cert', 'issue'],
    ['karmada-admin-kubeconfig', 'keep'],
  ]);
  const summary = await applyInput(input, { host, karmada }, { ...options, tell: (event) => events.push(event) });
  expect(summary).toMatchObject({ created: 0, updated: 0, unchanged: 6, issued: 1, exitCode: 0 });
  const { data } = secret('karmada-apiserver-cert');
  const said = JSON.stringify([plan, events]);
  for (const value of Object.values<string>(data)) {
    expect(said).not.toContain(value);
    expect(said).not.toContain(decoded(value).split('\n')[1]);
  }
  expect(said).not.toMatch(/PRIVATE KEY|BEGIN CERTIFICATE/);
});

test('a chart alone: --only applies it and reads nothing of the other server', async () => {
  host.sent.length = 0;
  const team: ChartOfTest = { plane: 'karmada', path: 'app/team', objects: [] };
  const input = inputOf([instance, bundle, team], { only: 'app/team' });
  const summary = await applyInput(input, { karmada }, options);
  expect(summary).toMatchObject({ created: 0, unchanged: 1, exitCode: 0 });
  expect(host.sent).toEqual([]);
});

test("taints are merged into the list that Karmada writes too; the code's come and go, Karmada's stay", async () => {
  const theirs = { key: 'cluster.karmada.io/not-ready', effect: 'NoSchedule', timeAdded: '2026-01-01T00:00:00Z' };
  const live = {
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'member1' },
    spec: { apiEndpoint: 'https://member1', syncMode: 'Push', secretRef: { name: 'member1' }, taints: [theirs] },
  };
  karmadaServer.kubectl(['create', '--field-manager=karmada-controller-manager', '-f', '-'], JSON.stringify(live));
  const member = (taints: any[]): ChartOfTest => ({
    plane: 'karmada',
    path: 'app/fleet',
    objects: [
      {
        apiVersion: 'cluster.karmada.io/v1alpha1',
        kind: 'Cluster',
        metadata: { name: 'member1', labels: { tier: 'gold' } },
        spec: { provider: 'acme', ...(taints.length ? { taints } : {}) },
      },
    ],
  });
  const ours = { key: 'drain', value: 'soon', effect: 'NoExecute' };
  const taints = () =>
    JSON.parse(karmadaServer.kubectl(['get', 'cluster', 'member1', '-o', 'jsonpath={.spec.taints}']));
  const run = async (...wanted: any[]) => {
    const { updated, unchanged, exitCode } = await applyInput(inputOf([member(wanted)]), { karmada }, options);
    return { updated, unchanged, exitCode };
  };
  expect(await run(ours)).toEqual({ updated: 1, unchanged: 1, exitCode: 0 });
  expect(taints()).toEqual([theirs, ours]);
  expect(await run(ours)).toEqual({ updated: 0, unchanged: 2, exitCode: 0 });
  karmadaServer.kubectl(
    ['patch', 'cluster', 'member1', '--field-manager=karmada-controller-manager', '--type=merge', '-p'].concat(
      JSON.stringify({ spec: { taints: [ours, { ...theirs, effect: 'NoExecute' }] } }),
    ),
  );
  expect(await run(ours)).toEqual({ updated: 0, unchanged: 2, exitCode: 0 });
  expect(await run()).toEqual({ updated: 1, unchanged: 1, exitCode: 0 });
  expect(taints()).toEqual([{ ...theirs, effect: 'NoExecute' }]);
  expect(await run()).toEqual({ updated: 0, unchanged: 2, exitCode: 0 });
  const { spec } = JSON.parse(karmadaServer.kubectl(['get', 'cluster', 'member1', '-o', 'json']));
  expect(spec.secretRef).toEqual({ name: 'member1' });
});

test('what fails does not stop the rest, blocks only what needs it, and the next run goes on from there', async () => {
  const configMap = (name: string, more: any = {}) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'fresh' },
    ...more,
  });
  const chart = (wrong: any): ChartOfTest => ({
    plane: 'karmada',
    path: 'app/fresh',
    objects: [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'fresh' } },
      configMap('good'),
      configMap('wrong', wrong),
      configMap('after', { $dependsOn: '/namespaces/fresh/ConfigMap/wrong' }),
    ],
  });
  const failed = await applyInput(inputOf([chart({ dta: {} })]), { karmada }, options);
  expect(failed).toMatchObject({ created: 2, unchanged: 1, failed: 1, blocked: 1, exitCode: 4 });
  expect(failed.problems.map(({ key, message }) => [key.name, message])).toEqual([
    [
      'wrong',
      'the server answered 500: failed to create typed patch object (fresh/wrong; /v1, Kind=ConfigMap): .dta: field not declared in schema',
    ],
    ['after', 'it needs karmada: ConfigMap/fresh/wrong'],
  ]);
  const next = inputOf([chart({ data: {} })]);
  expect((await planLive(next, { karmada }, options)).sets).toMatchObject([{ action: 'update' }]);
  expect(await applyInput(next, { karmada }, options)).toMatchObject({ created: 2, unchanged: 3, exitCode: 0 });
  expect((await planLive(next, { karmada }, options)).sets).toMatchObject([{ action: 'unchanged' }]);
});

test('an object that moves to another chart of the input changes its set, and nothing else', async () => {
  const moving = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'moving', namespace: 'default' },
    data: { a: '1' },
  };
  const charts = (one: any[], other: any[]): ChartOfTest[] => [
    { plane: 'karmada', path: 'app/one', objects: one },
    { plane: 'karmada', path: 'app/other', objects: other },
  ];
  await applyInput(inputOf(charts([moving], [])), { karmada }, options);
  const uid = () => karmadaServer.kubectl(['get', 'configmap', 'moving', '-o', 'jsonpath={.metadata.uid}']);
  const before = uid();
  const after = inputOf(charts([], [moving]));
  expect(await applyInput(after, { karmada }, options)).toMatchObject({ updated: 1, unchanged: 1, exitCode: 0 });
  expect(uid()).toBe(before);
  const second = await planLive(after, { karmada }, options);
  expect(second.objects.map(({ action }) => action)).toEqual(['unchanged', 'unchanged']);
  const label = karmadaServer.kubectl(['get', 'configmap', 'moving', '-o', 'jsonpath={.metadata.labels}']);
  expect(JSON.parse(label)).toEqual({ 'applyset.kubernetes.io/part-of': after.all[1].parent.id });
});
