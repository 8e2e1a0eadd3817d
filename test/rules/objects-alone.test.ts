import { advice, deployment, object, propagation } from './advice';

describe('MC045', () => {
  it('a lazy policy', () => {
    expect(advice('MC045', [propagation({ spec: { activationPreference: 'Lazy' } })])).toEqual([
      'PropagationPolicy/shop/web spec.activationPreference: the policy is lazy: what exists already moves only when it is ' +
        'next edited; leave activationPreference out, or acknowledge this with the reason',
    ]);
  });

  it('not one that acts at once', () => {
    expect(advice('MC045', [propagation()])).toEqual([]);
  });
});

describe('MC060', () => {
  it.each(['nginx', 'nginx:latest', 'registry.example:5000/web'])('%s', (image) => {
    expect(advice('MC060', [deployment('web', { containers: [{ name: 'web', image }] })])).toEqual([
      `Deployment/shop/web spec.template.spec.containers[0].image: container "web" runs "${image}", whatever that is on the ` +
        'day when a cluster pulls it; name the tag of a release, or a digest',
    ]);
  });

  it('in a cron job, and where a pod is initialized', () => {
    const spec = { containers: [{ name: 'a', image: 'a:1' }], initContainers: [{ name: 'b', image: 'b' }] };
    const cron = object('batch/v1', 'CronJob', 'nightly', { spec: { jobTemplate: { spec: { template: { spec } } } } });
    expect(advice('MC060', [cron])).toEqual([
      'CronJob/shop/nightly spec.jobTemplate.spec.template.spec.initContainers[0].image: container "b" runs "b", whatever ' +
        'that is on the day when a cluster pulls it; name the tag of a release, or a digest',
    ]);
  });

  it.each([
    ['a tag', 'registry.example:5000/web:1'],
    ['a digest', `web@sha256:${'0'.repeat(64)}`],
    ['a digest beside a tag', `web:latest@sha256:${'0'.repeat(64)}`],
    ['a tag that begins with latest', 'web:latest-1.4'],
    ['nothing', undefined],
  ])('not %s', (_, image) => {
    expect(advice('MC060', [deployment('web', { containers: [{ name: 'web', image }] })])).toEqual([]);
  });
});

describe('MC062', () => {
  const secret = (rest: any) => object('v1', 'Secret', 'web', rest);

  it('names keys, never a value', () => {
    expect(advice('MC062', [secret({ data: { b: 'c2VjcmV0', a: 'c2VjcmV0' }, stringData: { c: 'secret' } })])).toEqual([
      'error Secret/shop/web data: the Secret holds its values in plain sight: "a", "b"; refer to a Secret that exists on ' +
        'Karmada, or have one made by an ExternalSecret or a SealedSecret',
      'error Secret/shop/web stringData: the Secret holds its values in plain sight: "c"; refer to a Secret that exists on ' +
        'Karmada, or have one made by an ExternalSecret or a SealedSecret',
    ]);
  });

  it('not an empty one, and not another kind of that name', () => {
    expect(advice('MC062', [secret({}), secret({ data: {} })])).toEqual([]);
    expect(advice('MC062', [object('vault.example/v1', 'Secret', 'web', { data: { path: 'kv/web' } })])).toEqual([]);
  });
});

describe('MC015', () => {
  const FIX = 'put the objects and the policy into a namespace of your own';

  it.each(['kube-public', 'karmada-system', 'karmada-cluster', 'karmada-es-east'])('a policy in %s', (namespace) => {
    expect(advice('MC015', [{ ...propagation(), metadata: { name: 'web', namespace } }])).toEqual([
      `PropagationPolicy/${namespace}/web metadata.namespace: Karmada sends nothing out of the namespace "${namespace}"; ${FIX}`,
    ]);
  });

  it('a selector of a policy for all namespaces', () => {
    const selectors = [
      { apiVersion: 'v1', kind: 'Secret' },
      { apiVersion: 'v1', kind: 'Secret', namespace: 'kube-system' },
    ];
    const wide = { ...propagation({ selectors }), kind: 'ClusterPropagationPolicy', metadata: { name: 'wide' } };
    expect(advice('MC015', [wide])).toEqual([
      'ClusterPropagationPolicy/wide spec.resourceSelectors[1].namespace: Karmada sends nothing out of the namespace ' +
        `"kube-system"; ${FIX}`,
    ]);
  });

  it('not in a namespace whose name only looks like one, nor where the flag lets it through', () => {
    const at = (namespace: string) => ({ ...propagation(), metadata: { name: 'web', namespace } });
    expect(advice('MC015', [at('karmada-demo'), at('my-kube-system')])).toEqual([]);
    expect(advice('MC015', [at('kube-public')], { assume: ['skipped-propagating-namespaces=kube-system'] })).toEqual(
      [],
    );
  });
});

describe('MC041', () => {
  const said = (path: string, what: string, gate: string, component: string) =>
    `${path}: ${what} has no effect: the feature gate ${gate} of karmada-${component} is off; start karmada-${component} with ` +
    `--feature-gates=${gate}=true, and say so with --assume ${component}.feature-gates=${gate}=true; or leave it out`;
  const preserving = { statePreservation: { rules: [] } };

  it.each([
    ['preemption', { preemption: 'Always' }, 'PropagationPolicyPreemption', 'controller-manager'],
    ['schedulePriority', { schedulePriority: { priorityClassName: 'high' } }, 'PriorityBasedScheduling', 'scheduler'],
    ['placement.workloadAffinity', { placement: { workloadAffinity: {} } }, 'WorkloadAffinity', 'scheduler'],
    [
      'failover.application.statePreservation',
      { failover: { application: preserving } },
      'StatefulFailoverInjection',
      'controller-manager',
    ],
  ])('%s without its gate, and with it', (path, spec, gate, component) => {
    const policy = propagation({ spec });
    expect(advice('MC041', [policy])).toEqual([
      said(`PropagationPolicy/shop/web spec.${path}`, path.split('.').pop() as string, gate, component),
    ]);
    expect(advice('MC041', [policy], { assume: [`${component}.feature-gates=${gate}=true`] })).toEqual([]);
  });

  it('propagateDeps only where somebody turned it off, as the Helm chart does', () => {
    const policy = propagation({ spec: { propagateDeps: true } });
    expect(advice('MC041', [policy])).toEqual([]);
    expect(advice('MC041', [policy], { assume: ['feature-gates=PropagateDeps=false'] })).toEqual([
      said('PropagationPolicy/shop/web spec.propagateDeps', 'propagateDeps', 'PropagateDeps', 'controller-manager'),
    ]);
  });

  it('a whole kind', () => {
    const service = object('networking.karmada.io/v1alpha1', 'MultiClusterService', 'web');
    expect(advice('MC041', [service])).toEqual([
      said('MultiClusterService/shop/web ', 'a MultiClusterService', 'MultiClusterService', 'controller-manager'),
    ]);
  });

  it('what Karmada does unless somebody turned it off', () => {
    const off = (...gates: string[]) => ({ assume: gates.map((gate) => `feature-gates=${gate}=false`) });
    const gentle = propagation({ spec: { failover: { application: { purgeMode: 'Gracefully' } } } });
    expect(advice('MC041', [gentle])).toEqual([]);
    expect(advice('MC041', [gentle], off('GracefulEviction'))).toEqual([
      said(
        'PropagationPolicy/shop/web spec.failover.application.purgeMode',
        'purgeMode',
        'GracefulEviction',
        'controller-manager',
      ),
    ]);
    const modelled = {
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: { name: 'berlin' },
      spec: { resourceModels: [{ grade: 0, ranges: [] }] },
    };
    expect(advice('MC041', [modelled])).toEqual([]);
    expect(advice('MC041', [modelled], off('CustomizedClusterResourceModeling'))).toEqual([
      said(
        'Cluster/berlin spec.resourceModels',
        'resourceModels',
        'CustomizedClusterResourceModeling',
        'controller-manager',
      ),
    ]);
  });

  it('a quota for all clusters together, which two components have to know', () => {
    const spec = { overall: { cpu: '10' } };
    const quota = object('policy.karmada.io/v1alpha1', 'FederatedResourceQuota', 'shop', { spec });
    const of = (component: string) =>
      said('FederatedResourceQuota/shop/shop spec.overall', 'overall', 'FederatedQuotaEnforcement', component);
    expect(advice('MC041', [quota])).toEqual([of('controller-manager'), of('webhook')]);
    expect(advice('MC041', [quota], { assume: ['feature-gates=FederatedQuotaEnforcement=true'] })).toEqual([]);
  });

  it('not what is written as the default', () => {
    expect(advice('MC041', [propagation({ spec: { preemption: 'Never', propagateDeps: false } })])).toEqual([]);
  });
});

const ON = ['controller-manager.feature-gates=Failover=true', 'enable-no-execute-taint-eviction=true'];

describe('MC120', () => {
  const cluster = (effect: string) => ({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'east' },
    spec: { taints: [{ key: 'maintenance', effect }] },
  });

  it('a taint that evicts nothing', () => {
    expect(advice('MC120', [cluster('NoExecute')])).toEqual([
      'Cluster/east spec.taints[0].effect: the taint "maintenance" keeps new workloads away and evicts none: ' +
        'karmada-controller-manager runs without --feature-gates=Failover=true and --enable-no-execute-taint-eviction=true; ' +
        'start karmada-controller-manager with --feature-gates=Failover=true and --enable-no-execute-taint-eviction=true, and ' +
        'say so with --assume',
    ]);
  });

  it('failover between clusters that never begins', () => {
    const policy = propagation({ spec: { failover: { cluster: {} } } });
    expect(advice('MC120', [policy], { assume: ON.slice(0, 1) })).toEqual([
      'PropagationPolicy/shop/web spec.failover.cluster: nothing is evicted from a cluster that fails: ' +
        'karmada-controller-manager runs without --enable-no-execute-taint-eviction=true; start karmada-controller-manager with ' +
        '--enable-no-execute-taint-eviction=true, and say so with --assume',
    ]);
  });

  it('a policy that taints, unless it has no effect in any case', () => {
    const policy = { ...cluster('NoExecute'), apiVersion: 'policy.karmada.io/v1alpha1', kind: 'ClusterTaintPolicy' };
    expect(advice('MC120', [policy], { assume: ON.slice(0, 1) })).toEqual([
      'ClusterTaintPolicy/east spec.taints[0].effect: the taint "maintenance" keeps new workloads away and evicts none: ' +
        'karmada-controller-manager runs without --enable-no-execute-taint-eviction=true; start karmada-controller-manager with ' +
        '--enable-no-execute-taint-eviction=true, and say so with --assume',
    ]);
    expect(advice('MC120', [policy])).toEqual([]);
  });

  it('not where both are on, nor for another effect or another kind of failover', () => {
    expect(advice('MC120', [cluster('NoExecute')], { assume: ON })).toEqual([]);
    expect(advice('MC120', [cluster('NoSchedule'), propagation({ spec: { failover: { application: {} } } })])).toEqual(
      [],
    );
  });
});

describe('MC123', () => {
  const taints = (spec: any) => ({
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'ClusterTaintPolicy',
    metadata: { name: 'sick' },
    spec,
  });
  const when = [{ conditionType: 'Ready', operator: 'In', statusValues: ['True'] }];

  it('taints that nothing takes off', () => {
    expect(advice('MC123', [taints({ addOnConditions: when })])).toEqual([
      'ClusterTaintPolicy/sick spec.removeOnConditions: the taints stay on a cluster until somebody takes them off by hand; ' +
        'say in removeOnConditions when they come off',
    ]);
  });

  it('not where something does, and not where nothing ever adds them', () => {
    expect(advice('MC123', [taints({})])).toEqual([]);
    expect(advice('MC123', [taints({ addOnConditions: when, removeOnConditions: when })])).toEqual([]);
  });
});
