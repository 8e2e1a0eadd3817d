import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';

/** north n1 10, n2 8; south s1 20; east e1, e2, e3 5 each. */
const MEMBERS = { n1: 10, n2: 8, s1: 20, e1: 5, e2: 5, e3: 5 };
const REGIONS: { readonly [first: string]: string } = { n: 'north', s: 'south', e: 'east' };

const fleet = Fleet.fromManifests(
  Object.entries(MEMBERS).map(([name, cpu]) => ({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name },
    spec: { syncMode: 'Push', region: REGIONS[name[0]] },
    status: {
      apiEnablements: [{ groupVersion: 'apps/v1', resources: [{ kind: 'Deployment', name: 'deployments' }] }],
      resourceSummary: { allocatable: { cpu: String(cpu), pods: '500' } },
    },
  })),
);

const STRATEGIES = {
  Duplicated: {},
  dynamic: {
    replicaScheduling: {
      replicaSchedulingType: 'Divided',
      replicaDivisionPreference: 'Weighted',
      weightPreference: { dynamicWeight: 'AvailableReplicas' },
    },
  },
  Aggregated: { replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' } },
};

function placed(strategy: keyof typeof STRATEGIES, region: number[], cluster: number[]): string {
  const constraint = (spreadByField: string, [minGroups, maxGroups]: number[]) => ({
    spreadByField,
    minGroups,
    maxGroups,
  });
  const manifests = [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'ns' },
      spec: {
        replicas: 12,
        template: { spec: { containers: [{ name: 'a', resources: { requests: { cpu: '1' } } }] } },
      },
    },
    {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'PropagationPolicy',
      metadata: { name: 'web', namespace: 'ns' },
      spec: {
        resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment' }],
        placement: {
          ...STRATEGIES[strategy],
          spreadConstraints: [constraint('region', region), constraint('cluster', cluster)],
        },
      },
    },
  ];
  const [entry] = Preview.of({ manifests, fleet, uids: { 'Deployment/ns/web': 'u-1' } }).toJson().resources;
  if (!entry.scheduled) return entry.message;
  return entry.outcomes[0].clusters
    .map((each: any) => (strategy === 'Duplicated' ? each.name : `${each.name}:${each.replicas}`))
    .join(' ');
}

const SHORT =
  'failed to assign replicas: failed to scale up: Clusters available replicas 10 are not enough to schedule.';

test.each([
  ['Duplicated', [2, 2], [3, 3], 'e1 e2 s1'],
  ['dynamic', [2, 2], [3, 3], 'e1:3 n1:5 n2:4'],
  ['Aggregated', [2, 2], [3, 3], 'n1:7 n2:5'],
  ['Duplicated', [1, 3], [4, 4], 'e1 e2 e3 s1'],
  ['dynamic', [1, 3], [4, 4], 'e1:2 e2:2 n1:4 n2:4'],
  ['Duplicated', [1, 2], [2, 2], 'e1 s1'],
  ['dynamic', [1, 2], [2, 2], SHORT],
  ['Duplicated', [3, 3], [1, 1], 'e1 n1 s1'],
  ['dynamic', [3, 3], [1, 1], 'e1:2 n1:3 s1:7'],
  ['Aggregated', [3, 3], [1, 1], 's1:12'],
  [
    'Duplicated',
    [4, 4],
    [4, 4],
    'failed to select clusters: the number of feasible region is less than spreadConstraint.MinGroups',
  ],
] as const)('%s, regions %p, clusters %p', (strategy, region, cluster, expected) => {
  expect(placed(strategy, [...region], [...cluster])).toBe(expected);
});
