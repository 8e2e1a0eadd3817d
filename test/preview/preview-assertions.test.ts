import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { PreviewAssertions } from '../../src/preview/preview-assertions';
import { cluster, fleet, shop } from './shop';

const policy = (placement: any) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name: 'shop', namespace: 'prod' },
  spec: { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }], placement },
});
const weights = (one: number, two: number) => ({
  replicaScheduling: {
    replicaSchedulingType: 'Divided',
    replicaDivisionPreference: 'Weighted',
    weightPreference: {
      staticWeightList: [
        { targetCluster: { clusterNames: ['member1'] }, weight: one },
        { targetCluster: { clusterNames: ['member2'] }, weight: two },
      ],
    },
  },
});
const duplicated = { replicaScheduling: { replicaSchedulingType: 'Duplicated' } };
const mirror = {
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'OverridePolicy',
  metadata: { name: 'mirror', namespace: 'prod' },
  spec: {
    resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }],
    overrideRules: [
      {
        targetCluster: { clusterNames: ['member2'] },
        overriders: { imageOverrider: [{ component: 'Registry', operator: 'replace', value: 'mirror.example' }] },
      },
    ],
  },
};
const web = 'Deployment/prod/shop';

function assertions(placement: any, more: any = {}) {
  const { manifests = [], ...rest } = more;
  return PreviewAssertions.of(Preview.of({ manifests: [shop, policy(placement), ...manifests], fleet, ...rest }));
}

/** The whole text of what a failing assertion says. */
function failure(assert: () => void): string {
  try {
    assert();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

test('what runs where it should passes', () => {
  const placement = assertions(weights(1, 2), { manifests: [mirror] });
  placement.runsOn(web, 'member1', 'member2');
  placement.totalReplicas(web, 3);
  placement.imageOn(web, 'member1', 'shop:1');
  placement.imageOn(web, 'member2', 'mirror.example/shop:1');
  placement.survivesLossOf('member1');
  expect(placement.totalReplicas(web, 3)).toBeUndefined();
});

test('runsOn shows the placement when it fails', () => {
  const placement = assertions({ ...duplicated, clusterAffinity: { clusterNames: ['member1'] } });
  expect(failure(() => placement.runsOn(web, 'member1', 'member2'))).toBe(
    `Deployment/prod/shop does not run on member2
  CLUSTER  REPLICAS  IMAGE, OR WHY NOT
  member1  3         shop:1
  member2  -         cluster(s) did not match the placement cluster affinity constraint`,
  );
});

test('neverRunsOn shows the placement when it fails', () => {
  expect(failure(() => assertions(weights(1, 2)).neverRunsOn(web, 'member1'))).toBe(
    `Deployment/prod/shop runs on member1
  CLUSTER  REPLICAS  IMAGE, OR WHY NOT
  member1  1         shop:1
  member2  2         shop:1`,
  );
});

test('an open tie counts as both of its outcomes', () => {
  const placement = assertions(weights(1, 1));
  placement.totalReplicas(web, 3);
  placement.runsOn(web, 'member1', 'member2');
  expect(failure(() => placement.totalReplicas(web, 4))).toBe(
    `Deployment/prod/shop has 3 replicas, not 4
  CLUSTER  REPLICAS  IMAGE, OR WHY NOT
  member1  2 or 1    shop:1
  member2  1 or 2    shop:1`,
  );
});

test('imageOn says which image there is', () => {
  expect(failure(() => assertions(duplicated).imageOn(web, 'member2', 'shop:2')).split('\n')[0]).toBe(
    'Deployment/prod/shop has image shop:1 on member2, not shop:2',
  );
});

test('a cluster that the fleet does not have is an error, not a pass', () => {
  expect(failure(() => assertions(duplicated).neverRunsOn(web, 'lab'))).toBe(
    `the fleet has no cluster lab
  at neverRunsOn("Deployment/prod/shop")
  fix: give one or more of member1, member2`,
  );
  expect(failure(() => assertions(duplicated).neverRunsOn(web))).toBe(
    `neverRunsOn is given no cluster
  at neverRunsOn("Deployment/prod/shop")
  fix: give one or more of member1, member2`,
  );
});

test('survivesLossOf fails for what can run on that cluster alone', () => {
  const alone = assertions({ ...duplicated, clusterAffinity: { clusterNames: ['member1'] } });
  alone.survivesLossOf('member2');
  expect(failure(() => alone.survivesLossOf('member1'))).toBe(
    `Deployment.apps/prod/shop does not survive the loss of member1
  CLUSTER  REPLICAS  IMAGE, OR WHY NOT
  member1  -         the cluster is being deleted
  member2  -         cluster(s) did not match the placement cluster affinity constraint`,
  );
});

test('what runs already moves when its cluster is lost', () => {
  const bindings = [
    {
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: 'ResourceBinding',
      metadata: {
        name: 'shop-deployment',
        namespace: 'prod',
        annotations: { 'policy.karmada.io/applied-placement': JSON.stringify(weights(1, 2)) },
      },
      spec: {
        resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prod', name: 'shop', uid: 'one' },
        clusters: [
          { name: 'member1', replicas: 1 },
          { name: 'member2', replicas: 2 },
        ],
        replicas: 3,
      },
      status: { conditions: [{ type: 'Scheduled', status: 'True', reason: 'Success' }] },
    },
  ];
  const preview = Preview.of({ manifests: [shop, policy(weights(1, 2))], fleet, bindings }).without('member2');
  expect(preview.toJson().resources[0].outcomes[0].clusters).toEqual([{ name: 'member1', replicas: 3 }]);
});

describe('fitsIn', () => {
  const sized = Fleet.fromManifests(
    ['member1', 'member2'].map((name) => {
      const manifest = cluster(name);
      manifest.status.resourceSummary = {
        allocatable: { cpu: '2', memory: '4Gi', pods: '10' },
        allocated: { cpu: '500m', pods: '3' },
      };
      return manifest;
    }),
  );
  const hungry = structuredClone(shop) as any;
  hungry.spec.template.spec.containers[0].resources = { requests: { cpu: '600m', memory: '1Gi' } };
  const weighing = (one: number, two: number) =>
    PreviewAssertions.of(Preview.of({ manifests: [hungry, policy(weights(one, two))], fleet: sized }));

  test('what fits passes', () => {
    expect(weighing(1, 2).fitsIn()).toBeUndefined();
  });

  test('what does not says how much is missing', () => {
    expect(failure(() => weighing(1, 20).fitsIn('member1', 'member2'))).toBe(
      `1800m of cpu is asked for on member2, and 1500m is free
  fix: ask for less, spread it over more clusters, or give the cluster more nodes`,
    );
    expect(weighing(1, 20).fitsIn('member1')).toBeUndefined();
  });
});
