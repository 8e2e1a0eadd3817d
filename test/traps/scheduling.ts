import { Cpu } from 'cdk8s-plus-28';
import { Admission } from '../../src/admission/admission';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { KarmadaVersion } from '../../src/core/karmada-version';
import { ClusterTaint } from '../../src/member/cluster-taint';
import { MemberCluster } from '../../src/member/member-cluster';
import { ClusterSpread } from '../../src/policy/cluster-spread';
import { Placement } from '../../src/policy/placement';
import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { aChart, chartOf, cluster, only, placementOf, seen, web, workload } from '../seed-features/seen';
import { codes, policy, propsOf, WEB, waysToMake } from './caught';

const DYNAMIC =
  'replicaScheduling: {replicaSchedulingType: Divided, replicaDivisionPreference: Weighted, weightPreference: {dynamicWeight: AvailableReplicas}}';
const STATIC =
  'replicaScheduling: {replicaSchedulingType: Divided, replicaDivisionPreference: Weighted, weightPreference: {staticWeightList: [{targetCluster: {clusterNames: [berlin]}, weight: 1}]}}';

describe('a spread without a maximum is one of 0 groups', () => {
  test('cannot be written', () => {
    expect(propsOf('GroupRange')).toContain('max');
    const { spreadConstraints } = placementOf({
      placement: Placement.duplicated({ spread: ClusterSpread.regions({ max: 2 }, { max: 4 }) }),
    });
    expect(spreadConstraints.map(({ maxGroups }: any) => maxGroups)).toEqual([2, 4]);
  });

  test('is a finding', () => {
    expect(codes([WEB, policy(`{${DYNAMIC}, spreadConstraints: [{spreadByField: cluster, minGroups: 2}]}`)])).toEqual([
      'MC051',
    ]);
  });
});

describe('a spread by zone, provider or label spreads nothing', () => {
  test('cannot be written', () => {
    expect(waysToMake('ClusterSpread').sort()).toEqual(['clusters', 'regions', 'singleRegion']);
  });

  test.each(['spreadByField: zone', 'spreadByField: provider', 'spreadByLabel: rack'])('is a finding: %s', (by) => {
    const spread = `{${DYNAMIC}, spreadConstraints: [{${by}, minGroups: 1, maxGroups: 2}]}`;
    expect(codes([WEB, policy(spread)])).toEqual(['MC052']);
  });
});

describe('static weights ignore a spread', () => {
  test('cannot be written', () => {
    expect(propsOf('StaticWeightOptions')).not.toContain('spread?');
    expect(propsOf('DuplicatedOptions')).toContain('spread?');
  });

  test('is a finding', () => {
    const spread = 'spreadConstraints: [{spreadByField: cluster, minGroups: 1, maxGroups: 2}]';
    expect(codes([WEB, policy(`{${STATIC}, ${spread}}`)])).toEqual(['MC050']);
  });
});

test('aggregated with a spread: the guide says that it is ignored; the preview follows the code, which spreads', () => {
  const containers = [{ image: 'web:1', resources: { cpu: { request: Cpu.units(1) } } }];
  const fleet = [cluster('berlin', {}, {}, 9), cluster('paris', {}, {}, 8)];
  const placed = (spread?: ClusterSpread) =>
    workload(seen(chartOf(web({ replicas: 10, containers, placement: Placement.aggregated({ spread }) })), ...fleet));
  expect(placed().outcomes[0].clusters).toEqual([
    { name: 'berlin', replicas: 5 },
    { name: 'paris', replicas: 5 },
  ]);
  expect(placed(ClusterSpread.clusters({ max: 1 })).scheduled).toBe(false);
});

describe('no replicaScheduling copies, an empty one divides', () => {
  test('is always written out', () => {
    expect(placementOf({}).replicaScheduling).toEqual({ replicaSchedulingType: 'Duplicated' });
  });

  test('is a finding', () => {
    expect(codes([WEB, policy('{replicaScheduling: {}}')])).toEqual(['MC053']);
  });
});

test('the cluster with the odd replica depends on the UID: the preview shows both outcomes', () => {
  const placement = Placement.staticWeight([
    { clusters: ClusterSelector.names('berlin'), weight: 1 },
    { clusters: ClusterSelector.names('paris'), weight: 1 },
  ]);
  const chart = chartOf(web({ replicas: 3, placement }));
  const { outcomes } = workload(seen(chart, cluster('berlin'), cluster('paris')));
  expect(outcomes.map(({ clusters }: any) => clusters.map(({ replicas }: any) => replicas))).toEqual([
    [2, 1],
    [1, 2],
  ]);
});

describe('a NoExecute taint evicts only with a gate and a flag', () => {
  const taints = [ClusterTaint.noExecute('lab')];

  test('is a finding', () => {
    const chart = aChart();
    new MemberCluster(chart, 'berlin', { taints });
    const { spec } = only('Cluster', chart);
    const object = { apiVersion: 'cluster.karmada.io/v1alpha1', kind: 'Cluster', metadata: { name: 'berlin' }, spec };
    expect(codes([JSON.stringify(object)])).toEqual(['MC120']);
    const assume = [
      'controller-manager.feature-gates=Failover=true',
      'controller-manager.enable-no-execute-taint-eviction=true',
    ];
    expect(codes([JSON.stringify(object)], { assume })).toEqual([]);
  });
});

test.each([KarmadaVersion.V1_16, KarmadaVersion.V1_17, KarmadaVersion.V1_18])(
  'tolerations for clusters that are not ready are none but those of the code: $version',
  (version) => {
    const [manifest] = chartOf(web())
      .toJson()
      .filter(({ kind }) => kind === 'PropagationPolicy');
    const { stored } = Admission.of({ version }).review(manifest);
    expect(stored.spec.placement).toEqual(manifest.spec.placement);
    expect(stored.spec.placement.clusterTolerations).toBeUndefined();
  },
);

describe('a Service does not follow its workload to the group that takes over', () => {
  const groups = ['berlin', 'paris'].map((name) => ({ name, clusters: ClusterSelector.names(name) }));

  test('exposeViaService goes to all groups', () => {
    const deployment = web({
      containers: [{ image: 'web:1', portNumber: 80 }],
      placement: Placement.duplicated({ groups }),
    });
    const { placement } = policyOf(deployment.exposeViaService());
    expect(placement.clusterAffinity).toEqual({ clusterNames: ['berlin', 'paris'] });
    expect(placement.clusterAffinities).toBeUndefined();
  });

  test('is a finding', () => {
    const affinities =
      '{clusterAffinities: [{affinityName: a, clusterNames: [berlin]}, {affinityName: b, clusterNames: [paris]}]}';
    const service =
      '{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}}}';
    const both = '[{apiVersion: apps/v1, kind: Deployment, name: web}, {apiVersion: v1, kind: Service, name: web}]';
    const sent = policy(affinities).replace(/resourceSelectors: .*/, `resourceSelectors: ${both}`);
    expect(codes([WEB, service, sent])).toEqual(['MC064']);
  });
});

describe('a cluster is edited, and no longer chosen', () => {
  const clusters = ClusterSelector.labels({ tier: 'edge' });
  const fleet = Fleet.fromManifests([cluster('berlin', {}, { tier: 'core' }), cluster('paris', {}, { tier: 'edge' })]);

  test.each([
    ['what is duplicated moves at once', Placement.duplicated({ clusters }), 2, { paris: 2 }],
    ['what is divided stays', Placement.aggregated({ clusters }), 1, { berlin: 1, paris: 1 }],
  ])('the preview knows that %s', (_, placement, each, expected) => {
    const manifests = chartOf(web({ replicas: 2, placement })).toJson();
    const applied = JSON.stringify(manifests.find(({ kind }) => kind === 'PropagationPolicy').spec.placement);
    const binding = {
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: 'ResourceBinding',
      metadata: {
        name: 'web-deployment',
        namespace: 'default',
        annotations: { 'policy.karmada.io/applied-placement': applied },
      },
      spec: {
        resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'web' },
        clusters: ['berlin', 'paris'].map((name) => ({ name, replicas: each })),
      },
    };
    const { outcomes } = workload(Preview.of({ manifests, fleet, bindings: [binding] }).toJson());
    const replicas = outcomes[0].clusters.map(({ name, replicas }: any) => [name, replicas]);
    expect(Object.fromEntries(replicas)).toEqual(expected);
  });
});

/** The placement of what a construct sends out. */
function policyOf(construct: any): any {
  return construct.propagation.node.defaultChild?.toJson().spec;
}
