// Decisions in a process of their own: `<workloads> <clusters>` prints the milliseconds from the parsed manifests to the report.
// Each workload has a policy of its own, as the library writes them, and a tenth an override; of 10,000 placements 840 differ.
const { Fleet, Preview, PreviewRender } = require('..');

const [workloads, clusters] = process.argv.slice(2).map(Number);

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];
const REGIONS = ['eu-west', 'eu-north', 'us-east', 'us-west', 'ap-south'];

/** A cluster as Karmada shows one, with the APIs of a bare Kubernetes and four more. */
const cluster = (i) => ({
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  metadata: { name: `member-${i}`, labels: { tier: `t${i % 4}`, env: i % 10 ? 'prod' : 'lab' } },
  spec: {
    syncMode: 'Push',
    region: REGIONS[i % REGIONS.length],
    provider: `p${i % 3}`,
    zones: [`z${i % 7}`],
    taints: i % 20 ? [] : [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }],
  },
  status: {
    apiEnablements: [
      { groupVersion: 'apps/v1', resources: KINDS.map((kind) => ({ kind, name: `${kind.toLowerCase()}s` })) },
      { groupVersion: 'v1', resources: ['ConfigMap', 'Secret', 'Service', 'Pod'].map((kind) => ({ kind })) },
    ],
    conditions: [{ type: 'Ready', status: 'True' }],
    resourceSummary: {
      allocatable: { cpu: `${1000 + i}`, memory: `${4000 + i}Gi`, pods: '11000' },
      allocated: { cpu: `${100 + (i % 9)}500m`, memory: '900Gi', pods: '1200' },
    },
  },
});

const deployment = (i) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: `web-${i}`, namespace: `team-${i % 100}`, labels: { app: `web-${i}` } },
  spec: {
    replicas: 1 + (i % 40),
    selector: { matchLabels: { app: `web-${i}` } },
    template: {
      metadata: { labels: { app: `web-${i}` } },
      spec: {
        containers: [
          {
            name: 'web',
            image: `registry.example/web:${i}`,
            resources: { requests: { cpu: `${100 + (i % 7) * 50}m`, memory: '256Mi' } },
          },
        ],
      },
    },
  },
});

const divided = (replicaDivisionPreference, weightPreference) => ({
  replicaSchedulingType: 'Divided',
  replicaDivisionPreference,
  ...(weightPreference && { weightPreference }),
});

/** One placement of every kind in turn. */
const PLACEMENTS = [
  (i) => ({ clusterAffinity: { labelSelector: { matchLabels: { tier: `t${i % 4}` } } } }),
  (i) => ({
    clusterAffinity: { exclude: [`member-${i % 40}`] },
    replicaScheduling: divided('Weighted', {
      staticWeightList: REGIONS.map((region, at) => ({
        targetCluster: { fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: [region] }] } },
        weight: 1 + ((at + i) % 5),
      })),
    }),
  }),
  () => ({ replicaScheduling: divided('Weighted', { dynamicWeight: 'AvailableReplicas' }) }),
  () => ({
    replicaScheduling: divided('Aggregated'),
    spreadConstraints: [{ spreadByField: 'cluster', minGroups: 2, maxGroups: 5 }],
  }),
  () => ({
    replicaScheduling: divided('Weighted', { dynamicWeight: 'AvailableReplicas' }),
    spreadConstraints: [
      { spreadByField: 'region', minGroups: 2, maxGroups: 3 },
      { spreadByField: 'cluster', minGroups: 3, maxGroups: 9 },
    ],
  }),
  (i) => ({
    clusterAffinities: [
      { affinityName: 'near', clusterNames: [`member-${i % 40}`, `member-${(i + 1) % 40}`] },
      { affinityName: 'far', labelSelector: { matchLabels: { env: 'prod' } } },
    ],
    clusterTolerations: [{ key: 'dedicated', operator: 'Exists' }],
    replicaScheduling: divided('Aggregated'),
  }),
];

const policy = (i) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name: `web-${i}`, namespace: `team-${i % 100}` },
  spec: {
    resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: `web-${i}` }],
    propagateDeps: true,
    placement: PLACEMENTS[i % PLACEMENTS.length](i),
  },
});

const override = (i) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'OverridePolicy',
  metadata: { name: `web-${i}`, namespace: `team-${i % 100}` },
  spec: {
    resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: `web-${i}` }],
    overrideRules: [
      { overriders: { imageOverrider: [{ component: 'Registry', operator: 'replace', value: 'mirror.example' }] } },
    ],
  },
});

const manifests = Array.from({ length: workloads }, (_, i) => [
  deployment(i),
  policy(i),
  ...(i % 10 ? [] : [override(i)]),
]).flat();
const members = Array.from({ length: clusters }, (_, i) => cluster(i));

const start = performance.now();
const preview = Preview.of({ manifests, fleet: Fleet.fromManifests(members), render: PreviewRender.NONE });
const { resources } = preview.toJson();
const milliseconds = performance.now() - start;
const placed = resources.filter(({ outcomes }) => outcomes[0]?.clusters.length > 0).length;
if (placed !== workloads) throw new Error(`${placed} of ${workloads} workloads of the bench are placed`);
console.log(milliseconds);
