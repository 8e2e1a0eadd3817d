import { ApiObject } from 'cdk8s';
import * as plus28 from 'cdk8s-plus-28';
import * as plus34 from 'cdk8s-plus-34';
import { ClusterSelector } from '../../src/core/cluster-selector';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { ResourceSelector } from '../../src/core/resource-selector';
import { MemberCluster } from '../../src/member/member-cluster';
import { Placement } from '../../src/policy/placement';
import { PropagationPolicy } from '../../src/policy/propagation-policy';
import { aChart, anInstance, bare, messageOf, objects } from '../core/fake-instance';

function settings(chart: MulticloudChart): ApiObject {
  return new ApiObject(chart, 'Settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
}

test('minimal', () => {
  const chart = aChart();
  new PropagationPolicy(chart, 'Everywhere', { name: 'settings', resources: [ResourceSelector.of(settings(chart))] });

  expect(objects(chart)[1]).toStrictEqual({
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: {
      annotations: { 'cdk8s-karmada.io/path': 'shop/Everywhere/Resource', 'cdk8s-karmada.io/wave': '7' },
      name: 'settings',
      namespace: 'default',
    },
    spec: {
      placement: { replicaScheduling: { replicaSchedulingType: 'Duplicated' } },
      propagateDeps: false,
      resourceSelectors: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'default' }],
    },
  });
});

test('everything', () => {
  const chart = aChart({ labels: { app: 'shop' } });
  const policy = new PropagationPolicy(chart, 'Edge', {
    name: 'edge',
    namespace: 'edge',
    labels: { team: 'shop' },
    annotations: { why: 'because' },
    resources: [
      ResourceSelector.named('v1', 'Secret', 'key'),
      ResourceSelector.labelled('apps/v1', 'StatefulSet', { tier: 'edge' }),
    ],
    placement: Placement.aggregated({ clusters: ClusterSelector.labels({ tier: 'edge' }) }),
    autoPropagate: true,
  });

  expect(policy.policyName).toBe('edge');
  expect(bare(chart, 'PropagationPolicy')).toStrictEqual([
    {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'PropagationPolicy',
      metadata: {
        annotations: { why: 'because' },
        labels: { app: 'shop', team: 'shop' },
        name: 'edge',
        namespace: 'edge',
      },
      spec: {
        placement: {
          clusterAffinity: { labelSelector: { matchLabels: { tier: 'edge' } } },
          replicaScheduling: { replicaDivisionPreference: 'Aggregated', replicaSchedulingType: 'Divided' },
        },
        propagateDeps: true,
        resourceSelectors: [
          { apiVersion: 'v1', kind: 'Secret', name: 'key', namespace: 'edge' },
          {
            apiVersion: 'apps/v1',
            kind: 'StatefulSet',
            labelSelector: { matchLabels: { tier: 'edge' } },
            namespace: 'edge',
          },
        ],
      },
    },
  ]);
});

test.each([
  ['28', plus28],
  ['34', plus34],
])('sends out objects of cdk8s-plus-%s, which are stamped like all others', (_, plus) => {
  const chart = aChart({ namespace: 'shop' });
  const config = new plus.ConfigMap(chart, 'config', { metadata: { name: 'config' }, data: { a: 'b' } });
  const deployment = new plus.Deployment(chart, 'web', {
    metadata: { name: 'web' },
    containers: [{ image: 'a:1', portNumber: 80 }],
  });
  const service = deployment.exposeViaService({ name: 'web', ports: [{ port: 80 }] });
  new plus.Namespace(chart, 'ns', { metadata: { name: 'shop' } });
  new PropagationPolicy(chart, 'Policy', {
    name: 'web',
    resources: [config, deployment, service].map((construct) => ResourceSelector.of(construct)),
  });

  expect(objects(chart).map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace])).toEqual([
    ['ConfigMap', 'config', 'shop'],
    ['Deployment', 'web', 'shop'],
    ['Service', 'web', 'shop'],
    ['Namespace', 'shop', undefined],
    ['PropagationPolicy', 'web', 'shop'],
  ]);
  expect(objects(chart).map(({ metadata }) => metadata.annotations['cdk8s-karmada.io/path'])).toEqual([
    'shop/config/Resource',
    'shop/web/Resource',
    'shop/web/webService/Resource',
    'shop/ns/Resource',
    'shop/Policy/Resource',
  ]);
  expect(bare(chart, 'PropagationPolicy')[0].spec.resourceSelectors).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', name: 'config', namespace: 'shop' },
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' },
    { apiVersion: 'v1', kind: 'Service', name: 'web', namespace: 'shop' },
  ]);
});

describe('fails when', () => {
  test('there are no resources', () => {
    expect(messageOf(() => new PropagationPolicy(aChart(), 'Policy', { name: 'web', resources: [] }))).toBe(
      [
        'PropagationPolicy is given no resources, so it would send nothing anywhere',
        '  at shop/Policy (PropagationPolicy/default/web)',
        '  fix: give one selector or more in `resources`, such as ResourceSelector.of(object)',
      ].join('\n'),
    );
  });

  test('it names clusters that the instance does not have', () => {
    const chart = aChart();
    new MemberCluster(chart, 'berlin');
    new MemberCluster(chart, 'paris');
    new PropagationPolicy(chart, 'Policy', {
      name: 'web',
      resources: [ResourceSelector.of(settings(chart))],
      placement: Placement.staticWeight([
        { clusters: ClusterSelector.names('berln'), weight: 1 },
        { clusters: ClusterSelector.names('paris', 'tokyo'), weight: 1 },
      ]),
    });

    expect(messageOf(() => chart.toJson())).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop/Policy] instance "east" has no member cluster "berln"',
        '    at shop/Policy (PropagationPolicy/default/web)',
        '    fix: did you mean berlin? known clusters: berlin, paris',
        '  [shop/Policy] instance "east" has no member cluster "tokyo"',
        '    at shop/Policy (PropagationPolicy/default/web)',
        '    fix: known clusters: berlin, paris',
      ].join('\n'),
    );
  });
});

test('names of clusters are taken as they are where the code cannot know all of them', () => {
  for (const chart of [aChart(), aChart({ instance: anInstance(true) })]) {
    if (chart.instance._existing) new MemberCluster(chart, 'berlin');
    new PropagationPolicy(chart, 'Policy', {
      resources: [ResourceSelector.of(settings(chart))],
      placement: Placement.duplicated({ clusters: ClusterSelector.names('tokyo') }),
    });

    expect(bare(chart, 'PropagationPolicy')[0].spec.placement.clusterAffinity).toEqual({ clusterNames: ['tokyo'] });
  }
});
