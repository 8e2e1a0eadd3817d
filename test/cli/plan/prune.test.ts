import type { Member } from '../../../cli/plan/apply-set';
import { type Plan, type PlannedObject, type PlannedPrune, type PlannedSet, totalsOf } from '../../../cli/plan/plan';
import { type Departure, isPolicyFor, judge, massPrune, pruneTurns } from '../../../cli/plan/prune';

const member = (
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  rest: Partial<Member> = {},
): Member => ({
  apiVersion,
  kind,
  namespace,
  name,
  uid: 'u',
  path: `app/shop/${name}`,
  wave: 7,
  ...rest,
});
const ID = 'applyset-ours-v1';
const LABEL = 'applyset.kubernetes.io/part-of';
const ours = [{ manager: 'cdk8s-karmada', operation: 'Apply', fieldsV1: { 'f:data': {} } }];
const live = (metadata: any = {}, rest: any = {}) => ({
  metadata: {
    uid: 'u',
    managedFields: ours,
    ...metadata,
    labels: { [LABEL]: ID, ...metadata.labels },
  },
  ...rest,
});
const DEPARTURE: Departure = {
  id: ID,
  siblings: new Set([ID, 'applyset-sibling-v1']),
  uids: new Set(),
  wanted: [],
  allowed: [],
  prune: true,
};
const web = member('apps/v1', 'Deployment', 'shop', 'web');
const judged = (object: any, departure: Partial<Departure> = {}, who = web) =>
  judge(who, object, { ...DEPARTURE, ...departure });

test('what an apply made and the code no longer names is pruned', () => {
  expect(judged(live())).toEqual({ action: 'prune' });
  expect(judged(live(), { prune: false })).toEqual({
    action: 'keep',
    why: 'nothing is deleted in this run (--no-prune)',
  });
});

describe('it is let go, and not deleted,', () => {
  test('when another chart of the input has it', () => {
    expect(judged(live({ labels: { [LABEL]: 'applyset-sibling-v1' } }))).toEqual({ action: 'release' });
  });

  test('when it went to another set', () => {
    expect(judged(live({ labels: { [LABEL]: 'applyset-x-v1' } }))).toEqual({
      action: 'release',
      why: 'it is in the set applyset-x-v1 now: it is let go, and not deleted',
    });
  });

  test('when somebody took the label away', () => {
    const object = live();
    delete object.metadata.labels[LABEL];
    expect(judged(object)).toEqual({
      action: 'release',
      why: `somebody took its label ${LABEL} away: it is let go, and not deleted`,
    });
    // the record of a run that ended between an object and its label has no UID
    const { uid: _, ...unfinished } = web;
    expect(judged(object, {}, unfinished)).toEqual({ action: 'prune' });
  });

  test('when the code names the same object in another API group', () => {
    expect(judged(live(), { uids: new Set(['u']) })).toEqual({ action: 'release' });
  });
});

test('a cluster that others joined is theirs: only what the code had set goes', () => {
  const joined = member('cluster.karmada.io/v1alpha1', 'Cluster', '', 'member1', { joined: true });
  expect(judged(live(), {}, joined)).toEqual({ action: 'withdraw' });
  expect(judged(live(), { prune: false }, joined)).toMatchObject({ action: 'keep' });
});

describe('it is kept', () => {
  test.each<[string, any, string]>([
    ['with an owner', { ownerReferences: [{ kind: 'Widget', name: 'gear' }] }, 'it belongs to Widget/gear'],
    [
      'when Karmada made it here as on a member',
      { labels: { 'karmada.io/managed': 'true' } },
      'Karmada made it on this cluster as a member (karmada.io/managed)',
    ],
    [
      'when Karmada made it here, by its annotations',
      { annotations: { 'work.karmada.io/name': 'web-1' } },
      'Karmada made it on this cluster as a member (work.karmada.io/name)',
    ],
    [
      'when it is protected',
      { labels: { 'resourcetemplate.karmada.io/deletion-protected': 'Always' } },
      'it is protected: take the label resourcetemplate.karmada.io/deletion-protected away in the code, apply, and then leave it out',
    ],
    ...[
      ['helm.sh/resource-policy', 'keep'],
      ['kustomize.toolkit.fluxcd.io/prune', 'disabled'],
      ['argocd.argoproj.io/sync-options', 'Validate=false, Prune=false'],
      ['argocd.argoproj.io/sync-options', 'Delete=false'],
      ['argocd.argoproj.io/sync-options', 'Prune=confirm'],
      ['kapp.k14s.io/delete-strategy', 'orphan'],
      ['client.lifecycle.config.k8s.io/deletion', 'detach'],
      ['cli-utils.sigs.k8s.io/on-remove', 'keep'],
      ['pulumi.com/retainOnDelete', 'true'],
    ].map(
      ([name, value]) =>
        [`with ${name}: ${value}`, { annotations: { [name]: value } }, `it has the annotation ${name}: ${value}`] as [
          string,
          any,
          string,
        ],
    ),
  ])('%s, whatever is allowed', (_, metadata, why) => {
    expect(judged(live(metadata), { allowed: ['Deployment', 'Deployment/shop/web'] })).toEqual({ action: 'keep', why });
  });

  test.each<[string, Member, any, string, string]>([
    [
      'a namespace',
      member('v1', 'Namespace', '', 'shop'),
      {},
      'with a Namespace everything in it is deleted',
      'Namespace/shop',
    ],
    [
      'a definition',
      member('apiextensions.k8s.io/v1', 'CustomResourceDefinition', '', 'widgets.example.io'),
      {},
      'with a definition all objects of its kind are deleted',
      'CustomResourceDefinition/widgets.example.io',
    ],
    [
      'a claim',
      member('v1', 'PersistentVolumeClaim', 'shop', 'db'),
      {},
      'it holds data',
      'PersistentVolumeClaim/shop/db',
    ],
    [
      'a member cluster',
      member('cluster.karmada.io/v1alpha1', 'Cluster', '', 'member1'),
      {},
      'with a Cluster what Karmada runs there is removed from it',
      'Cluster/member1',
    ],
    [
      'what others apply, too',
      web,
      { managedFields: [...ours, { manager: 'argocd', operation: 'Apply', fieldsV1: { 'f:spec': {} } }] },
      '"argocd" applies it, too',
      'Deployment/shop/web',
    ],
    [
      'what kubectl applied before',
      web,
      {
        managedFields: [
          ...ours,
          { manager: 'kubectl-client-side-apply', operation: 'Update', fieldsV1: { 'f:spec': {} } },
        ],
      },
      '"kubectl-client-side-apply" applies it, too',
      'Deployment/shop/web',
    ],
    [
      'what an operator copied the label to',
      web,
      { managedFields: [{ manager: 'operator', operation: 'Update', fieldsV1: {} }] },
      'it was made by "operator", and only has the label of this chart',
      'Deployment/shop/web',
    ],
  ])('%s, unless a person names it', (_, who, metadata, why, allow) => {
    const object = live(metadata, { spec: { group: 'example.io', names: { kind: 'Widget' } } });
    expect(judged(object, {}, who)).toEqual({ action: 'keep', why, allow });
    expect(judged(object, { allowed: [allow] }, who)).toEqual({ action: 'prune' });
    expect(judged(object, { allowed: [who.kind] }, who)).toEqual({ action: 'prune' });
    expect(judged(object, { allowed: ['Namespace/other'] }, who)).toMatchObject({ action: 'keep' });
  });

  test('a namespace or a definition that the code still needs, whatever is allowed', () => {
    const allowed = ['Namespace', 'CustomResourceDefinition'];
    const gear = { apiVersion: 'example.io/v1', kind: 'Widget', namespace: 'shop', name: 'gear' };
    const why = 'the code has Widget/shop/gear in it';
    expect(judged(live(), { allowed, wanted: [gear] }, member('v1', 'Namespace', '', 'shop'))).toEqual({
      action: 'keep',
      why,
    });
    const definition = live({}, { spec: { group: 'example.io', names: { kind: 'Widget' } } });
    const widgets = member('apiextensions.k8s.io/v1', 'CustomResourceDefinition', '', 'widgets.example.io');
    expect(judged(definition, { allowed, wanted: [gear] }, widgets)).toEqual({ action: 'keep', why });
  });

  test('not because a controller filled in a field', () => {
    const filled = [...ours, { manager: 'kube-controller-manager', operation: 'Update', fieldsV1: { 'f:spec': {} } }];
    expect(judged(live({ managedFields: filled }))).toEqual({ action: 'prune' });
  });
});

test('templates go before policies, dependents first, definitions late, namespaces last', () => {
  const policy = member('policy.karmada.io/v1alpha1', 'PropagationPolicy', 'shop', 'web');
  const members = [
    member('v1', 'Namespace', '', 'shop'),
    member('apiextensions.k8s.io/v1', 'CustomResourceDefinition', '', 'widgets.example.io'),
    member('policy.karmada.io/v1alpha1', 'OverridePolicy', 'shop', 'web'),
    policy,
    member('v1', 'ConfigMap', 'shop', 'flags'),
    member('v1', 'ConfigMap', 'shop', 'waits', { dependsOn: 'apps/namespaces/shop/Deployment/db' }),
    member('example.io/v1', 'Widget', 'shop', 'gear'),
    member('apps/v1', 'Deployment', 'shop', 'db'),
    member('apps/v1', 'Deployment', 'shop', 'api', { dependsOn: 'apps/namespaces/shop/Deployment/db' }),
    member('autoscaling.karmada.io/v1alpha1', 'FederatedHPA', 'shop', 'web'),
  ];
  const turns = pruneTurns(members);
  const stages = [...new Set(turns.values())].sort();
  expect(
    stages.map((stage) =>
      members.filter((each) => turns.get(each) === stage).map((each) => `${each.kind}/${each.name}`),
    ),
  ).toEqual([
    ['FederatedHPA/web'],
    ['Widget/gear', 'Deployment/api'],
    ['ConfigMap/flags', 'ConfigMap/waits'],
    ['Deployment/db'],
    ['PropagationPolicy/web'],
    ['OverridePolicy/web'],
    ['CustomResourceDefinition/widgets.example.io'],
    ['Namespace/shop'],
  ]);
});

test('later waves of a host go first, and a circle of dependencies ends', () => {
  const members = [
    member('apps/v1', 'Deployment', 'k', 'early', { wave: 2 }),
    member('apps/v1', 'Deployment', 'k', 'late', { wave: 5 }),
    member('v1', 'Service', 'k', 'a', { wave: 2, dependsOn: '/namespaces/k/Service/b' }),
    member('v1', 'Service', 'k', 'b', { wave: 2, dependsOn: '/namespaces/k/Service/a' }),
  ];
  const turns = pruneTurns(members);
  const order = [...members].sort((a, b) => ((turns.get(a) as string) < (turns.get(b) as string) ? -1 : 1));
  expect(order.slice(0, 2).map(({ name }) => name)).toEqual(['late', 'early']);
  expect(turns.size).toBe(4);
});

describe('how many deletions need their number said', () => {
  const set = (chart: string, recorded: number) =>
    ({ plane: 'karmada', chart, recorded, key: { namespace: 'cdk8s-karmada' } }) as PlannedSet;
  const object = (chart: string, kind = 'ConfigMap', name = 'x') => ({ chart, key: { kind, name } }) as PlannedObject;
  const planOf = (prune: number, recorded: number, objects = [object('shop')]) => {
    const prunes = Array.from({ length: prune }, () => ({ action: 'prune', chart: 'shop' }) as PlannedPrune);
    const sets = [set('shop', recorded)];
    return { prunes, sets, objects, totals: totalsOf(objects, [], sets, prunes) } as unknown as Plan;
  };

  test.each([
    [0, 100, false],
    [10, 100, false],
    [11, 100, true],
    [3, 6, false],
    [4, 20, false],
    [4, 19, true],
  ])('%s of %s', (prune, recorded, needed) => {
    expect(massPrune(planOf(prune, recorded))).toEqual(needed ? { of: recorded, all: false } : undefined);
  });

  test('all of a chart, also where it is one', () => {
    const home = object('shop', 'Namespace', 'cdk8s-karmada');
    expect(massPrune(planOf(1, 1, [home]))).toEqual({ of: 1, all: true });
    expect(massPrune(planOf(1, 1, [home, object('other')]))).toEqual({ of: 1, all: true });
    expect(massPrune(planOf(0, 0, []))).toBeUndefined();
  });
});

test('which policies are for a template', () => {
  const policy = (kind: string, resourceSelectors?: any[], namespace = 'shop') =>
    isPolicyFor(
      { apiVersion: 'policy.karmada.io/v1alpha1', kind, namespace, name: 'web' },
      { spec: resourceSelectors && { resourceSelectors } },
      web,
    );
  const selector = { apiVersion: 'apps/v1', kind: 'Deployment' };
  expect(policy('PropagationPolicy', [{ ...selector, name: 'web' }])).toBe(true);
  expect(policy('PropagationPolicy', [{ ...selector, name: 'other' }, selector])).toBe(true);
  expect(policy('ClusterOverridePolicy', undefined, '')).toBe(true);
  expect(policy('PropagationPolicy', [{ ...selector, name: 'other' }])).toBe(false);
  expect(policy('PropagationPolicy', [{ ...selector, kind: 'StatefulSet' }])).toBe(false);
  expect(policy('OverridePolicy', [selector], 'other')).toBe(false);
  expect(policy('ClusterPropagationPolicy', [{ ...selector, namespace: 'other' }], '')).toBe(false);
  expect(isPolicyFor({ ...web }, {}, web)).toBe(false);
});
