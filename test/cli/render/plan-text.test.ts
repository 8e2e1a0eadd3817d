import { type Plan, type PlannedObject, type PlannedPrune, type PlannedSet, totalsOf } from '../../../cli/plan/plan';
import { paint } from '../../../cli/render/paint';
import { planText } from '../../../cli/render/plan-text';

const OBJECT: PlannedObject = {
  plane: 'karmada',
  chart: 'shop',
  key: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'cart' },
  action: 'create',
  wave: 7,
  path: 'shop/Cart/Deployment',
  source: { file: 'dist/shop.k8s.yaml', document: 3 },
  changes: [],
  conflicts: [],
  notes: [],
};

function planOf(objects: PlannedObject[], rest: Partial<Plan> = {}): Plan {
  const {
    sets = [],
    prunes = [],
    issues = [],
    planes = [{ plane: 'karmada', name: 'context "fleet"', url: 'https://karmada:5443' }],
  } = rest;
  return { planes, sets, objects, prunes, issues, notes: [], ...rest, totals: totalsOf(objects, issues, sets, prunes) };
}

const text = (plan: Plan) => planText(plan, 'east', paint(false));

test('totals stand first and last, and what needs a decision above the rest', () => {
  const plan = planOf(
    [
      OBJECT,
      {
        ...OBJECT,
        key: { apiVersion: 'policy.karmada.io/v1alpha1', kind: 'PropagationPolicy', namespace: 'shop', name: 'cart' },
        path: 'shop/Cart/Policy',
        action: 'update',
        changes: [
          { path: 'metadata.labels.tier', kind: 'add', to: 'gold' },
          { path: 'spec.placement.clusterAffinity.clusterNames', kind: 'change', from: ['a'], to: ['a', 'b'] },
          { path: 'spec.priority', kind: 'remove', from: 3 },
        ],
      },
      {
        ...OBJECT,
        key: { ...OBJECT.key, name: 'web' },
        path: 'shop/Web/Deployment',
        action: 'conflict',
        conflicts: [{ path: 'spec.replicas', manager: 'kube-controller-manager' }],
      },
      {
        ...OBJECT,
        key: { ...OBJECT.key, kind: 'Widget', name: 'w' },
        path: 'shop/Widget',
        action: 'refused',
        refusal: { reason: 'unknown-kind', message: 'the server has no kind Widget' },
      },
      { ...OBJECT, key: { ...OBJECT.key, name: 'same' }, action: 'unchanged' },
    ],
    { notes: ['karmada: v1 Endpoints is deprecated'] },
  );
  expect(text(plan)).toBe(`Plan for instance "east"

  karmada  context "fleet"   https://karmada:5443

  + 1 create   ~ 1 update   ! 1 conflict   ✗ 1 refused   = 1 unchanged

Needs a decision: apply writes nothing
  ! conflict  karmada: Deployment/shop/web                              shop/Web/Deployment
      spec.replicas is set to something else by "kube-controller-manager"
      fix: leave these fields out of the code, or have the other manager let go of them
  ✗ refused   karmada: Widget/shop/w                                    shop/Widget
      the server has no kind Widget
      fix: correct the object (dist/shop.k8s.yaml, document 3)

karmada
  + create  Deployment/shop/cart                                      shop/Cart/Deployment
  ~ update  PropagationPolicy/shop/cart                               shop/Cart/Policy
      metadata.labels.tier  + "gold"
      spec.placement.clusterAffinity.clusterNames  ["a"] → ["a","b"]
      spec.priority  - 3

Notes
  karmada: v1 Endpoints is deprecated

+ 1 create   ~ 1 update   ! 1 conflict   ✗ 1 refused   = 1 unchanged
`);
});

test('keys and certificates are shown by what they are for, and what is kept is not', () => {
  const key = { apiVersion: 'v1', kind: 'Secret', namespace: 'karmada-system', name: 'karmada-ca' };
  const plan = planOf([], {
    planes: [
      { plane: 'host', name: 'context "prod"', url: 'https://10.0.0.1', version: 'v1.35.4' },
      { plane: 'karmada', unopened: 'opened after wave 4, with the credentials issued in this run' },
    ],
    issues: [
      { key, action: 'issue', what: 'authority "karmada", 3650 days' },
      { key: { ...key, name: 'karmada-cert' }, action: 'renew', what: 'certificate "system:admin", 365 days' },
      { key: { ...key, name: 'kept' }, action: 'keep', what: 'certificate "kept", 365 days' },
    ],
  });
  expect(text(plan)).toBe(`Plan for instance "east"

  host     context "prod"   https://10.0.0.1   v1.35.4
  karmada  opened after wave 4, with the credentials issued in this run

  * 2 issue

Keys and certificates (made while applying, kept on the host only)
  * issue   Secret/karmada-system/karmada-ca
      authority "karmada", 3650 days
  * renew   Secret/karmada-system/karmada-cert
      certificate "system:admin", 365 days

* 2 issue
`);
});

test('of a Secret only the names of fields are shown', () => {
  const secret: PlannedObject = {
    ...OBJECT,
    key: { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'db' },
    action: 'update',
    changes: [{ path: 'data.password', kind: 'change', masked: true }],
  };
  expect(text(planOf([secret]))).toContain('\n      data.password  (change, value not shown)\n');
});

describe('what the code no longer names', () => {
  const SET: PlannedSet = {
    plane: 'karmada',
    chart: 'shop',
    instance: 'east',
    version: 'v1.18.2',
    key: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'cdk8s-karmada', name: 'east-shop-karmada' },
    id: 'applyset-x-v1',
    action: 'update',
    recorded: 40,
  };
  const PRUNE: PlannedPrune = {
    plane: 'karmada',
    chart: 'shop',
    key: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'old-flags' },
    action: 'prune',
    path: 'shop/Legacy/Flags',
    reason: 'dropped from synth at construct shop/Legacy/Flags',
    notes: [],
  };
  const same: PlannedObject = { ...OBJECT, action: 'unchanged' };

  test('is said to be deleted, or kept and why, above the rest', () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'old' };
    const prunes: PlannedPrune[] = [
      { ...PRUNE, notes: ['its copies stay on the member clusters'] },
      {
        ...PRUNE,
        key: namespace,
        action: 'keep',
        why: 'with a Namespace everything in it is deleted',
        allow: 'Namespace/old',
      },
      { ...PRUNE, key: { ...PRUNE.key, name: 'kept' }, action: 'keep', why: 'it belongs to Widget/gear' },
    ];
    expect(text(planOf([same], { sets: [SET], prunes }))).toBe(`Plan for instance "east"

  karmada  context "fleet"   https://karmada:5443

  + 1 record   - 1 prune   . 2 kept   = 1 unchanged

No longer in the code (deleted when all else is done)
  - prune  karmada: ConfigMap/shop/old-flags                         dropped from synth at construct shop/Legacy/Flags
      its copies stay on the member clusters

No longer in the code, and kept
  . keep   karmada: Namespace/old                                    dropped from synth at construct shop/Legacy/Flags
      with a Namespace everything in it is deleted; it goes with --allow-prune Namespace/old
  . keep   karmada: ConfigMap/shop/kept                              dropped from synth at construct shop/Legacy/Flags
      it belongs to Widget/gear

karmada
  ~ update  ConfigMap/cdk8s-karmada/east-shop-karmada                 record of shop

+ 1 record   - 1 prune   . 2 kept   = 1 unchanged
`);
  });

  test('is counted where it is much', () => {
    const prunes = Array.from({ length: 32 }, (_, i) => ({ ...PRUNE, key: { ...PRUNE.key, name: `old-${i}` } }));
    const lines = text(planOf([same], { sets: [SET], prunes })).split('\n');
    expect(lines.slice(6, 9)).toEqual([
      'No longer in the code (deleted when all else is done)',
      '  32 of 40 recorded objects would be deleted: apply asks for the number, or takes --allow-prune 32',
      '  - prune  karmada: ConfigMap/shop/old-0                             dropped from synth at construct shop/Legacy/Flags',
    ]);
    expect(lines[38]).toBe('  and 2 more; -o json lists them');
  });
});

test('a plan without changes says so', () => {
  expect(text(planOf([]))).toBe(`Plan for instance "east"

  karmada  context "fleet"   https://karmada:5443

  nothing to do

nothing to do
`);
});

test('many new objects of one kind in a row are one line, with their number', () => {
  const objects = Array.from({ length: 9 }, (_, i) => ({ ...OBJECT, key: { ...OBJECT.key, name: `cart-${i}` } }));
  const lines = (plan: Plan) =>
    text(plan)
      .split('\n')
      .filter((line) => line.startsWith('  + create  '));
  expect(lines(planOf(objects))).toEqual([
    '  + create  9 of kind Deployment                                      cart-0 to cart-8; -o json lists them',
  ]);
  expect(lines(planOf(objects.slice(1)))).toHaveLength(8);
});

test('a server that was not asked is said to be taken for empty', () => {
  expect(text(planOf([], { planes: [{ plane: 'host' }] }))).toContain(
    '  host     taken for empty; nothing was asked\n',
  );
});

test('control characters of what a server says do not reach the terminal', () => {
  const refused: PlannedObject = {
    ...OBJECT,
    action: 'refused',
    refusal: { reason: 'invalid', message: 'bad \u001b[2J value' },
  };
  expect(text(planOf([refused]))).toContain('      bad \\u001b[2J value\n');
});

test('what would be said of many objects is said once', () => {
  const note = 'not checked: its namespace is created in this plan';
  const objects = ['a', 'b', 'c', 'd'].map((name) => ({ ...OBJECT, key: { ...OBJECT.key, name }, notes: [note] }));
  expect(text(planOf(objects))).toBe(`Plan for instance "east"

  karmada  context "fleet"   https://karmada:5443

  + 4 create

karmada
  + create  Deployment/shop/a                                         shop/Cart/Deployment
  + create  Deployment/shop/b                                         shop/Cart/Deployment
  + create  Deployment/shop/c                                         shop/Cart/Deployment
  + create  Deployment/shop/d                                         shop/Cart/Deployment
    of 4 objects: ${note}

+ 4 create
`);
});
