import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { PreviewRender } from '../../src/preview/preview-props';
import { unverifiedRules } from '../../src/preview/private/remarks';
import type { RuleFacts } from '../../src/preview/private/verified/preview-rule';
import { PREVIEW_RULES } from '../../src/preview/private/verified/preview-rules';
import { VECTORS } from '../../src/preview/private/verified/vectors';
import { cluster, conf, EQUAL, fleet, op, pp, preview, shop } from './shop';

describe('report', () => {
  it('says what happens to a resource, in the format of the command', () => {
    const json = preview([shop, pp({ suspension: { dispatchingOnClusters: { clusterNames: ['member2'] } } })]);
    const [entry] = json.resources;
    expect(entry.outcomes[0].rendered.member1).toHaveLength(1);
    expect({ ...json, resources: [{ ...entry, outcomes: [{ ...entry.outcomes[0], rendered: {} }] }] }).toEqual({
      schema: '1',
      resources: [
        {
          resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prod', name: 'shop' },
          policy: { kind: 'PropagationPolicy', namespace: 'prod', name: 'shop' },
          replicas: 3,
          scheduled: true,
          reason: 'Success',
          message: 'Binding has been scheduled successfully.',
          affinity: null,
          outcomes: [
            {
              clusters: [
                { name: 'member1', replicas: 3 },
                { name: 'member2', replicas: 3 },
              ],
              requiredBy: [],
              suspended: ['member2'],
              rendered: {},
            },
          ],
        },
      ],
      unsupported: [],
      findings: [],
    });
  });

  it('has nothing to say about a resource that nothing claims', () => {
    expect(preview([conf]).resources).toEqual([
      {
        resource: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'prod', name: 'conf' },
        policy: null,
        replicas: 0,
        scheduled: null,
        reason: null,
        message: null,
        affinity: null,
        outcomes: [],
      },
    ]);
  });

  it('shows both outcomes of a tie, that of an even UID hash first', () => {
    const json = preview([shop, pp(EQUAL)]);
    expect(json.resources[0].outcomes.map((outcome: any) => outcome.clusters)).toEqual([
      [
        { name: 'member1', replicas: 2 },
        { name: 'member2', replicas: 1 },
      ],
      [
        { name: 'member1', replicas: 1 },
        { name: 'member2', replicas: 2 },
      ],
    ]);
  });

  it('lets a dependency follow each outcome of its parent', () => {
    const json = preview([conf, shop, pp({ ...EQUAL, propagateDeps: true })]);
    const followed = json.resources[0].outcomes.map((outcome: any) => outcome.requiredBy);
    expect(followed).toEqual(
      json.resources[1].outcomes.map((outcome: any) => [
        { namespace: 'prod', name: 'shop', clusters: outcome.clusters },
      ]),
    );
    expect(json.resources[0].outcomes[1].rendered.member2[0].data).toEqual({ a: 'b' });
  });

  it.each(['Deployment/prod/shop', 'Deployment.apps/prod/shop'])('knows the outcome given the UID of %s', (key) => {
    expect(preview([shop, pp(EQUAL)], { uids: { [key]: 'u-0' } }).resources[0].outcomes).toHaveLength(1);
  });

  it('takes the UID from the object', () => {
    const known = { ...shop, metadata: { ...shop.metadata, uid: 'u-0' } };
    expect(preview([known, pp(EQUAL)]).resources[0].outcomes).toHaveLength(1);
  });
});

describe('rendering', () => {
  it('adds what Karmada adds, with placeholders for what is made up', () => {
    const existing = { ...shop, metadata: { ...shop.metadata, uid: 'u-1', generation: 2, finalizers: ['x'] } };
    const json = preview([existing, pp({ conflictResolution: 'Overwrite' })]);
    expect(json.resources[0].outcomes[0].rendered.member1[0].metadata).toEqual({
      name: 'shop',
      namespace: 'prod',
      labels: {
        app: 'shop',
        'karmada.io/managed': 'true',
        'propagationpolicy.karmada.io/permanent-id': '<uuid>',
        'resourcebinding.karmada.io/permanent-id': '<uuid>',
        'work.karmada.io/permanent-id': '<uuid>',
      },
      annotations: {
        'propagationpolicy.karmada.io/name': 'shop',
        'propagationpolicy.karmada.io/namespace': 'prod',
        'resourcebinding.karmada.io/name': 'shop-deployment',
        'resourcebinding.karmada.io/namespace': 'prod',
        'resourcetemplate.karmada.io/generation': '2',
        'resourcetemplate.karmada.io/managed-annotations':
          'propagationpolicy.karmada.io/name,propagationpolicy.karmada.io/namespace,resourcebinding.karmada.io/name,resourcebinding.karmada.io/namespace,resourcetemplate.karmada.io/generation,resourcetemplate.karmada.io/managed-annotations,resourcetemplate.karmada.io/managed-labels,resourcetemplate.karmada.io/uid,work.karmada.io/conflict-resolution,work.karmada.io/name,work.karmada.io/namespace',
        'resourcetemplate.karmada.io/managed-labels':
          'app,karmada.io/managed,propagationpolicy.karmada.io/permanent-id,resourcebinding.karmada.io/permanent-id,work.karmada.io/permanent-id',
        'resourcetemplate.karmada.io/uid': 'u-1',
        'work.karmada.io/conflict-resolution': 'overwrite',
        'work.karmada.io/name': 'shop-66cfb7c489',
        'work.karmada.io/namespace': 'karmada-es-member1',
      },
    });
  });

  it('applies the overrides of the whole Karmada before those of the namespace', () => {
    const add = (value: string) => ({ labelsOverrider: [{ operator: 'add', value: { from: value } }] });
    const rules = [
      op(add('namespace'), { clusterNames: ['member1'] }),
      op(add('karmada'), undefined, 'ClusterOverridePolicy'),
    ];
    const { rendered } = preview([shop, pp({}), ...rules]).resources[0].outcomes[0];
    expect([rendered.member1[0].metadata.labels.from, rendered.member2[0].metadata.labels.from]).toEqual([
      'namespace',
      'karmada',
    ]);
  });

  it('shows all, only what differs, or nothing', () => {
    const rule = op({ labelsOverrider: [{ operator: 'add', value: { a: 'b' } }] }, { clusterNames: ['member1'] });
    const shown = (render: PreviewRender) =>
      Object.keys(preview([shop, pp({}), rule], { render }).resources[0].outcomes[0].rendered);
    expect([shown(PreviewRender.ALL), shown(PreviewRender.CHANGED), shown(PreviewRender.NONE)]).toEqual([
      ['member1', 'member2'],
      ['member1'],
      [],
    ]);
  });

  it('sends a cluster nothing when an override fails for it, and says so', () => {
    const rule = op({ plaintext: [{ operator: 'remove', path: '/spec/none' }] }, { clusterNames: ['member2'] });
    const json = preview([shop, pp({}), rule]);
    expect(Object.keys(json.resources[0].outcomes[0].rendered)).toEqual(['member1']);
    expect(json.findings).toEqual([
      {
        code: 'MC073',
        level: 'warning',
        path: 'spec.overrideRules',
        message:
          'an override of Deployment/prod/shop fails for cluster "member2", which gets nothing: no such path: /spec/none',
        fix: 'change the override so that it fits the object',
      },
    ]);
  });
});

describe('other people', () => {
  it('lets their policies take part without an entry of their own', () => {
    const json = preview([shop], { existing: [pp({}, 'theirs', 'ClusterPropagationPolicy')] });
    expect(json.resources.map((entry: any) => entry.policy)).toEqual([
      { kind: 'ClusterPropagationPolicy', namespace: '', name: 'theirs' },
    ]);
  });

  it('prefers a policy of the namespace to one of the whole Karmada', () => {
    const json = preview([shop, pp({ priority: -5 })], {
      existing: [pp({ priority: 9 }, 'a', 'ClusterPropagationPolicy')],
    });
    expect(json.resources[0].policy.name).toBe('shop');
  });
});

describe('findings', () => {
  it('knows a misspelled cluster', () => {
    expect(
      preview([shop, pp({ placement: { clusterAffinity: { clusterNames: ['member1', 'membr2'] } } })]).findings,
    ).toEqual([
      {
        code: 'MC023',
        level: 'warning',
        path: 'spec.placement.clusterAffinity.clusterNames[1]',
        message: 'PropagationPolicy/prod/shop names cluster "membr2", which the fleet does not have',
        fix: 'did you mean "member2"?',
      },
    ]);
  });

  const codes = (json: any) => json.findings.map((finding: any) => finding.code);

  it.each([
    ['MC020', 'a fleet without clusters', [conf], { fleet: Fleet.fromManifests([]) }],
    ['MC026', 'a cluster that joins', [cluster('member3')], {}],
    ['MC040', 'a dependency that is not there', [shop, pp({ propagateDeps: true })], {}],
    ['MC042', 'a policy that matches nothing', [pp({})], {}],
    ['MC045', 'a lazy policy', [shop, pp({ activationPreference: 'Lazy' })], {}],
    [
      'MC050',
      'spread constraints beside fixed weights',
      [
        shop,
        pp({
          placement: {
            ...EQUAL.placement,
            spreadConstraints: [{ spreadByField: 'cluster', minGroups: 1, maxGroups: 1 }],
          },
        }),
      ],
      {},
    ],
  ])('%s: %s', (code, _, manifests, props) => {
    expect(codes(preview(manifests, props))).toEqual([code]);
  });

  it('MC047: override policies that the policy waits for', () => {
    const json = preview([shop, pp({ dependentOverrides: ['later'] })]);
    expect(json.findings[0].message).toBe('Deployment/prod/shop waits for override policies that are not there: later');
    expect(json.resources[0].policy).toBeNull();
  });
});

describe('what is not known', () => {
  it('includes what other Karmada kinds do', () => {
    const quota = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'FederatedResourceQuota',
      metadata: { name: 'q', namespace: 'prod' },
      spec: { overall: { cpu: '10' } },
    };
    const json = preview([quota]);
    expect([json.resources, json.unsupported]).toEqual([
      [],
      [
        {
          resource: {
            apiVersion: 'policy.karmada.io/v1alpha1',
            kind: 'FederatedResourceQuota',
            namespace: 'prod',
            name: 'q',
          },
          what: 'ResourceQuotas that a FederatedResourceQuota makes in member clusters',
        },
      ],
    ]);
  });

  it('is reported and not guessed', () => {
    const { replicas: _, ...spec } = shop.spec;
    const more = { spec };
    const clone = { ...shop, ...more, apiVersion: 'apps.kruise.io/v1alpha1', kind: 'CloneSet' };
    const policy = pp({ resourceSelectors: [{ apiVersion: 'apps.kruise.io/v1alpha1', kind: 'CloneSet' }] });
    const json = preview([clone, policy]);
    expect(json.unsupported).toEqual([
      {
        resource: { apiVersion: 'apps.kruise.io/v1alpha1', kind: 'CloneSet', namespace: 'prod', name: 'shop' },
        what: 'resource interpreter: Karmada cannot read CloneSet/prod/shop without spec.replicas, and leaves it alone',
      },
    ]);
    expect([json.resources[0].policy.name, json.resources[0].scheduled, json.resources[0].outcomes]).toEqual([
      'shop',
      null,
      [],
    ]);
  });
});

describe('verdicts', () => {
  it('tell a cluster without weight from one without luck', () => {
    const weights = { staticWeightList: [{ targetCluster: { clusterNames: ['member1'] }, weight: 1 }] };
    const strategy = { ...EQUAL.placement.replicaScheduling, weightPreference: weights };
    const reason = (scheduling: any, replicas: number) => {
      const one = { ...shop, spec: { ...shop.spec, replicas } };
      const manifests = [one, pp({ placement: { replicaScheduling: scheduling } })];
      const found = Preview.of({ manifests, fleet, uids: { 'Deployment/prod/shop': 'u-1' } });
      return found.verdicts('Deployment/prod/shop')[1].reason;
    };
    expect([reason(strategy, 3), reason(EQUAL.placement.replicaScheduling, 1)]).toEqual([
      'no weight names it',
      'no replica left for it',
    ]);
  });

  it('say for each cluster why it gets nothing', () => {
    const affinity = {
      clusterAffinity: { fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }] } },
    };
    const verdicts = Preview.of({ manifests: [shop, conf, pp({ placement: affinity })], fleet });
    expect([verdicts.verdicts('Deployment/prod/shop'), verdicts.verdicts('ConfigMap/prod/conf')]).toEqual([
      [
        {
          cluster: 'member1',
          placed: false,
          reason: 'cluster(s) did not match the placement cluster affinity constraint',
        },
        { cluster: 'member2', placed: true },
      ],
      [
        { cluster: 'member1', placed: false, reason: 'no policy selects it' },
        { cluster: 'member2', placed: false, reason: 'no policy selects it' },
      ],
    ]);
  });
});

describe('a rule that no recorded decision covers', () => {
  it('is named on the resource that rests on it', () => {
    const facts = {
      decision: { key: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prod', name: 'shop' } },
    } as unknown as RuleFacts;
    expect(unverifiedRules(facts, [{ rule: 'a new one', stage: 'pkg/new.go', applies: () => true }])).toEqual([
      {
        code: 'MC027',
        level: 'warning',
        path: 'spec',
        message: 'Deployment/prod/shop rests on a rule that is not verified against a real Karmada: a new one',
        fix: 'compare with pkg/new.go of Karmada v1.18.2, or with what Karmada does',
      },
    ]);
  });

  it('is none of those that the table counts', () => {
    expect(PREVIEW_RULES.map(({ rule }) => rule)).toEqual(Object.keys(VECTORS));
    expect(new Set(PREVIEW_RULES.map(({ rule }) => rule)).size).toBe(PREVIEW_RULES.length);
  });
});
