import { Fleet } from '../../src/preview/fleet';
import { cluster, EQUAL, fleet, op, pp, preview, shop } from './shop';

const key = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prod', name: 'shop' };
const ref = (name: string, kind = 'PropagationPolicy') => ({
  kind,
  namespace: kind === 'PropagationPolicy' ? 'prod' : '',
  name,
});

describe('collisions', () => {
  test('a resource that one policy selects is none', () => {
    expect(preview([shop, pp(EQUAL)]).collisions).toBeUndefined();
  });

  test('the policy that claims it, and the one that would take over', () => {
    const wide = { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment' }], ...EQUAL };
    const objects = [
      shop,
      pp(wide, 'wide'),
      pp(EQUAL, 'named'),
      pp({ ...EQUAL, priority: 2 }, 'all', 'ClusterPropagationPolicy'),
    ];
    for (const order of [objects, [...objects].reverse()]) {
      expect(preview(order).collisions).toEqual([{ resource: key, policy: ref('named'), next: ref('wide') }]);
    }
  });

  test('a policy of the whole Karmada takes over from the last one of the namespace', () => {
    const objects = [shop, pp(EQUAL), pp(EQUAL, 'all', 'ClusterPropagationPolicy')];
    expect(preview(objects).collisions).toEqual([
      { resource: key, policy: ref('shop'), next: ref('all', 'ClusterPropagationPolicy') },
    ]);
  });

  test("other people's policies take part", () => {
    const found = preview([shop, pp(EQUAL)], { existing: [pp({ ...EQUAL, priority: 1 }, 'theirs')] });
    expect(found.collisions).toEqual([{ resource: key, policy: ref('theirs'), next: ref('shop') }]);
  });

  test('policies that match nothing', () => {
    const elsewhere = { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'gone' }] };
    const override = { ...op({}), metadata: { name: 'lost', namespace: 'prod' } };
    override.spec.resourceSelectors = elsewhere.resourceSelectors;
    expect(preview([shop, pp(EQUAL), pp(elsewhere, 'idle'), override]).idle).toEqual([
      ref('idle'),
      { kind: 'OverridePolicy', namespace: 'prod', name: 'lost' },
    ]);
  });
});

describe('capacity', () => {
  const summary = (cpu: string, allocated: string) => ({
    resourceSummary: { allocatable: { cpu, memory: '8Gi', pods: '110' }, allocated: { cpu: allocated } },
  });
  const known = cluster('member1');
  known.status = { ...known.status, ...summary('4', '2500m') };
  const one = Fleet.fromManifests([known]);
  const asking = (replicas: number) => {
    const result = structuredClone(shop) as any;
    result.spec.replicas = replicas;
    result.spec.template.spec.containers[0].resources = { requests: { cpu: '500m', memory: '1Gi' } };
    return result;
  };

  test('requests times replicas against what is free', () => {
    expect(preview([asking(4), pp(EQUAL)], { fleet: one }).capacity).toEqual([
      { cluster: 'member1', resource: 'cpu', asked: '2', more: '2', free: '1500m', allocatable: '4', fits: false },
      {
        ...{ cluster: 'member1', resource: 'memory', asked: '4294967296', more: '4294967296' },
        ...{ free: '8589934592', allocatable: '8589934592', fits: true },
      },
      { cluster: 'member1', resource: 'pods', asked: '4', more: '4', free: '110', allocatable: '110', fits: true },
    ]);
  });

  test('what runs already is not counted again', () => {
    const binding = {
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: 'ResourceBinding',
      metadata: { name: 'shop-deployment', namespace: 'prod' },
      spec: { resource: { ...key }, replicas: 3, clusters: [{ name: 'member1', replicas: 3 }] },
    };
    const [cpu] = preview([asking(4), pp(EQUAL)], { fleet: one, bindings: [binding] }).capacity;
    expect(cpu).toEqual({
      ...{ cluster: 'member1', resource: 'cpu', asked: '2', more: '500m', free: '1500m', allocatable: '4' },
      fits: true,
    });
  });

  test('of a cluster that does not tell its capacity nothing is said', () => {
    expect(preview([shop, pp(EQUAL)], { fleet }).capacity).toBeUndefined();
  });
});
