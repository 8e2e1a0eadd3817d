import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { cluster, shop } from './shop';

const AS_OF = '2026-11-21T16:24:01Z';
const at = (object: any, time = AS_OF) => ({
  ...object,
  metadata: { ...object.metadata, annotations: { 'cdk8s-karmada.io/as-of': time } },
});
const clusters = ['member1', 'member2'].map((name) => cluster(name));
const divided = (preference: string, weightPreference?: any) => ({
  replicaScheduling: {
    replicaSchedulingType: 'Divided',
    replicaDivisionPreference: preference,
    ...(weightPreference && { weightPreference }),
  },
});
const policy = (placement: any, more: any = {}, metadata: any = {}) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name: 'shop', namespace: 'prod', ...metadata },
  spec: { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }], placement, ...more },
});

const preview = (objects: any[], props: any = {}) =>
  Preview.of({ manifests: [shop, ...objects], fleet: Fleet.fromManifests(clusters), ...props }).toJson();
const findings = (report: any, code: string) => report.findings.filter((each: any) => each.code === code);

describe('what goes by free capacity', () => {
  const timed = { fleet: Fleet.fromManifests(clusters.map((each) => at(each))) };

  test('says when it was free', () => {
    expect(preview([policy(divided('Aggregated'))], timed).resources[0].asOf).toBe(AS_OF);
    const dynamic = divided('Weighted', { dynamicWeight: 'AvailableReplicas' });
    expect(preview([policy(dynamic)], timed).resources[0].asOf).toBe(AS_OF);
  });

  test('says that nobody knows when', () => {
    expect(preview([policy(divided('Aggregated'))]).resources[0].asOf).toBeNull();
  });

  test('is told from what does not', () => {
    expect(preview([policy({})], timed).resources[0]).not.toHaveProperty('asOf');
    expect(preview([], timed).resources[0]).not.toHaveProperty('asOf');
  });
});

describe('the time of a fleet', () => {
  test('is the oldest of its clusters', () => {
    const [one, other] = clusters;
    expect(Fleet.fromManifests([at(one), at(other, '2026-11-20T09:00:00Z')]).asOf).toBe('2026-11-20T09:00:00Z');
    expect(Fleet.fromManifests(clusters).asOf).toBeUndefined();
  });

  test('is a finding when it is more than a day ago', () => {
    const fleet = Fleet.fromManifests(clusters.map((each) => at(each)));
    const found = (now: string) => findings(preview([policy({})], { fleet, now }), 'MC029');
    expect(found('2026-11-22T16:24:01Z')).toEqual([]);
    expect(found('2026-11-22T18:30:00Z')).toEqual([
      {
        code: 'MC029',
        level: 'warning',
        path: '',
        message:
          'the fleet was read 26 hours ago (2026-11-21T16:24:01Z): clusters, their taints and what is free may be others now',
        fix: 'read it again with `cdk8s-karmada fleet pull`',
      },
    ]);
    expect(found('2026-11-25T16:24:01Z')[0].message).toMatch(/^the fleet was read 4 days ago/);
    expect(findings(preview([policy({})], { fleet }), 'MC029')).toEqual([]);
    expect(findings(preview([policy({})], { now: '2026-11-25T16:24:01Z' }), 'MC029')).toEqual([]);
  });
});

describe('what cannot be known is a finding, never a guess', () => {
  const unknown = (objects: any[], props: any = {}) => {
    const report = preview(objects, props);
    return {
      outcomes: report.resources[0].outcomes,
      messages: findings(report, 'MC028').map((each: any) => each.message),
    };
  };

  test('an estimator', () => {
    expect(unknown([policy(divided('Aggregated'))], { assume: ['scheduler.enable-scheduler-estimator=true'] })).toEqual(
      {
        outcomes: [],
        messages: [
          'Deployment/prod/shop goes where cannot be known here: capacity: answers of karmada-scheduler-estimator',
        ],
      },
    );
  });

  test('another scheduler', () => {
    const { messages } = unknown([policy({}, { schedulerName: 'volcano' })]);
    expect(messages).toEqual([
      'Deployment/prod/shop is placed by the scheduler "volcano", and where cannot be known here',
    ]);
    expect(
      unknown([policy({}, { schedulerName: 'volcano' })], { assume: ['scheduler.scheduler-name=volcano'] }),
    ).toMatchObject({ messages: [] });
  });

  const webhook = (rule: any) => ({
    apiVersion: 'config.karmada.io/v1alpha1',
    kind: 'ResourceInterpreterWebhookConfiguration',
    metadata: { name: 'theirs' },
    webhooks: [{ name: 'a.example.io', rules: [rule] }],
  });
  const apps = { apiGroups: ['apps'], apiVersions: ['v1'], kinds: ['Deployment'], operations: ['InterpretReplica'] };

  test('an interpreter of the kind, in the cluster or beside it', () => {
    const script = {
      apiVersion: 'config.karmada.io/v1alpha1',
      kind: 'ResourceInterpreterCustomization',
      metadata: { name: 'theirs' },
      spec: { target: { apiVersion: 'apps/v1', kind: 'Deployment' } },
    };
    for (const interpreter of [script, webhook(apps), webhook({ ...apps, apiGroups: ['*'], kinds: ['*'] })]) {
      const { outcomes, messages } = unknown([policy({})], { existing: [interpreter] });
      expect(outcomes).toEqual([]);
      expect(messages).toHaveLength(1);
      expect(messages[0]).toMatch(/^Deployment\/prod\/shop goes where cannot be known here: resource interpreter: /);
    }
  });

  test('an interpreter of something else, or of health alone, hides nothing', () => {
    for (const rule of [
      { ...apps, apiGroups: [''] },
      { ...apps, kinds: ['Job'] },
      { ...apps, operations: ['InterpretHealth'] },
    ]) {
      const { outcomes, messages } = unknown([policy({})], { existing: [webhook(rule)] });
      expect(outcomes).toHaveLength(1);
      expect(messages).toEqual([]);
    }
  });
});

describe('a quota of the namespace', () => {
  const quota = (overall: any, overallUsed?: any, namespace = 'prod') => ({
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'FederatedResourceQuota',
    metadata: { name: 'team', namespace },
    spec: { overall },
    ...(overallUsed && { status: { overallUsed } }),
  });
  const asking = {
    ...shop,
    spec: {
      ...shop.spec,
      replicas: 4,
      template: {
        spec: { containers: [{ name: 'shop', image: 'shop:1', resources: { requests: { cpu: '500m' } } }] },
      },
    },
  };
  const assume = ['webhook.feature-gates=FederatedQuotaEnforcement=true'];
  const found = (existing: any[], props: any = {}) => {
    const fleet = Fleet.fromManifests(clusters);
    const manifests = [asking, policy({})];
    return findings(Preview.of({ manifests, fleet, existing, assume, ...props }).toJson(), 'MC022');
  };

  test('that does not allow what is placed is a finding on the workload', () => {
    expect(found([quota({ cpu: '5', memory: '1Gi' }, { cpu: '2' })])).toEqual([
      {
        code: 'MC022',
        level: 'warning',
        path: 'spec.overall["cpu"]',
        message:
          'Deployment/prod/shop may be refused by FederatedResourceQuota/prod/team: it asks for 4 more of cpu; with everything else that is 6, and 5 is allowed',
        fix: 'ask for less, or have the quota raised',
      },
    ]);
  });

  test('says nothing when it fits, is of another namespace, or is not enforced', () => {
    expect(found([quota({ cpu: '6' }, { cpu: '2' })])).toEqual([]);
    expect(found([quota({ cpu: '1' }, undefined, 'other')])).toEqual([]);
    expect(found([quota({ cpu: '1' })], { assume: [] })).toEqual([]);
  });

  test('counts what runs already once', () => {
    const binding = {
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: 'ResourceBinding',
      metadata: { name: 'shop-deployment', namespace: 'prod' },
      spec: {
        resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prod', name: 'shop' },
        clusters: [{ name: 'member1', replicas: 4 }],
        replicaRequirements: { resourceRequest: { cpu: '500m' } },
      },
    };
    expect(found([quota({ cpu: '5' }, { cpu: '3' })], { bindings: [binding] })).toEqual([]);
    expect(found([quota({ cpu: '4' }, { cpu: '3' })], { bindings: [binding] })).toHaveLength(1);
  });
});

test('a policy that came from this code, and has left it, does not take part', () => {
  const parent = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'east-shop-karmada',
      namespace: 'cdk8s-karmada',
      labels: { 'applyset.kubernetes.io/id': 'applyset-ours-v1' },
      annotations: {
        'cdk8s-karmada.io/target': 'karmada',
        'cdk8s-karmada.io/instance': 'east',
        'cdk8s-karmada.io/version': 'v1.18.2',
        'cdk8s-karmada.io/chart': 'shop',
      },
    },
  };
  const held = (set: string) => [policy({}, {}, { labels: { 'applyset.kubernetes.io/part-of': set } })];
  const claimed = (set: string) => preview([parent], { existing: held(set) }).resources[0].policy;
  expect(claimed('applyset-ours-v1')).toBeNull();
  expect(claimed('applyset-theirs-v1')).toMatchObject({ name: 'shop' });
});
