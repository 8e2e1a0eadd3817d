import { Admission } from '../../src/admission/admission';
import {
  application,
  cluster,
  cron,
  HPA,
  hpa,
  IMPORT,
  ingress,
  models,
  object,
  override,
  patch,
  placement,
  propagation,
  quota,
  rule,
  service,
  spread,
} from './objects';

/** Facts about Karmada that no recorded vector shows; each was run through its own code. */
const ADMITTED: readonly (readonly [string, any, string?, any?])[] = [
  ['a null is absence', placement({ replicaScheduling: null }), 'spec.placement', {}],
  ['no selector field is needed', propagation({ resourceSelectors: [{}] }), 'spec.resourceSelectors.0.kind', ''],
  [
    'an empty scheduling is Divided by equal weights',
    placement({ replicaScheduling: {} }),
    'spec.placement.replicaScheduling',
    { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted' },
  ],
  [
    'an empty type is Divided without a preference',
    placement({ replicaScheduling: { replicaSchedulingType: '' } }),
    'spec.placement.replicaScheduling',
    { replicaSchedulingType: 'Divided' },
  ],
  [
    'an empty activation preference vanishes',
    propagation({ activationPreference: '' }),
    'spec.activationPreference',
    null,
  ],
  [
    'a static weight without a target is for all',
    placement({ replicaScheduling: { weightPreference: { staticWeightList: [{ weight: 1 }] } } }),
    'spec.placement.replicaScheduling.weightPreference.staticWeightList.0.targetCluster',
    {},
  ],
  [
    'cluster failover purges gently',
    propagation({ failover: { cluster: {} } }),
    'spec.failover.cluster',
    { purgeMode: 'Gracefully' },
  ],
  [
    'application failover is filled in',
    application({}),
    'spec.failover.application',
    { decisionConditions: { tolerationSeconds: 300 }, purgeMode: 'Gracefully', gracePeriodSeconds: 600 },
  ],
  [
    'what is imported brings its dependencies',
    propagation({ resourceSelectors: [IMPORT], propagateDeps: false }),
    'spec.propagateDeps',
    true,
  ],
  [
    'a spread without a field is over clusters',
    spread({ maxGroups: 3 }),
    'spec.placement.spreadConstraints.0',
    { spreadByField: 'cluster', minGroups: 1, maxGroups: 3 },
  ],
  [
    'a maximum of 0 vanishes',
    spread({ spreadByField: 'cluster', minGroups: 3, maxGroups: 0 }),
    'spec.placement.spreadConstraints.0',
    { spreadByField: 'cluster', minGroups: 3 },
  ],
  [
    'an empty list of groups vanishes',
    placement({ clusterAffinity: {}, clusterAffinities: [] }),
    'spec.placement',
    { clusterAffinity: {} },
  ],
  ['an unknown toleration operator passes', placement({ clusterTolerations: [{ operator: 'Bogus' }] })],
  [
    'overflow with Aggregated',
    placement({
      replicaScheduling: { replicaDivisionPreference: 'Aggregated' },
      clusterAffinities: [{ affinityName: 'a', clusterNames: ['east'], overflowAffinities: [{ affinityName: 'b' }] }],
    }),
  ],
  [
    'a rule without overriders in an OverridePolicy',
    override({ overrideRules: [{}] }),
    'spec.overrideRules.0',
    { overriders: {} },
  ],
  [
    'an empty list of rules vanishes from an OverridePolicy',
    override({ overrideRules: [], targetCluster: {} }),
    'spec.overrideRules',
    null,
  ],
  [
    'the old form with a field overrider alone',
    override({ ...rule({}), overriders: { fieldOverrider: [{ fieldPath: '' }] } }),
  ],
  ['an empty text is a value', patch({ operator: 'add', value: '' })],
  ['a plain path is not looked at', override(rule({ plaintext: [{ path: 'spec/x', operator: 'remove' }] }))],
  [
    'annotation keys count in lower case',
    override(rule({ annotationsOverrider: [{ operator: 'add', value: { 'Foo.Example/BAR': '' } }] })),
  ],
  ['any effect of a taint policy', object('ClusterTaintPolicy', { taints: [{ key: 'a', effect: 'Whatever' }] })],
  [
    'an autoscaler measures CPU',
    hpa({}),
    'spec.metrics.0.resource.target',
    { type: 'Utilization', averageUtilization: 80 },
  ],
  [
    'scaling down has no window by default',
    hpa({ behavior: {} }),
    'spec.behavior.scaleDown',
    { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] },
  ],
  ['tolerance is lost', hpa({ behavior: { scaleUp: { tolerance: '0.2' } } }), 'spec.behavior.scaleUp.tolerance', null],
  [
    'quantities are written anew',
    hpa({
      metrics: [
        { type: 'Pods', pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '1000m' } } },
      ],
    }),
    'spec.metrics.0.pods.target.averageValue',
    '1',
  ],
  ['a rule for an autoscaler has one bound', cron({ targetMaxReplicas: 2 }, HPA)],
  ['scaling to 0', cron({ targetReplicas: 0 })],
  ['an extended request in thousandths', quota({ 'requests.nvidia.com/gpu': '500m' })],
  ['assignments sum up to the limit', quota({ cpu: 12 }, { cpu: '6' }, { cpu: '6000m' })],
  ['one type of service twice', service(['CrossCluster', 'CrossCluster'])],
  ['no type of service', service([])],
  ['an empty path where the controller decides', ingress({ path: '', pathType: 'ImplementationSpecific' })],
  ['a path behind an endpoint', cluster({ apiEndpoint: 'https://x:6443/p' })],
  ['a zone moves into zones', cluster({ zone: 'z' }), 'spec.zones', ['z']],
  [
    'models reach from nothing to everything',
    models([0, '1', '2'], [1, '2', '4']),
    'spec.resourceModels',
    [
      { grade: 0, ranges: [{ name: 'cpu', min: '0', max: '2' }] },
      { grade: 1, ranges: [{ name: 'cpu', min: '2', max: '9223372036854775807' }] },
    ],
  ],
  ['grades may have gaps', models([0, '0', '1'], [2, '1', '4'])],
];

function at(value: any, path: string): any {
  return path.split('.').reduce((inner, key) => inner?.[key], value) ?? null;
}

test.each(ADMITTED)('%s', (_, manifest, path = 'metadata.name', expected = manifest.metadata.name) => {
  const { findings, stored } = Admission.of().review(manifest);
  expect(findings).toEqual([]);
  expect(at(stored, path)).toEqual(expected);
});
