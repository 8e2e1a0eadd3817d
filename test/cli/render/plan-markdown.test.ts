import { type Plan, type PlannedObject, totalsOf } from '../../../cli/plan/plan';
import { planMarkdown } from '../../../cli/render/plan-markdown';

const object = (name: string, more: Partial<PlannedObject> = {}): PlannedObject => ({
  plane: 'karmada',
  chart: 'shop',
  key: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name },
  action: 'create',
  wave: 7,
  path: `shop/${name}`,
  source: { file: 'dist/shop.k8s.yaml', document: 3 },
  changes: [],
  conflicts: [],
  notes: [],
  ...more,
});

function planOf(objects: PlannedObject[], more: Partial<Plan> = {}): Plan {
  const planes = [{ plane: 'karmada' as const, name: 'context "fleet"', url: 'https://karmada:5443' }];
  return {
    planes,
    sets: [],
    prunes: [],
    issues: [],
    notes: [],
    objects,
    totals: totalsOf(objects, [], [], []),
    ...more,
  };
}

test('what needs a decision is open and first, the rest is folded', () => {
  const conflicts = [
    { path: 'spec.replicas', manager: 'hpa', subresource: 'scale', live: 7, time: '2026-11-21T10:00:00Z' },
  ];
  const changes = [
    { path: 'data.a', kind: 'change' as const, from: '1', to: '2' },
    { path: 'data.b', kind: 'change' as const, masked: true as const },
  ];
  const lacking = [{ plane: 'karmada' as const, group: '', resource: 'secrets', namespace: 'shop', verb: 'patch' }];
  const plan = planOf(
    [
      object('new'),
      object('changed', { action: 'update', changes }),
      object('taken', { action: 'conflict', conflicts }),
    ],
    { lacking },
  );
  expect(planMarkdown(plan, 'east')).toBe(`<!-- cdk8s-karmada plan -->

### Plan for east

**1 create, 1 update, 1 conflict**

karmada: context "fleet", https://karmada:5443

#### These credentials may not

- karmada: patch secrets in shop

#### Needs a decision: apply writes nothing

- **conflict** <code>karmada: ConfigMap/shop/taken</code>, shop/taken (dist/shop.k8s.yaml, document 3)
  - spec.replicas is set to 7 by "hpa" through scale, 2026-11-21T10:00:00Z

<details><summary>karmada (2)</summary>

|  | object | what | construct |
| --- | --- | --- | --- |
| + | <code>ConfigMap/shop/new</code> |  | shop/new |
| ~ | <code>ConfigMap/shop/changed</code> | <code>data.a</code> <code>"1"</code> → <code>"2"</code><br><code>data.b</code> (change, value not shown) | shop/changed |

</details>
`);
});

test('names of others are no markup, and call nobody', () => {
  const plan = planOf([object('x', { notes: ['see @everyone <b>now</b> | or'] })]);
  const text = planMarkdown(plan, 'east');
  expect(text).not.toMatch(/@everyone|<b>now/);
});

test('a comment is never too long', () => {
  const many = Array.from({ length: 5000 }, (_, i) => object(`name-${i}`));
  const text = planMarkdown(planOf(many), 'east');
  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(
    /Left out, since a comment holds no more: \d+ of 5000 objects on karmada\. `cdk8s-karmada plan -o json` has all of it\.\n$/,
  );
});
