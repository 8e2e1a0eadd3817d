import { objectsOf } from '../../../cli/plan/chart-input';
import { ordered } from '../../../cli/plan/order';
import { keyText } from '../../../src/core/object-key';
import { type ChartOfTest, inputOf } from '../apply/engine-input';

const object = (apiVersion: string, kind: string, name: string, more: any = {}) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  ...more,
});
const order = (...charts: ChartOfTest[]) => ordered(objectsOf(inputOf(charts).charts));
const story = (...charts: ChartOfTest[]) =>
  order(...charts).map(({ object: { plane, key }, wave }) => `${wave} ${plane} ${keyText(key)}`);
const shop = (...objects: any[]): ChartOfTest => ({ plane: 'karmada', path: 'app/shop', objects });

test('waves go over both servers; in wave 7 what decides over templates comes before them', () => {
  const host: ChartOfTest = {
    plane: 'host',
    path: 'app/east',
    objects: [
      object('apps/v1', 'Deployment', 'karmada-scheduler', { $wave: 6 }),
      object('v1', 'Service', 'etcd', { $wave: 0 }),
      object('v1', 'ServiceAccount', 'etcd', { $wave: 0, $id: 'account' }),
      object('apps/v1', 'StatefulSet', 'etcd', { $wave: 2 }),
    ],
  };
  const bundle: ChartOfTest = {
    plane: 'karmada',
    path: 'app/east/karmada',
    objects: [object('apiregistration.k8s.io/v1', 'APIService', 'v1alpha1.cluster.karmada.io', { $wave: 5, spec: {} })],
  };
  const kinds: [string, string][] = [
    ['apps.karmada.io/v1alpha1', 'WorkloadRebalancer'],
    ['networking.karmada.io/v1alpha1', 'MultiClusterService'],
    ['apps/v1', 'Deployment'],
    ['v1', 'ConfigMap'],
    ['policy.karmada.io/v1alpha1', 'PropagationPolicy'],
    ['policy.karmada.io/v1alpha1', 'OverridePolicy'],
    ['cluster.karmada.io/v1alpha1', 'Cluster'],
    ['config.karmada.io/v1alpha1', 'ResourceInterpreterCustomization'],
    ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['v1', 'Namespace'],
  ];
  const users = shop(...kinds.map(([apiVersion, kind]) => object(apiVersion, kind, 'x', { $id: kind })));
  expect(story(users, bundle, host)).toEqual([
    '0 host Namespace/karmada-system',
    '0 host ServiceAccount/shop/etcd',
    '0 host Service/shop/etcd',
    '2 host StatefulSet/shop/etcd',
    '5 karmada Namespace/cdk8s-karmada',
    '5 karmada APIService/shop/v1alpha1.cluster.karmada.io',
    '6 host Deployment/shop/karmada-scheduler',
    '7 karmada Namespace/shop/x',
    '7 karmada CustomResourceDefinition/shop/x',
    '7 karmada ValidatingWebhookConfiguration/shop/x',
    '7 karmada ResourceInterpreterCustomization/shop/x',
    '7 karmada Cluster/shop/x',
    '7 karmada OverridePolicy/shop/x',
    '7 karmada PropagationPolicy/shop/x',
    '7 karmada ConfigMap/shop/x',
    '7 karmada Deployment/shop/x',
    '7 karmada MultiClusterService/shop/x',
    '7 karmada WorkloadRebalancer/shop/x',
  ]);
});

test('the namespace of the record has a turn of its own, before other namespaces: the record is written first', () => {
  const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  const onHost: ChartOfTest = { plane: 'host', path: 'app/east', objects: [{ ...namespace('other'), $wave: 0 }] };
  const turns = order(shop(namespace('shop'), namespace('stage')), onHost).map(
    ({ object: { key }, wave, rank, depth }) => `${wave} ${rank} ${depth} ${key.name}`,
  );
  expect(turns).toEqual(['0 0 -1 karmada-system', '0 0 0 other', '7 0 -1 cdk8s-karmada', '7 0 0 shop', '7 0 0 stage']);
});

test('a dependency in the code holds an object back; equals keep the order of the input', () => {
  const needs = (kind: string, name: string) => ({ $dependsOn: `apps/namespaces/shop/${kind}/${name}` });
  const chart = shop(
    object('v1', 'ConfigMap', 'c', needs('Deployment', 'b')),
    object('apps/v1', 'Deployment', 'b', needs('Deployment', 'z')),
    object('apps/v1', 'Deployment', 'a'),
    object('apps/v1', 'Deployment', 'z', { $dependsOn: '/namespaces/elsewhere/ConfigMap/not-in-the-input' }),
  );
  expect(story(chart).slice(1)).toEqual([
    '7 karmada Deployment/shop/a',
    '7 karmada Deployment/shop/z',
    '7 karmada Deployment/shop/b',
    '7 karmada ConfigMap/shop/c',
  ]);
});

test('a template needs its namespace, its definition and the policies that select it', () => {
  const policy = (kind: string, selectors: any[]) =>
    object('policy.karmada.io/v1alpha1', kind, 'p', { $id: kind, spec: { resourceSelectors: selectors } });
  const chart = shop(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.io' },
      spec: { group: 'example.io', names: { kind: 'Widget' } },
    },
    policy('PropagationPolicy', [{ apiVersion: 'example.io/v1', kind: 'Widget', name: 'w' }]),
    policy('OverridePolicy', [{ apiVersion: 'example.io/v1', kind: 'Widget' }]),
    policy('ClusterPropagationPolicy', [{ apiVersion: 'apps/v1', kind: 'Deployment' }]),
    object('example.io/v1', 'Widget', 'w'),
  );
  const widget = order(chart).find((each) => each.object.key.kind === 'Widget');
  expect(widget?.needs.map(({ key }) => key.kind)).toEqual([
    'Namespace',
    'CustomResourceDefinition',
    'PropagationPolicy',
    'OverridePolicy',
  ]);
});

test('an override that names nothing is for everything in its namespace, one that names others for nothing else', () => {
  const policy = (name: string, spec: any) =>
    object('policy.karmada.io/v1alpha1', 'OverridePolicy', name, { $id: name, spec });
  const chart = shop(
    policy('all', {}),
    policy('others', { resourceSelectors: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'other' }] }),
    object('v1', 'ConfigMap', 'settings'),
    object('v1', 'ConfigMap', 'far', { metadata: { name: 'far', namespace: 'away' } }),
  );
  const needs = new Map(order(chart).map((each) => [each.object.key.name, each.needs.map(({ key }) => key.name)]));
  expect(needs).toEqual(
    new Map([
      ['cdk8s-karmada', []],
      ['all', []],
      ['others', []],
      ['settings', ['all']],
      ['far', []],
    ]),
  );
});

test('a circle of dependencies, and a reference that names nothing, are errors', () => {
  const needs = (name: string) => ({ $dependsOn: `/namespaces/shop/ConfigMap/${name}` });
  const chart = shop(
    object('v1', 'ConfigMap', 'b', needs('c')),
    object('v1', 'ConfigMap', 'a', needs('b')),
    object('v1', 'ConfigMap', 'c', needs('a')),
    object('v1', 'ConfigMap', 'd', { $dependsOn: 'ConfigMap' }),
  );
  expect(() => order(chart)).toThrow(
    expect.objectContaining({
      exitCode: 3,
      message: [
        '"ConfigMap" does not name an object',
        '  at annotation config.kubernetes.io/depends-on of ConfigMap/shop/d (dist/app.k8s.yaml, document 6)',
        '  fix: write group/kind/name, or group/namespaces/<namespace>/kind/name; nothing before the first / for the core group',
        'objects depend on each other in a circle (config.kubernetes.io/depends-on):',
        '    app/shop/a (ConfigMap/shop/a, dist/app.k8s.yaml, document 4)',
        '    -> app/shop/b (ConfigMap/shop/b, dist/app.k8s.yaml, document 3)',
        '    -> app/shop/c (ConfigMap/shop/c, dist/app.k8s.yaml, document 5)',
        '    -> app/shop/a (ConfigMap/shop/a, dist/app.k8s.yaml, document 4)',
        '  fix: take one of these dependencies out of the code',
      ].join('\n'),
    }),
  );
});
