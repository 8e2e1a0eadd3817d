import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import type { PreviewProps } from '../../src/preview/preview-props';

/** Rules that the recorded cases do not reach: small fleets, numbers worked out by upstream's own code. */

interface Member {
  readonly name: string;
  readonly cpu?: number;
  readonly region?: string;
  readonly taints?: any[];
  readonly labels?: any;
  readonly deleting?: boolean;
}

function cluster({ name, cpu = 0, region, taints, labels, deleting }: Member): any {
  return {
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name, labels, ...(deleting ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}) },
    spec: { syncMode: 'Push', region, taints },
    status: {
      apiEnablements: [
        { groupVersion: 'apps/v1', resources: [{ kind: 'Deployment', name: 'deployments' }] },
        { groupVersion: 'v1', resources: [{ kind: 'ConfigMap', name: 'configmaps' }] },
      ],
      resourceSummary: { allocatable: { cpu: String(cpu), pods: '1000' } },
    },
  };
}

const TREES = [
  { name: 'ash', cpu: 6 },
  { name: 'birch', cpu: 12 },
  { name: 'cedar', cpu: 18 },
];

function shop(replicas: number, requests: any = { cpu: '1' }): any {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop', namespace: 'prod' },
    spec: { replicas, template: { spec: { containers: [{ name: 'main', image: 'shop', resources: { requests } }] } } },
  };
}

function policy(placement: any, more: any = {}): any {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name: 'spread', namespace: 'prod' },
    spec: { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment' }], placement, ...more },
  };
}

function binding(clusters: { [name: string]: number }, more: any = {}): any {
  return {
    apiVersion: 'work.karmada.io/v1alpha2',
    kind: 'ResourceBinding',
    metadata: { name: 'shop-deployment', namespace: 'prod' },
    spec: {
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prod', name: 'shop' },
      clusters: Object.entries(clusters).map(([name, replicas]) => ({ name, replicas })),
      ...more.spec,
    },
    status: more.status,
  };
}

const divided = (preference: string, weightPreference?: any) => ({
  replicaScheduling: {
    replicaSchedulingType: 'Divided',
    replicaDivisionPreference: preference,
    ...(weightPreference ? { weightPreference } : {}),
  },
});
const DYNAMIC = divided('Weighted', { dynamicWeight: 'AvailableReplicas' });
const AGGREGATED = divided('Aggregated');

function decided(members: Member[], props: Partial<PreviewProps> & { manifests: any[] }): any {
  const uids = { 'Deployment/prod/shop': 'u-1' };
  const json = Preview.of({ fleet: Fleet.fromManifests(members.map(cluster)), uids, ...props }).toJson();
  expect(json.unsupported).toEqual([]);
  return json.resources[0];
}

function placed(members: Member[], props: Partial<PreviewProps> & { manifests: any[] }): any {
  const entry = decided(members, props);
  const clusters = entry.outcomes[0].clusters;
  return entry.scheduled
    ? Object.fromEntries(clusters.map((each: any) => [each.name, each.replicas ?? 0]))
    : `${entry.reason}: ${entry.message}`;
}

describe('division', () => {
  test.each([
    ['dynamic, first', DYNAMIC, 12, {}, { ash: 2, birch: 4, cedar: 6 }],
    ['dynamic, all of it', DYNAMIC, 36, {}, { ash: 6, birch: 12, cedar: 18 }],
    [
      'dynamic, too much',
      DYNAMIC,
      37,
      {},
      'Unschedulable: failed to assign replicas: failed to scale up: Clusters available replicas 36 are not enough to schedule.',
    ],
    ['aggregated, one cluster', AGGREGATED, 18, {}, { cedar: 18 }],
    ['aggregated, two clusters', AGGREGATED, 19, {}, { birch: 8, cedar: 11 }],
    ['aggregated, three clusters', AGGREGATED, 31, {}, { ash: 5, birch: 10, cedar: 16 }],
    ['aggregated, grows where it is', AGGREGATED, 8, { ash: 4 }, { ash: 8 }],
    ['aggregated, grows beyond', AGGREGATED, 14, { ash: 4 }, { ash: 7, cedar: 7 }],
    ['dynamic, grows', DYNAMIC, 12, { ash: 1, birch: 2, cedar: 3 }, { ash: 2, birch: 4, cedar: 6 }],
    ['dynamic, shrinks', DYNAMIC, 5, { ash: 2, birch: 3, cedar: 4 }, { ash: 1, birch: 2, cedar: 2 }],
    ['aggregated, shrinks', AGGREGATED, 5, { ash: 2, birch: 3, cedar: 4 }, { birch: 2, cedar: 3 }],
    ['dynamic, stays', DYNAMIC, 9, { ash: 9 }, { ash: 9 }],
    ['equal weights', divided('Weighted'), 7, {}, { ash: 3, birch: 2, cedar: 2 }],
    ['fewer replicas than clusters', divided('Weighted'), 2, {}, { ash: 1, birch: 1 }],
  ])('%s', (_, placement, replicas, previous, expected) => {
    const bindings = Object.keys(previous).length > 0 ? [binding(previous as { [name: string]: number })] : [];
    expect(placed(TREES, { manifests: [shop(replicas), policy(placement)], bindings })).toEqual(expected);
  });

  it('starts from scratch when somebody asked for it', () => {
    const spec = { rescheduleTriggeredAt: '2026-01-02T00:00:00Z' };
    const status = { lastScheduledTime: '2026-01-01T00:00:00Z' };
    const manifests = [shop(9), policy(DYNAMIC)];
    expect(placed(TREES, { manifests, bindings: [binding({ ash: 9 }, { spec, status })] })).toEqual({
      ash: 3,
      birch: 2,
      cedar: 4,
    });
  });

  it('sends nothing for no replicas, unless the scheduler is told to', () => {
    const manifests = [shop(0), policy(DYNAMIC)];
    expect(placed(TREES, { manifests })).toEqual({});
    const assume = ['enable-empty-workload-propagation=true'];
    expect(placed(TREES, { manifests, assume })).toEqual({ ash: 0, birch: 0, cedar: 0 });
  });

  it('takes a workload that asks for nothing and has no replicas for no workload', () => {
    expect(placed(TREES, { manifests: [shop(0, {}), policy(DYNAMIC)] })).toEqual({ ash: 0, birch: 0, cedar: 0 });
  });
});

describe('filters', () => {
  const ONE = {};

  it('skips a cluster that is being deleted, and counts it', () => {
    const members = [{ name: 'ash', deleting: true }];
    expect(placed(members, { manifests: [shop(1), policy(ONE)] })).toBe('NoClusterFit: 0/1 clusters are available:');
  });

  it('names a taint that is not tolerated', () => {
    const members = [{ name: 'ash', taints: [{ key: 'k', value: 'v', effect: 'NoSchedule' }] }];
    expect(placed(members, { manifests: [shop(1), policy(ONE)] })).toBe(
      'NoClusterFit: 0/1 clusters are available: 1 cluster(s) had untolerated taint {k=v:NoSchedule}.',
    );
  });

  const taints = [
    { name: 'ash', taints: [{ key: 'k', value: 'v', effect: 'NoSchedule' }] },
    { name: 'birch', taints: [{ key: 'k', effect: 'NoExecute' }] },
    { name: 'cedar', taints: [{ key: 'k', value: 'v', effect: 'PreferNoSchedule' }] },
  ];
  test.each([
    [{ key: 'k' }, ['birch', 'cedar']],
    [{ key: 'k', operator: 'Equal', value: 'v' }, ['ash', 'cedar']],
    [{ operator: 'Equal' }, ['birch', 'cedar']],
    [{ operator: 'Exists' }, ['ash', 'birch', 'cedar']],
    [{ key: 'k', operator: 'Exists', effect: 'NoExecute' }, ['birch', 'cedar']],
  ])('tolerates with %p', (toleration, expected) => {
    const manifests = [shop(1), policy({ clusterTolerations: [toleration] })];
    expect(Object.keys(placed(taints, { manifests }))).toEqual(expected);
  });

  it('keeps what it is evicted from out', () => {
    const spec = {
      gracefulEvictionTasks: [{ fromCluster: 'ash', reason: 'TaintUntolerated', producer: 'TaintManager' }],
    };
    const manifests = [shop(1), policy(ONE)];
    expect(placed([{ name: 'ash' }], { manifests, bindings: [binding({ ash: 1 }, { spec })] })).toBe(
      'NoClusterFit: 0/1 clusters are available: 1 cluster(s) is in the process of eviction.',
    );
  });
});

describe('groups of affinities', () => {
  const members = [
    { name: 'p1', cpu: 4 },
    { name: 'p2', cpu: 4 },
    { name: 'b1', cpu: 9 },
    { name: 'b2', cpu: 9 },
  ];
  const groups = {
    clusterAffinities: [
      { affinityName: 'prim', clusterNames: ['p1', 'p2'] },
      { affinityName: 'back', clusterNames: ['b1', 'b2'] },
    ],
  };
  const overflow = {
    clusterAffinities: [
      {
        affinityName: 'prim',
        clusterNames: ['p1', 'p2'],
        overflowAffinities: [
          { affinityName: 'ov1', clusterNames: ['b1'] },
          { affinityName: 'ov2', clusterNames: ['b2', 'p1'] },
        ],
      },
      groups.clusterAffinities[1],
    ],
  };

  test.each([
    ['first', groups, 8, { p1: 4, p2: 4 }],
    ['next', groups, 9, { b1: 5, b2: 4 }],
    ['overflow, not needed', overflow, 8, { p1: 4, p2: 4 }],
    ['overflow, one tier', overflow, 9, { b1: 1, p1: 4, p2: 4 }],
    ['overflow, two tiers', overflow, 18, { b1: 9, b2: 1, p1: 4, p2: 4 }],
    ['overflow, all of it', overflow, 26, { b1: 9, b2: 9, p1: 4, p2: 4 }],
  ])('%s', (_, placement, replicas, expected) => {
    expect(placed(members, { manifests: [shop(replicas), policy({ ...placement, ...DYNAMIC })] })).toEqual(expected);
  });

  it('never goes back to an earlier one', () => {
    const manifests = [shop(4), policy({ ...groups, ...DYNAMIC })];
    const status = { schedulerObservingAffinityName: 'back' };
    expect(decided(members, { manifests, bindings: [binding({}, { status })] }).affinity).toBe('back');
  });
});

describe('a divided workload that is placed', () => {
  const PLACEMENT = { clusterAffinity: { labelSelector: { matchLabels: { tier: 'gold' } } }, ...DYNAMIC };

  it('keeps its clusters when they change their labels', () => {
    const stored = { ...PLACEMENT };
    const existing = binding({ ash: 4 });
    existing.metadata.annotations = { 'policy.karmada.io/applied-placement': JSON.stringify(stored) };
    existing.status = { conditions: [{ type: 'Scheduled', status: 'True', reason: 'Success', message: 'As before.' }] };
    const entry = decided(TREES, { manifests: [shop(4), policy(PLACEMENT)], bindings: [existing] });
    expect([entry.scheduled, entry.message, entry.outcomes[0].clusters]).toEqual([
      true,
      'As before.',
      [{ name: 'ash', replicas: 4 }],
    ]);
  });

  it('is looked at again when the placement changes', () => {
    const existing = binding({ ash: 4 });
    existing.metadata.annotations = { 'policy.karmada.io/applied-placement': JSON.stringify(DYNAMIC) };
    const entry = decided(TREES, { manifests: [shop(4), policy(PLACEMENT)], bindings: [existing] });
    expect([entry.scheduled, entry.reason, entry.outcomes[0].clusters]).toEqual([false, 'NoClusterFit', []]);
  });
});
