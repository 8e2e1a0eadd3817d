import { foreignParent, leaving, type Member, parentManifest, parentUnion } from '../../../cli/plan/apply-set';
import { planOnEmptyServers } from '../../../cli/plan/empty-servers';
import { hasChanges } from '../../../cli/plan/plan';
import { applySetId } from '../../../src/core/private/apply-set';
import { type ChartOfTest, inputOf } from '../apply/engine-input';

const shop: ChartOfTest = {
  plane: 'karmada',
  path: 'app/shop',
  objects: [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } },
    { apiVersion: 'policy.karmada.io/v1alpha1', kind: 'OverridePolicy', metadata: { name: 'web', namespace: 'shop' } },
  ],
};
const input = inputOf([shop]);
const [chart] = input.charts;
const member = (apiVersion: string, kind: string, namespace: string, name: string): Member => ({
  apiVersion,
  kind,
  namespace,
  name,
  path: `app/shop/${name}`,
  wave: 7,
});
const members = [
  member('apps/v1', 'Deployment', 'shop', 'web'),
  member('v1', 'ConfigMap', 'cdk8s-karmada', 'own'),
  member('v1', 'Namespace', '', 'shop'),
  member('v1', 'ConfigMap', 'back', 'a'),
];
const ANNOTATION = 'applyset.kubernetes.io/';
const record = (manifest: any) =>
  Object.fromEntries(
    Object.entries(manifest.metadata.annotations)
      .filter(([name]) => name.startsWith(ANNOTATION))
      .map(([name, value]) => [name.slice(ANNOTATION.length), value]),
  );

test('the ID is the one that kubectl computes', () => {
  expect(chart.parent.id).toBe(applySetId('east-app-shop-karmada', 'cdk8s-karmada'));
});

test('the parent lists kinds and namespaces, sorted, its own namespace left out, an empty list too', () => {
  expect(record(parentManifest(chart, members, '1.2.3'))).toEqual({
    tooling: 'cdk8s-karmada/1.2.3',
    'contains-group-kinds': 'ConfigMap,Deployment.apps,Namespace',
    'additional-namespaces': 'back,shop',
  });
  expect(record(parentManifest(chart, [], '1.2.3'))).toEqual({
    tooling: 'cdk8s-karmada/1.2.3',
    'contains-group-kinds': '',
    'additional-namespaces': '',
  });
  expect(parentManifest(chart, [], '1.2.3').data).toBeUndefined();
});

test('before a run it lists what either the old or the new one lists', () => {
  const annotations = {
    [`${ANNOTATION}contains-group-kinds`]: 'Job.batch',
    [`${ANNOTATION}additional-namespaces`]: 'old',
  };
  expect(record(parentUnion(parentManifest(chart, members, '1'), { metadata: { annotations } }))).toEqual({
    tooling: 'cdk8s-karmada/1',
    'contains-group-kinds': 'ConfigMap,Deployment.apps,Job.batch,Namespace',
    'additional-namespaces': 'back,old,shop',
  });
});

test('a parent of another tool, or with another ID, is not ours; another version of ours is', () => {
  const live = (tooling: string, id = chart.parent.id) => ({
    metadata: { annotations: { [`${ANNOTATION}tooling`]: tooling }, labels: { [`${ANNOTATION}id`]: id } },
  });
  expect(foreignParent(chart, live('cdk8s-karmada/0.1.0'))).toBeUndefined();
  expect(foreignParent(chart, { metadata: {} })).toBeUndefined();
  expect(foreignParent(chart, live('kubectl/v1.35.0'))).toBe(
    'ConfigMap/cdk8s-karmada/east-app-shop-karmada is the record of "kubectl/v1.35.0", not of cdk8s-karmada',
  );
  expect(foreignParent(chart, live('cdk8s-karmada/1', 'applyset-x-v1'))).toBe(
    'ConfigMap/cdk8s-karmada/east-app-shop-karmada has the ApplySet ID applyset-x-v1, which its name does not give',
  );
});

test('an object leaves the code when nothing of its group, kind, namespace and name is in it', () => {
  const newer = { ...members[0], apiVersion: 'apps/v2' };
  expect(leaving(members, [newer, members[2]]).map(({ name }) => name)).toEqual(['own', 'a']);
});

test('on empty servers everything is created, in the order in which it is sent, without an address', () => {
  const plan = planOnEmptyServers(input, []);
  expect(plan.planes).toEqual([{ plane: 'karmada' }]);
  expect(plan.objects.map(({ key, action, wave }) => [wave, action, key.kind])).toEqual([
    [7, 'create', 'Namespace'],
    [7, 'create', 'OverridePolicy'],
    [7, 'create', 'Deployment'],
  ]);
  expect(plan.sets).toEqual([
    {
      plane: 'karmada',
      chart: 'app/shop',
      instance: 'east',
      version: 'v1.18.2',
      key: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'cdk8s-karmada', name: 'east-app-shop-karmada' },
      id: chart.parent.id,
      action: 'create',
      recorded: 0,
    },
  ]);
  expect(plan.totals).toEqual({
    create: 3,
    update: 0,
    replace: 0,
    unchanged: 0,
    conflict: 0,
    refused: 0,
    records: 1,
    issue: 0,
    prune: 0,
    withdraw: 0,
    keep: 0,
  });
  expect(hasChanges(plan)).toBe(true);
});
