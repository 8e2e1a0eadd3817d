import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import * as plus28 from 'cdk8s-plus-28';
import * as plus34 from 'cdk8s-plus-34';
import { Admission } from '../../src/admission/admission';
import { ClusterSelector } from '../../src/core/cluster-selector';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { ResourceSelector } from '../../src/core/resource-selector';
import { MemberCluster } from '../../src/member/member-cluster';
import { ApplicationFailover } from '../../src/policy/application-failover';
import { ClusterFailover } from '../../src/policy/cluster-failover';
import { Placement } from '../../src/policy/placement';
import { propagationOptions } from '../../src/policy/private/propagation-options';
import {
  ActivationPreference,
  ConflictResolution,
  Preemption,
  type PropagationOptions,
} from '../../src/policy/propagation-options';
import { PropagationPolicy } from '../../src/policy/propagation-policy';
import { Suspension } from '../../src/policy/suspension';
import { aChart, anInstance, bare, messageOf, objects } from '../core/fake-instance';

function settings(chart: MulticloudChart): ApiObject {
  return new ApiObject(chart, 'Settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
}

/** Of a kind that is cluster-scoped. */
function definition(chart: MulticloudChart): void {
  new ApiObject(chart, 'Definition', {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'fleets.shop.example' },
    spec: { group: 'shop.example', scope: 'Cluster', names: { kind: 'Fleet', plural: 'fleets' } },
  });
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

const options: PropagationOptions = {
  placement: Placement.aggregated(),
  autoPropagate: true,
  priority: -10,
  preemption: Preemption.ALWAYS,
  dependentOverrides: ['one', 'two', 'one'],
  schedulerName: 'mine',
  conflictResolution: ConflictResolution.OVERWRITE,
  preserveResourcesOnDeletion: true,
  activationPreference: ActivationPreference.LAZY,
  suspension: Suspension.on('berlin'),
  failover: {
    application: ApplicationFailover.gracefully({ gracePeriodSeconds: Duration.minutes(1) }),
    cluster: ClusterFailover.directly(),
  },
  schedulePriority: 'high',
};

test('every option in the words of Karmada, which takes it', () => {
  const chart = aChart();
  new PropagationPolicy(chart, 'Policy', {
    name: 'web',
    resources: [ResourceSelector.of(settings(chart))],
    ...options,
  });
  const [manifest] = bare(chart, 'PropagationPolicy');

  expect(manifest.spec).toStrictEqual({
    activationPreference: 'Lazy',
    conflictResolution: 'Overwrite',
    dependentOverrides: ['one', 'two'],
    failover: {
      application: {
        decisionConditions: { tolerationSeconds: 300 },
        gracePeriodSeconds: 60,
        purgeMode: 'Gracefully',
      },
      cluster: { purgeMode: 'Directly' },
    },
    placement: { replicaScheduling: { replicaDivisionPreference: 'Aggregated', replicaSchedulingType: 'Divided' } },
    preemption: 'Always',
    preserveResourcesOnDeletion: true,
    priority: -10,
    propagateDeps: true,
    resourceSelectors: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'default' }],
    schedulePriority: { priorityClassName: 'high', priorityClassSource: 'KubePriorityClass' },
    schedulerName: 'mine',
    suspension: { dispatchingOnClusters: { clusterNames: ['berlin'] } },
  });
  expect(Admission.of().review(manifest)).toMatchObject({ admitted: true, findings: [] });
});

test('the options are found among the props of what makes its own policy', () => {
  const props = { name: 'web', labels: { a: 'b' }, replicas: 3, ...options, priority: undefined };

  expect(propagationOptions(props)).toEqual({ ...options, priority: undefined });
  expect(Object.keys(propagationOptions(props))).not.toContain('priority');
  expect(Object.keys(propagationOptions(options)).sort()).toEqual(Object.keys(options).sort());
});

test('what an application or a ServiceImport refers to goes along, unless it says otherwise', () => {
  const chart = aChart();
  const config = ResourceSelector.of(settings(chart));
  const imported = ResourceSelector.named('multicluster.x-k8s.io/v1alpha1', 'ServiceImport', 'web');
  const failover = { application: ApplicationFailover.never() };
  new PropagationPolicy(chart, 'A', { resources: [config], failover });
  new PropagationPolicy(chart, 'B', { resources: [config], failover: { cluster: ClusterFailover.directly() } });
  new PropagationPolicy(chart, 'C', { resources: [config] }).addResource(imported);

  expect(bare(chart, 'PropagationPolicy').map(({ spec }) => spec.propagateDeps)).toEqual([true, false, true]);
});

test('resources and overrides are added later, also after a look at the manifest and under a patch', () => {
  const chart = aChart();
  const policy = new PropagationPolicy(chart, 'Policy', { resources: [ResourceSelector.of(settings(chart))] });
  const spec = () => bare(chart, 'PropagationPolicy')[0].spec;
  expect(spec().dependentOverrides).toBeUndefined();

  policy._dependOn('web');
  policy._dependOn('web');
  policy.addResource(ResourceSelector.named('v1', 'Secret', 'key'));

  expect(spec().dependentOverrides).toEqual(['web']);
  expect(spec().resourceSelectors.map(({ name }: any) => name)).toEqual(['settings', 'key']);

  ApiObject.of(policy.node.findChild('Resource')).addJsonPatch(JsonPatch.add('/spec/priority', 3));
  policy._dependOn('other');

  expect(spec()).toMatchObject({ priority: 3, dependentOverrides: ['web', 'other'] });
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

  test('an option is none that Karmada takes, with all reasons', () => {
    const wrong = {
      priority: 2 ** 31,
      dependentOverrides: ['Web'],
      schedulerName: '',
      schedulePriority: '',
      autoPropagate: false,
      failover: { application: ApplicationFailover.never() },
    };

    expect(messageOf(() => new PropagationPolicy(aChart(), 'Policy', { name: 'web', resources: [], ...wrong }))).toBe(
      [
        'PropagationPolicy is given no resources, so it would send nothing anywhere',
        '  at shop/Policy (PropagationPolicy/default/web)',
        '  fix: give one selector or more in `resources`, such as ResourceSelector.of(object)',
        '`priority` must be a whole number of 32 bits, got 2147483648',
        '  at shop/Policy (PropagationPolicy/default/web)',
        '  fix: give a whole number such as 10; the highest wins',
        '"Web" in `dependentOverrides` cannot be the name of an override policy',
        '  at shop/Policy (PropagationPolicy/default/web)',
        '  fix: use at most 253 characters: parts with . between them, each of lower case letters, digits and -, beginning and ending with a letter or a digit',
        '`schedulerName` is empty',
        '  at shop/Policy (PropagationPolicy/default/web)',
        '  fix: give the name of a scheduler, or leave it out',
        '"" in `schedulePriority` cannot be the name of a PriorityClass',
        '  at shop/Policy (PropagationPolicy/default/web)',
        '  fix: use at most 253 characters: parts with . between them, each of lower case letters, digits and -, beginning and ending with a letter or a digit',
        '`autoPropagate` is false, and with `failover.application` what the application refers to has to move with it',
        '  at shop/Policy (PropagationPolicy/default/web)',
        '  fix: leave `autoPropagate` out, or leave `failover.application` out',
      ].join('\n'),
    );
  });

  test('failover says nothing', () => {
    const resources = [ResourceSelector.named('v1', 'Secret', 'key')];

    expect(messageOf(() => new PropagationPolicy(aChart(), 'Policy', { name: 'web', resources, failover: {} }))).toBe(
      [
        '`failover` says nothing about the application nor about clusters',
        '  at shop/Policy (PropagationPolicy/default/web)',
        '  fix: give `application`, such as ApplicationFailover.gracefully(), or `cluster`, or leave `failover` out',
      ].join('\n'),
    );
  });

  test('it cannot send what is selected, with all reasons', () => {
    const chart = aChart();
    const there = new ApiObject(chart, 'A', { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'there' } });
    const resources = [
      ResourceSelector.everything('v1', 'Namespace'),
      ResourceSelector.of(there),
      ResourceSelector.named('v1', 'Secret', 'key').inNamespace('here'),
      ResourceSelector.named('policy.karmada.io/v1alpha1', 'OverridePolicy', 'web'),
      ResourceSelector.named('v1', 'Event', 'web'),
      ResourceSelector.named('events.k8s.io/v1', 'Event', 'web'),
      ResourceSelector.named('coordination.k8s.io/v1', 'Lease', 'web'),
      ResourceSelector.everything('multicluster.x-k8s.io/v1alpha1', 'ServiceImport'),
    ];
    const selected = { name: 'web', preemption: Preemption.ALWAYS, autoPropagate: false };

    expect(messageOf(() => new PropagationPolicy(chart, 'Policy', { ...selected, resources }))).toBe(
      [
        [
          'Namespace is cluster-scoped, and a PropagationPolicy reaches only objects of its own namespace',
          'write a ClusterPropagationPolicy for it',
        ],
        [
          'Secret (shop/A) is selected in namespace "there", and a PropagationPolicy reaches only its own, "default"',
          "give the policy `namespace: 'there'`, or write a ClusterPropagationPolicy for it",
        ],
        [
          'Secret is selected in namespace "here", and a PropagationPolicy reaches only its own, "default"',
          "give the policy `namespace: 'here'`, or write a ClusterPropagationPolicy for it",
        ],
        [
          'Karmada never sends objects of policy.karmada.io/v1alpha1 OverridePolicy to member clusters',
          'take the selector of OverridePolicy away',
        ],
        ['Karmada never sends objects of v1 Event to member clusters', 'take the selector of Event away'],
        ['Karmada never sends objects of events.k8s.io/v1 Event to member clusters', 'take the selector of Event away'],
        [
          'Karmada never sends objects of coordination.k8s.io/v1 Lease to member clusters',
          'take the selector of Lease away',
        ],
        [
          'a policy with `preemption` takes objects by name only, and a selector of Namespace names none',
          'use ResourceSelector.of or named for it, or leave `preemption` out',
        ],
        [
          'a policy with `preemption` takes objects by name only, and a selector of ServiceImport names none',
          'use ResourceSelector.of or named for it, or leave `preemption` out',
        ],
        [
          '`autoPropagate` is false, and with a ServiceImport Karmada sends along what it refers to all the same',
          'leave `autoPropagate` out, or give the ServiceImport a policy of its own',
        ],
      ]
        .flatMap(([what, fix]) => [what, '  at shop/Policy (PropagationPolicy/default/web)', `  fix: ${fix}`])
        .join('\n'),
    );
  });

  test('what is added later cannot be sent either', () => {
    const chart = aChart();
    const policy = new PropagationPolicy(chart, 'Policy', {
      name: 'web',
      resources: [ResourceSelector.of(settings(chart))],
    });

    expect(messageOf(() => policy.addResource(ResourceSelector.everything('v1', 'Node')))).toBe(
      [
        'Node is cluster-scoped, and a PropagationPolicy reaches only objects of its own namespace',
        '  at shop/Policy (PropagationPolicy/default/web)',
        '  fix: write a ClusterPropagationPolicy for it',
      ].join('\n'),
    );
  });

  test('its kind turns out to be cluster-scoped by a definition in the chart', () => {
    const chart = aChart();
    definition(chart);
    const fleet = new ApiObject(chart, 'Fleet', {
      apiVersion: 'shop.example/v1',
      kind: 'Fleet',
      metadata: { name: 'a' },
    });
    new PropagationPolicy(chart, 'Policy', { name: 'web', resources: [ResourceSelector.of(fleet)] });

    expect(messageOf(() => chart.toJson())).toBe(
      [
        'Validation failed with the following errors:',
        '  [shop/Policy] Fleet (shop/Fleet) is cluster-scoped, and a PropagationPolicy reaches only objects of its own namespace',
        '    at shop/Policy (PropagationPolicy/default/web)',
        '    fix: write a ClusterPropagationPolicy for it',
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
      suspension: Suspension.on('berlin', 'rome'),
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
        '  [shop/Policy] instance "east" has no member cluster "rome"',
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
