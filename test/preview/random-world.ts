/** Numbers that look random and are the same in each run (mulberry32). */
export class Dice {
  constructor(private state: number) {}

  /** At least 0, less than 1. */
  roll(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  upTo(most: number): number {
    return Math.floor(this.roll() * (most + 1));
  }

  one<Item>(items: readonly Item[]): Item {
    return items[this.upTo(items.length - 1)];
  }

  some<Item>(items: readonly Item[], share = 0.5): Item[] {
    return items.filter(() => this.roll() < share);
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, at: this.roll() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }
}

const POLICY = 'policy.karmada.io/v1alpha1';
const APIS = [
  { groupVersion: 'apps/v1', resources: [{ kind: 'Deployment', name: 'deployments' }] },
  { groupVersion: 'v1', resources: [{ kind: 'ConfigMap', name: 'configmaps' }] },
];

export function randomClusters(dice: Dice): any[] {
  return Array.from({ length: 1 + dice.upTo(7) }, (_, index) => ({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: `c${index}`, labels: { env: dice.one(['prod', 'dev']) } },
    spec: {
      syncMode: 'Push',
      region: dice.one(['eu', 'us', 'ap']),
      ...(dice.roll() < 0.15 ? { taints: [{ key: 'dedicated', effect: dice.one(['NoSchedule', 'NoExecute']) }] } : {}),
    },
    status: {
      apiEnablements: dice.roll() < 0.9 ? APIS : APIS.slice(1),
      resourceSummary: {
        allocatable: { cpu: String(dice.upTo(64)), memory: `${dice.upTo(256)}Gi`, pods: String(dice.upTo(200)) },
        allocated: { cpu: String(dice.upTo(8)) },
      },
    },
  }));
}

function affinity(dice: Dice, names: readonly string[]): any {
  return {
    ...(dice.roll() < 0.4 ? { clusterNames: [dice.one(names), ...dice.some(names)] } : {}),
    ...(dice.roll() < 0.4 ? { exclude: [dice.one(names), ...dice.some(names, 0.2)] } : {}),
    ...(dice.roll() < 0.2 ? { labelSelector: { matchLabels: { env: 'prod' } } } : {}),
  };
}

function strategy(dice: Dice, names: readonly string[]): any {
  return dice.one([
    () => ({ replicaSchedulingType: 'Duplicated' }),
    () => ({ replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' }),
    () => ({
      replicaSchedulingType: 'Divided',
      replicaDivisionPreference: 'Weighted',
      weightPreference: { dynamicWeight: 'AvailableReplicas' },
    }),
    () => ({ replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted' }),
    () => ({
      replicaSchedulingType: 'Divided',
      replicaDivisionPreference: 'Weighted',
      weightPreference: {
        staticWeightList: dice
          .shuffled(names)
          .slice(0, 3)
          .map((name) => ({ targetCluster: { clusterNames: [name] }, weight: 1 + dice.upTo(4) })),
      },
    }),
  ])();
}

function spread(dice: Dice): any[] {
  const groups = (by: string) => {
    const minGroups = 1 + dice.upTo(2);
    return { spreadByField: by, minGroups, maxGroups: minGroups + dice.upTo(2) };
  };
  return dice.roll() < 0.5 ? [groups('cluster')] : [groups('region'), groups('cluster')];
}

/** A few workloads with a policy each, and one that selects them all. */
export function randomManifests(dice: Dice, names: readonly string[]): any[] {
  const workloads = Array.from({ length: 1 + dice.upTo(4) }, (_, index) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `w${index}`, namespace: 'prod', labels: { tier: dice.one(['a', 'b']) } },
    spec: {
      replicas: dice.upTo(40),
      selector: { matchLabels: { app: 'x' } },
      template: {
        metadata: { labels: { app: 'x' } },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'x:1',
              envFrom: [{ configMapRef: { name: 'conf' } }],
              ...(dice.roll() < 0.7 ? { resources: { requests: { cpu: dice.one(['100m', '1', '2']) } } } : {}),
            },
          ],
        },
      },
    },
  }));
  const policy = (name: string, selector: any) => ({
    apiVersion: POLICY,
    kind: 'PropagationPolicy',
    metadata: { name, namespace: 'prod' },
    spec: {
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', ...selector }],
      propagateDeps: dice.roll() < 0.3,
      placement: {
        clusterAffinity: affinity(dice, names),
        replicaScheduling: strategy(dice, names),
        ...(dice.roll() < 0.3 ? { spreadConstraints: spread(dice) } : {}),
        ...(dice.roll() < 0.2 ? { clusterTolerations: [{ operator: 'Exists' }] } : {}),
      },
    },
  });
  return [
    ...workloads,
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf', namespace: 'prod' }, data: { a: 'b' } },
    ...dice.some(workloads, 0.7).map(({ metadata }) => policy(metadata.name, { name: metadata.name })),
    policy('all', {}),
  ];
}
