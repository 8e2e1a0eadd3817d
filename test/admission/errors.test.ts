import { Admission } from '../../src/admission/admission';

const POLICY = 'policy.karmada.io/v1alpha1';
const WEB = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

function findingsOf(manifest: any, assume?: string[]) {
  const { admitted, stored, findings } = Admission.of({ assume }).review(manifest);
  expect({ admitted, stored }).toEqual({ admitted: findings.length === 0, stored: findings.length ? null : stored });
  return findings;
}

function propagation(spec: any, metadata: any = { name: 'web', namespace: 'shop' }) {
  return {
    apiVersion: POLICY,
    kind: 'PropagationPolicy',
    metadata,
    spec: { resourceSelectors: [WEB], ...spec },
  };
}

function override(overriders: any) {
  return {
    apiVersion: POLICY,
    kind: 'OverridePolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { resourceSelectors: [WEB], overrideRules: [{ overriders }] },
  };
}

test('a misspelt field', () => {
  expect(findingsOf(propagation({ placement: { clusterAfinity: { clusterNames: ['east'] } } }))).toEqual([
    {
      code: 'MC200',
      level: 'error',
      path: 'spec.placement.clusterAfinity',
      message:
        'the API server knows no field "clusterAfinity" here: did you mean clusterAffinity? known fields: clusterAffinities, clusterAffinity, clusterTolerations, replicaScheduling, spreadConstraints, workloadAffinity',
      fix: 'remove clusterAfinity, or correct its spelling',
    },
  ]);
});

test('a number in quotes', () => {
  expect(findingsOf(propagation({ priority: '3' }))).toEqual([
    {
      code: 'MC201',
      level: 'error',
      path: 'spec.priority',
      message: 'priority must be a whole number between -2147483648 and 2147483647, got "3"',
      fix: 'give priority a whole number between -2147483648 and 2147483647, or remove it',
    },
  ]);
});

test('a value in lower case, a name in upper case and a weight of 0, all three at once', () => {
  const weightPreference = { staticWeightList: [{ targetCluster: { clusterNames: ['east'] }, weight: 0 }] };
  const replicaScheduling = { replicaSchedulingType: 'divided', weightPreference };
  expect(findingsOf(propagation({ placement: { replicaScheduling } }, { name: 'Web' }))).toEqual([
    {
      code: 'MC013',
      level: 'error',
      path: 'metadata.name',
      message:
        'the name of the object must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part, got "Web"',
      fix: 'rename the object',
    },
    {
      code: 'MC203',
      level: 'error',
      path: 'spec.placement.replicaScheduling.replicaSchedulingType',
      message: 'replicaSchedulingType must be "Duplicated" or "Divided", got "divided"',
      fix: 'set replicaSchedulingType to "Duplicated" or "Divided"',
    },
    {
      code: 'MC204',
      level: 'error',
      path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[0].weight',
      message: 'weight must be 1 or more, got 0',
      fix: 'set weight to 1 or more',
    },
  ]);
});

test('spreading by region without spreading by cluster, with a maximum below the minimum', () => {
  const spreadConstraints = [{ spreadByField: 'region', minGroups: 2, maxGroups: 1 }];
  expect(findingsOf(propagation({ placement: { spreadConstraints } }))).toEqual([
    {
      code: 'MC206',
      level: 'error',
      path: 'spec.placement.spreadConstraints[0]',
      message: 'maxGroups 1 is below minGroups 2',
      fix: 'raise maxGroups to 2 or more, or lower minGroups to 1 or less',
    },
    {
      code: 'MC206',
      level: 'error',
      path: 'spec.placement.spreadConstraints',
      message: 'spreading by region needs a constraint that spreads by cluster too',
      fix: 'add a spread constraint with spreadByField: cluster, which says how many clusters in all',
    },
  ]);
});

test('a selector in another namespace, and failover without dependencies', () => {
  const failover = { application: { decisionConditions: {} } };
  expect(findingsOf(propagation({ resourceSelectors: [{ ...WEB, namespace: 'bank' }], failover }))).toEqual([
    {
      code: 'MC206',
      level: 'error',
      path: 'spec.propagateDeps',
      message: 'failover.application needs propagateDeps: what the application depends on has to move with it',
      fix: 'set propagateDeps to true, or remove failover.application',
    },
    {
      code: 'MC206',
      level: 'error',
      path: 'spec.resourceSelectors[0].namespace',
      message: 'a policy in namespace "shop" cannot select in namespace "bank"',
      fix: 'remove the namespace, move the policy to "bank", or use the cluster-scoped kind of policy',
    },
  ]);
});

test('overrides that patch a document with a wrong path and without a value', () => {
  const json = [{ subPath: '/replicas', operator: 'add' }];
  expect(findingsOf(override({ fieldOverrider: [{ fieldPath: 'data/app.json', json }] }))).toEqual([
    {
      code: 'MC205',
      level: 'error',
      path: 'spec.overrideRules[0].overriders.fieldOverrider[0].fieldPath',
      message: 'fieldPath must be a JSON pointer: empty, or beginning with "/", got "data/app.json"',
      fix: 'write fieldPath as a JSON pointer: empty, or beginning with "/"',
    },
    {
      code: 'MC202',
      level: 'error',
      path: 'spec.overrideRules[0].overriders.fieldOverrider[0].json[0].value',
      message: 'value is required: add has to know the new value',
      fix: 'set spec.overrideRules[0].overriders.fieldOverrider[0].json[0].value',
    },
  ]);
});

test('a Cluster with an endpoint without scheme, a mode in lower case and a taint that clusters do not have', () => {
  const cluster = {
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'east' },
    spec: { syncMode: 'push', apiEndpoint: '1.2.3.4:6443', taints: [{ key: 'tier', effect: 'PreferNoSchedule' }] },
  };
  expect(findingsOf(cluster)).toEqual([
    {
      code: 'MC203',
      level: 'error',
      path: 'spec.syncMode',
      message: 'syncMode must be "Push" or "Pull", got "push"',
      fix: 'set syncMode to "Push" or "Pull"',
    },
    {
      code: 'MC205',
      level: 'error',
      path: 'spec.apiEndpoint',
      message: 'apiEndpoint must be a URL with a host, such as https://10.0.0.1:6443, got "1.2.3.4:6443"',
      fix: 'write apiEndpoint as a URL with a host, such as https://10.0.0.1:6443',
    },
    {
      code: 'MC203',
      level: 'error',
      path: 'spec.taints[0].effect',
      message: 'effect must be "NoSchedule" or "NoExecute", got "PreferNoSchedule"',
      fix: 'set effect to "NoSchedule" or "NoExecute"',
    },
  ]);
});

test('a NoExecute taint, which is forbidden unless the webhook allows it', () => {
  const spec = { taints: [{ key: 'maintenance', effect: 'NoExecute' }] };
  const policy = { apiVersion: POLICY, kind: 'ClusterTaintPolicy', metadata: { name: 'maintenance' }, spec };
  expect(findingsOf(policy, ['allow-no-execute-taint-policy=true'])).toEqual([]);
  expect(findingsOf(policy)).toEqual([
    {
      code: 'MC206',
      level: 'error',
      path: 'spec.taints[0]',
      message:
        'taint "maintenance" has effect "NoExecute", which Karmada\'s webhook forbids by default: it would evict workloads',
      fix: 'use the effect "NoSchedule", or run the webhook with --allow-no-execute-taint-policy=true',
    },
  ]);
});

test('a quota that assigns more than there is', () => {
  const staticAssignments = [
    { clusterName: 'east', hard: { cpu: '6' } },
    { clusterName: 'west', hard: { cpu: '6000m' } },
  ];
  const quota = {
    apiVersion: POLICY,
    kind: 'FederatedResourceQuota',
    metadata: { name: 'team' },
    spec: { overall: { cpu: 10 }, staticAssignments },
  };
  expect(findingsOf(quota)).toEqual([
    {
      code: 'MC206',
      level: 'error',
      path: 'spec.overall[cpu]',
      message: 'overall allows 10 of cpu, but the clusters are assigned 6 + 6',
      fix: 'raise overall cpu, or assign the clusters less',
    },
  ]);
});

test('a schedule that Karmada does not know, in a time zone that does not exist', () => {
  const rules = [{ name: 'up', schedule: '@every 5m', timeZone: 'Mars/Base', targetReplicas: 5 }];
  const autoscaler = {
    apiVersion: 'autoscaling.karmada.io/v1alpha1',
    kind: 'CronFederatedHPA',
    metadata: { name: 'web' },
    spec: { scaleTargetRef: WEB, rules },
  };
  expect(findingsOf(autoscaler)).toEqual([
    {
      code: 'MC205',
      level: 'error',
      path: 'spec.rules[0].schedule',
      message:
        'schedule must be a cron expression of 5 to 7 fields or a macro such as @hourly (no @every, no TZ=), got "@every 5m"',
      fix: 'write schedule as a cron expression of 5 to 7 fields or a macro such as @hourly (no @every, no TZ=)',
    },
    {
      code: 'MC205',
      level: 'error',
      path: 'spec.rules[0].timeZone',
      message: 'timeZone must be a time zone such as Asia/Shanghai or UTC, got "Mars/Base"',
      fix: 'write timeZone as a time zone such as Asia/Shanghai or UTC',
    },
  ]);
});

test('a kind and a version that Karmada does not serve', () => {
  const manifest = { apiVersion: POLICY, kind: 'PropagationPolicies', metadata: { name: 'web' } };
  expect(findingsOf(manifest)).toEqual([
    {
      code: 'MC208',
      level: 'error',
      path: 'kind',
      message:
        'Karmada serves no kind "PropagationPolicies" in policy.karmada.io: did you mean PropagationPolicy? known kinds: ClusterOverridePolicy, ClusterPropagationPolicy, ClusterTaintPolicy, FederatedResourceQuota, OverridePolicy, PropagationPolicy',
      fix: 'correct kind or apiVersion',
    },
  ]);
  expect(findingsOf({ ...manifest, apiVersion: 'policy.karmada.io/v1', kind: 'PropagationPolicy' })).toEqual([
    {
      code: 'MC208',
      level: 'error',
      path: 'apiVersion',
      message: 'Karmada serves PropagationPolicy as policy.karmada.io/v1alpha1, not as "policy.karmada.io/v1"',
      fix: 'set apiVersion to policy.karmada.io/v1alpha1',
    },
  ]);
});
