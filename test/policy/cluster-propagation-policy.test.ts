import { ApiObject } from 'cdk8s';
import { Admission } from '../../src/admission/admission';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ResourceSelector } from '../../src/core/resource-selector';
import { MemberCluster } from '../../src/member/member-cluster';
import { ClusterPropagationPolicy } from '../../src/policy/cluster-propagation-policy';
import { Placement } from '../../src/policy/placement';
import { Preemption } from '../../src/policy/propagation-options';
import { aChart, bare, messageOf, objects } from '../core/fake-instance';

test('sends out what is cluster-scoped, and objects of every namespace or of one', () => {
  const chart = aChart({ namespace: 'shop' });
  const role = new ApiObject(chart, 'Role', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'reader' },
  });
  const settings = new ApiObject(chart, 'Settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
  const policy = new ClusterPropagationPolicy(chart, 'Policy', {
    name: 'everything',
    labels: { team: 'shop' },
    annotations: { why: 'because' },
    resources: [
      ResourceSelector.of(role),
      ResourceSelector.of(settings),
      ResourceSelector.everything('v1', 'Secret'),
      ResourceSelector.labelled('v1', 'ServiceAccount', { team: 'shop' }).inNamespace('here'),
    ],
    placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin') }),
    priority: 1,
  });
  const [manifest] = bare(chart, 'ClusterPropagationPolicy');

  expect(policy.policyName).toBe('everything');
  expect(manifest).toStrictEqual({
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'ClusterPropagationPolicy',
    metadata: { annotations: { why: 'because' }, labels: { team: 'shop' }, name: 'everything' },
    spec: {
      placement: {
        clusterAffinity: { clusterNames: ['berlin'] },
        replicaScheduling: { replicaSchedulingType: 'Duplicated' },
      },
      priority: 1,
      propagateDeps: false,
      resourceSelectors: [
        { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'reader' },
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop' },
        { apiVersion: 'v1', kind: 'Secret' },
        {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          labelSelector: { matchLabels: { team: 'shop' } },
          namespace: 'here',
        },
      ],
    },
  });
  expect(Admission.of().review(manifest)).toMatchObject({ admitted: true, findings: [] });
});

test('a custom kind that the chart defines as cluster-scoped is selected without a namespace', () => {
  const chart = aChart();
  const object = new ApiObject(chart, 'Fleet', { apiVersion: 'a.example/v1', kind: 'Fleet', metadata: { name: 'a' } });
  const policy = new ClusterPropagationPolicy(chart, 'Policy', { resources: [ResourceSelector.of(object)] });
  new ApiObject(chart, 'Definition', {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'fleets.a.example' },
    spec: { group: 'a.example', scope: 'Cluster', names: { kind: 'Fleet', plural: 'fleets' } },
  });
  const selector = { apiVersion: 'a.example/v1', kind: 'Fleet', name: 'a' };

  expect(bare(chart, 'ClusterPropagationPolicy')[0].spec.resourceSelectors).toEqual([selector]);

  policy.addResource(ResourceSelector.everything('v1', 'Namespace'));
  policy._dependOn('mirror');

  expect(bare(chart, 'ClusterPropagationPolicy')[0].spec).toMatchObject({
    dependentOverrides: ['mirror'],
    resourceSelectors: [selector, { apiVersion: 'v1', kind: 'Namespace' }],
  });
});

describe('fails when', () => {
  test('there are no resources', () => {
    expect(messageOf(() => new ClusterPropagationPolicy(aChart(), 'Policy', { name: 'web', resources: [] }))).toBe(
      [
        'ClusterPropagationPolicy is given no resources, so it would send nothing anywhere',
        '  at shop/Policy (ClusterPropagationPolicy/web)',
        '  fix: give one selector or more in `resources`, such as ResourceSelector.of(object)',
      ].join('\n'),
    );
  });

  test('it takes from others what it does not name, or what Karmada never sends', () => {
    const policy = new ClusterPropagationPolicy(aChart(), 'Policy', {
      name: 'web',
      resources: [ResourceSelector.named('v1', 'Namespace', 'shop')],
      preemption: Preemption.ALWAYS,
    });

    expect(
      messageOf(() => policy.addResource(ResourceSelector.everything('cluster.karmada.io/v1alpha1', 'Cluster'))),
    ).toBe(
      [
        'Karmada never sends objects of cluster.karmada.io/v1alpha1 Cluster to member clusters',
        '  at shop/Policy (ClusterPropagationPolicy/web)',
        '  fix: take the selector of Cluster away',
        'a policy with `preemption` takes objects by name only, and a selector of Cluster names none',
        '  at shop/Policy (ClusterPropagationPolicy/web)',
        '  fix: use ResourceSelector.of or named for it, or leave `preemption` out',
      ].join('\n'),
    );
  });

  test('it names clusters that the instance does not have', () => {
    const chart = aChart();
    new MemberCluster(chart, 'berlin');
    new ClusterPropagationPolicy(chart, 'Policy', {
      name: 'web',
      resources: [ResourceSelector.everything('v1', 'Namespace')],
      placement: Placement.aggregated({ groups: [{ name: 'a', clusters: ClusterSelector.names('berln') }] }),
    });

    expect(messageOf(() => objects(chart))).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop/Policy] instance "east" has no member cluster "berln"',
        '    at shop/Policy (ClusterPropagationPolicy/web)',
        '    fix: did you mean berlin? known clusters: berlin',
      ].join('\n'),
    );
  });
});
