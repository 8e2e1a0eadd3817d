import { Admission } from '../../src/admission/admission';
import {
  application,
  cluster,
  clusterOverride,
  cron,
  field,
  HPA,
  hpa,
  ingress,
  models,
  NETWORKING,
  object,
  override,
  patch,
  placement,
  propagation,
  quota,
  rule,
  service,
  spread,
  WEB,
} from './objects';

/** What is refused, and the field that is named; each was run through Karmada's own code. */
const REFUSED: readonly (readonly [string, any, string])[] = [
  ['a number that fits no int32', propagation({ priority: 3000000000 }), 'spec.priority'],
  ['half a priority', propagation({ priority: 1.5 }), 'spec.priority'],
  ['no selectors', object('PropagationPolicy', {}), 'spec.resourceSelectors'],
  [
    'a group without a name',
    placement({ clusterAffinities: [{}] }),
    'spec.placement.clusterAffinities[0].affinityName',
  ],
  [
    'a long name of a group',
    placement({ clusterAffinities: [{ affinityName: 'a'.repeat(33) }] }),
    'spec.placement.clusterAffinities[0].affinityName',
  ],
  [
    'two kinds of affinity',
    placement({ clusterAffinity: {}, clusterAffinities: [{ affinityName: 'g' }] }),
    'spec.placement',
  ],
  [
    'a purge mode for applications alone',
    propagation({ failover: { cluster: { purgeMode: 'Never' } } }),
    'spec.failover.cluster.purgeMode',
  ],
  [
    'an empty purge mode, defaulted too late',
    application({ purgeMode: '' }),
    'spec.failover.application.gracePeriodSeconds',
  ],
  [
    'a grace period without grace',
    application({ purgeMode: 'Directly', gracePeriodSeconds: 5 }),
    'spec.failover.application.gracePeriodSeconds',
  ],
  ['a grace period of 0', application({ gracePeriodSeconds: 0 }), 'spec.failover.application.gracePeriodSeconds'],
  [
    'overflow with static weights',
    placement({
      replicaScheduling: {},
      clusterAffinities: [{ affinityName: 'a', clusterNames: ['east'], overflowAffinities: [{ affinityName: 'b' }] }],
    }),
    'spec.placement.clusterAffinities[0].overflowAffinities',
  ],
  ['three constraints over clusters', spread({}, {}, {}), 'spec.placement.spreadConstraints'],
  [
    'a toleration that compares',
    placement({ clusterTolerations: [{ operator: 'Lt' }] }),
    'spec.placement.clusterTolerations[0].operator',
  ],
  [
    'preemption of everything',
    propagation({ preemption: 'Always', resourceSelectors: [{ ...WEB, name: '' }] }),
    'spec.resourceSelectors[0].name',
  ],
  [
    'one label that joins and parts',
    placement({ workloadAffinity: { affinity: { groupByLabelKey: 'a' }, antiAffinity: { groupByLabelKey: 'a' } } }),
    'spec.placement.workloadAffinity',
  ],
  [
    'an unknown priority class source',
    propagation({ schedulePriority: { priorityClassSource: 'PodPriorityClass', priorityClassName: 'a' } }),
    'spec.schedulePriority.priorityClassSource',
  ],
  [
    'a rule without overriders in a ClusterOverridePolicy',
    clusterOverride({ overrideRules: [{}] }),
    'spec.overrideRules[0].overriders',
  ],
  [
    'an empty list of rules next to the old form in a ClusterOverridePolicy',
    clusterOverride({ overrideRules: [], targetCluster: {} }),
    'spec.targetCluster',
  ],
  [
    'the old form next to rules',
    override({ ...rule({}), overriders: { plaintext: [{ path: '/a', operator: 'remove' }] } }),
    'spec.overriders',
  ],
  [
    'replacing a command',
    override(rule({ commandOverrider: [{ containerName: 'a', operator: 'replace' }] })),
    'spec.overrideRules[0].overriders.commandOverrider[0].operator',
  ],
  [
    'removing labels without saying which',
    override(rule({ labelsOverrider: [{ operator: 'remove' }] })),
    'spec.overrideRules[0].overriders.labelsOverrider[0].value',
  ],
  [
    'a document in two languages',
    field({ json: [{ subPath: '', operator: 'remove' }], yaml: [{ subPath: '', operator: 'remove' }] }),
    'spec.overrideRules[0].overriders.fieldOverrider[0]',
  ],
  [
    'removing with a value',
    patch({ operator: 'remove', value: 1 }),
    'spec.overrideRules[0].overriders.fieldOverrider[0].json[0].value',
  ],
  [
    'a predicate that is no pointer',
    override(rule({ imageOverrider: [{ predicate: { path: 'spec/x' }, component: 'Tag', operator: 'remove' }] })),
    'spec.overrideRules[0].overriders.imageOverrider[0].predicate.path',
  ],
  [
    'one taint twice',
    object('ClusterTaintPolicy', {
      taints: [
        { key: 'a', effect: 'NoSchedule' },
        { key: 'a', effect: 'NoSchedule' },
      ],
    }),
    'spec.taints[0]',
  ],
  [
    'an empty list of scaling policies',
    hpa({ behavior: { scaleUp: { policies: [] } } }),
    'spec.behavior.scaleUp.policies',
  ],
  [
    'a window above an hour',
    hpa({ behavior: { scaleDown: { stabilizationWindowSeconds: 3601 } } }),
    'spec.behavior.scaleDown.stabilizationWindowSeconds',
  ],
  [
    'a period above half an hour',
    hpa({ behavior: { scaleDown: { policies: [{ type: 'Pods', value: 1, periodSeconds: 1801 }] } } }),
    'spec.behavior.scaleDown.policies[0].periodSeconds',
  ],
  [
    'an external metric',
    hpa({
      metrics: [{ type: 'External', external: { metric: { name: 'a' }, target: { type: 'Value', value: '1' } } }],
    }),
    'spec.metrics[0].type',
  ],
  ['replicas for an autoscaler', cron({ targetReplicas: 2 }, HPA), 'spec.rules[0].targetMaxReplicas'],
  ['replicas below 0', cron({ targetReplicas: -1 }), 'spec.rules[0].targetReplicas'],
  [
    'no history of successes',
    cron({ targetReplicas: 1, successfulHistoryLimit: 0 }),
    'spec.rules[0].successfulHistoryLimit',
  ],
  ['a resource that no quota has', quota({ bogus: 1 }), 'spec.overall[bogus]'],
  ['half an extended resource', quota({ 'nvidia.com/gpu': '500m' }), 'spec.overall[nvidia.com/gpu]'],
  ['one and a half pods', quota({ pods: '1500m' }), 'spec.overall[pods]'],
  ['a quantity that is none', quota({ cpu: '10x' }), 'spec.overall.cpu'],
  ['two types of service', service(['CrossCluster', 'LoadBalancer']), 'spec.types'],
  ['a service name that begins with a digit', service([], '1a'), 'metadata.name'],
  ['a path with two slashes', ingress({ path: '/a//b', pathType: 'Prefix' }), 'spec.rules[0].http.paths[0].path'],
  ['an address for a host', ingress({ path: '/', pathType: 'Prefix' }, '10.0.0.1'), 'spec.rules[0].host'],
  ['an ingress of nothing', object('MultiClusterIngress', {}, NETWORKING), 'spec'],
  ['a cluster name with a dot', cluster({}, 'a.b'), 'metadata.name'],
  ['a cluster name of 49 characters', cluster({}, 'a'.repeat(49)), 'metadata.name'],
  ['zone and zones', cluster({ zone: 'z', zones: ['y'] }), 'spec.spec'],
  ['one bound written in two ways', models([0, '0', '1'], [1, '1000m', '2']), 'spec.resourceModels'],
  ['one grade twice', models([0, '0', '1'], [0, '1', '2']), 'spec.resourceModels'],
];

test.each(REFUSED)('%s', (_, manifest, path) => {
  const { admitted, stored, findings } = Admission.of().review(manifest);
  expect({ admitted, stored, paths: [...new Set(findings.map((finding) => finding.path))] }).toEqual({
    admitted: false,
    stored: null,
    paths: [path],
  });
});
