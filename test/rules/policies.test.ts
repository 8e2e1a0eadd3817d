import { AGGREGATED, advice, DUPLICATED, deployment, object, propagation, STATIC } from './advice';

const clusterWide = (...resourceSelectors: any[]) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'ClusterPropagationPolicy',
  metadata: { name: 'all' },
  spec: { resourceSelectors },
});

describe('MC049', () => {
  it('each Secret and ConfigMap of everybody', () => {
    const policy = clusterWide({ apiVersion: 'v1', kind: 'Secret' }, { apiVersion: 'v1', kind: 'ConfigMap' });
    const said = (index: number, kind: string) =>
      `ClusterPropagationPolicy/all spec.resourceSelectors[${index}]: it selects each ${kind} of every namespace; select them by ` +
      'namespace, name or labels, or let them follow their workloads with propagateDeps';
    expect(advice('MC049', [policy])).toEqual([said(0, 'Secret'), said(1, 'ConfigMap')]);
  });

  it.each([
    ['of a namespace', { namespace: 'shop' }],
    ['of a name', { name: 'tls' }],
    ['with a label', { labelSelector: { matchLabels: { share: 'yes' } } }],
    ['of another kind', { kind: 'Service' }],
  ])('not those %s', (_, more) => {
    expect(advice('MC049', [clusterWide({ apiVersion: 'v1', kind: 'Secret', ...more })])).toEqual([]);
  });
});

describe('MC054', () => {
  const policy = propagation({ spec: { schedulerName: 'gpu' } });

  it('a scheduler that does not run', () => {
    expect(advice('MC054', [policy])).toEqual([
      'PropagationPolicy/shop/web spec.schedulerName: it is for the scheduler "gpu", but the one that runs is ' +
        '"default-scheduler": nothing is placed; leave schedulerName out, or run such a scheduler and say so with --assume ' +
        'scheduler.scheduler-name=<name>',
    ]);
  });

  it('not the one that runs', () => {
    expect(advice('MC054', [policy], { assume: ['scheduler.scheduler-name=gpu'] })).toEqual([]);
    expect(advice('MC054', [propagation({ spec: { schedulerName: 'default-scheduler' } }), propagation()])).toEqual([]);
  });
});

describe('MC055', () => {
  const policy = propagation({ spec: { schedulePriority: { priorityClassName: 'high' } } });
  const assume = ['feature-gates=PriorityBasedScheduling=true'];

  it('a priority class that is not there', () => {
    expect(advice('MC055', [policy], { assume })).toEqual([
      'PropagationPolicy/shop/web spec.schedulePriority.priorityClassName: the PriorityClass "high" is not in the input: ' +
        'without it nothing that the policy selects is placed; add the PriorityClass to the input, or acknowledge this when ' +
        'Karmada has it already',
    ]);
  });

  it('not one that is there, one of every API server, or where nobody asks', () => {
    const high = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1 };
    const critical = propagation({ spec: { schedulePriority: { priorityClassName: 'system-node-critical' } } });
    expect(advice('MC055', [policy, high], { assume })).toEqual([]);
    expect(advice('MC055', [critical], { assume })).toEqual([]);
    expect(advice('MC055', [policy])).toEqual([]);
  });
});

describe('MC056', () => {
  const suspended = (clusterNames: string[], placement?: any) =>
    propagation({ placement, spec: { suspension: { dispatchingOnClusters: { clusterNames } } } });

  it('suspension of a cluster that the placement does not name', () => {
    expect(advice('MC056', [suspended(['oslo', 'rome'], { clusterAffinity: { clusterNames: ['oslo'] } })])).toEqual([
      'PropagationPolicy/shop/web spec.suspension.dispatchingOnClusters.clusterNames: the placement never chooses "rome": ' +
        'nothing is suspended there; correct the name, or let the placement choose the cluster',
    ]);
  });

  it('not of one that it may choose', () => {
    expect(advice('MC056', [suspended(['oslo']), propagation()])).toEqual([]);
  });
});

describe('MC057', () => {
  const policy = propagation({ placement: { workloadAffinity: { antiAffinity: { groupByLabelKey: 'shard' } } } });
  const assume = ['feature-gates=WorkloadAffinity=true'];

  it('a workload without the label', () => {
    expect(advice('MC057', [deployment(), policy], { assume })).toEqual([
      'Deployment/shop/web metadata.labels: PropagationPolicy/shop/web groups by the label "shard" (antiAffinity), which it ' +
        'does not have; add the label to metadata.labels of the workload (not to those of its pods)',
    ]);
  });

  it('not one with it, nor while nothing is grouped', () => {
    expect(advice('MC057', [deployment('web', {}, { labels: { shard: 'a' } }), policy], { assume })).toEqual([]);
    expect(advice('MC057', [deployment(), policy])).toEqual([]);
    expect(advice('MC057', [deployment(), propagation()], { assume })).toEqual([]);
  });
});

describe('MC125', () => {
  const preserving = (jsonPath: string) => ({ statePreservation: { rules: [{ aliasLabelName: 'a', jsonPath }] } });

  it('a path that begins with status', () => {
    const policy = propagation({ spec: { failover: { cluster: preserving('{ .status.phase }') } } });
    expect(advice('MC125', [policy])).toEqual([
      'PropagationPolicy/shop/web spec.failover.cluster.statePreservation.rules[0].jsonPath: the path { .status.phase } begins ' +
        'below the status already; leave .status out of the path',
    ]);
  });

  it('not one that begins below it', () => {
    for (const path of ['{.phase}', '{.statusText}']) {
      expect(advice('MC125', [propagation({ spec: { failover: { application: preserving(path) } } })])).toEqual([]);
    }
  });
});

describe('MC046', () => {
  const engine = object('example.io/v1', 'Engine', 'web', { spec: { replicas: 3 } });
  const selectors = [{ apiVersion: 'example.io/v1', kind: 'Engine', name: 'web' }];
  const FIX = 'teach Karmada the kind with a ResourceInterpreterCustomization';
  const failover = { application: {} };

  it('replicas and health of a kind that nobody taught Karmada', () => {
    const policy = propagation({ selectors, placement: { replicaScheduling: AGGREGATED }, spec: { failover } });
    expect(advice('MC046', [engine, policy])).toEqual([
      'Engine/shop/web spec.replicas: PropagationPolicy/shop/web divides, but Karmada does not know that these are replicas: ' +
        `each cluster gets all of them; ${FIX}`,
      'Engine/shop/web kind: PropagationPolicy/shop/web waits for it to fail, but Karmada cannot tell whether a Engine is ' +
        `healthy; ${FIX}`,
    ]);
  });

  it('the health of a Job', () => {
    const job = object('batch/v1', 'Job', 'web');
    const policy = propagation({
      selectors: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'web' }],
      spec: { failover },
    });
    expect(advice('MC046', [job, policy])).toEqual([
      `Job/shop/web kind: PropagationPolicy/shop/web waits for it to fail, but Karmada cannot tell whether a Job is healthy; ${FIX}`,
    ]);
  });

  it('not a kind that was taught, with Lua or by a webhook', () => {
    const policy = propagation({ selectors, placement: { replicaScheduling: STATIC }, spec: { failover } });
    const interpreter = (kind: string, rest: any) => ({
      apiVersion: 'config.karmada.io/v1alpha1',
      kind,
      metadata: { name: 'engine' },
      ...rest,
    });
    const lua = interpreter('ResourceInterpreterCustomization', {
      spec: { target: { apiVersion: 'example.io/v1', kind: 'Engine' } },
    });
    const rules = (kinds: string[]) => [{ rules: [{ apiGroups: ['example.io'], kinds }] }];
    const webhook = (kinds: string[]) =>
      interpreter('ResourceInterpreterWebhookConfiguration', { webhooks: rules(kinds) });
    expect(advice('MC046', [engine, policy, lua])).toEqual([]);
    expect(advice('MC046', [engine, policy, webhook(['*'])])).toEqual([]);
    expect(advice('MC046', [engine, policy, webhook(['Other'])])).toHaveLength(2);
  });

  it('not where nothing is divided, where there are no replicas, or of a known kind', () => {
    const spec = { failover };
    const divided = { replicaScheduling: AGGREGATED };
    expect(advice('MC046', [engine, propagation({ selectors, placement: { replicaScheduling: DUPLICATED } })])).toEqual(
      [],
    );
    const settings = object('example.io/v1', 'Engine', 'web', { spec: {} });
    expect(advice('MC046', [settings, propagation({ selectors, placement: divided })])).toEqual([]);
    expect(advice('MC046', [deployment(), propagation({ placement: divided, spec })])).toEqual([]);
    const clone = object('apps.kruise.io/v1alpha1', 'CloneSet', 'web', { spec: { replicas: 3 } });
    const cloned = [{ apiVersion: clone.apiVersion, kind: 'CloneSet', name: 'web' }];
    expect(advice('MC046', [clone, propagation({ selectors: cloned, placement: divided, spec })])).toEqual([]);
  });
});

describe('MC106', () => {
  const binding = (name: string, namespace = 'shop') => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name, namespace },
  });

  it('a namespace of two workspaces', () => {
    expect(advice('MC106', [binding('workspace-shop-edit'), binding('workspace-web-view')])).toEqual([
      'RoleBinding/shop/workspace-web-view metadata.namespace: the namespace is of the workspace "shop" already ' +
        '(RoleBinding/shop/workspace-shop-edit); give each namespace to one workspace',
    ]);
  });

  it('not the bindings of one workspace, other ones, or another namespace', () => {
    const others = [binding('admins'), binding('workspace-web-view', 'web')];
    expect(advice('MC106', [binding('workspace-shop-edit'), binding('workspace-shop-view'), ...others])).toEqual([]);
  });
});
