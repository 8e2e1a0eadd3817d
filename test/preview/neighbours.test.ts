import { pp, preview, shop } from './shop';

const GATE = { assume: ['feature-gates=WorkloadAffinity=true'] };
const OPEN = 'workload affinity: which workload of the group is placed first';

function workload(name: string, placement: any): any[] {
  return [
    { ...shop, metadata: { name, namespace: 'prod', labels: { group: 'g' } } },
    pp({ resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name }], placement }, name),
  ];
}

const together = { workloadAffinity: { affinity: { groupByLabelKey: 'group' } } };
const apart = { workloadAffinity: { antiAffinity: { groupByLabelKey: 'group' } } };
const on = (...clusterNames: string[]) => ({ clusterAffinity: { clusterNames } });

function clustersOf(json: any): any {
  return Object.fromEntries(
    json.resources.map(({ resource, outcomes }: any) => [
      resource.name,
      outcomes.map(({ clusters }: any) => clusters.map(({ name }: any) => name)),
    ]),
  );
}

function binding(name: string, clusters: string[], groups: any): any {
  return {
    apiVersion: 'work.karmada.io/v1alpha2',
    kind: 'ResourceBinding',
    metadata: { name: `${name}-deployment`, namespace: 'prod' },
    spec: {
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prod', name },
      clusters: clusters.map((each) => ({ name: each, replicas: 3 })),
      workloadAffinityGroups: groups,
    },
  };
}

describe('workloads that keep together', () => {
  it('go where each order puts them', () => {
    const json = preview([...workload('one', together), ...workload('two', together)], GATE);
    expect(clustersOf(json)).toEqual({ one: [['member1', 'member2']], two: [['member1', 'member2']] });
    expect(json.unsupported).toEqual([]);
  });

  it('are left open where the order decides', () => {
    const json = preview([...workload('one', { ...together, ...on('member1') }), ...workload('two', together)], GATE);
    expect(clustersOf(json)).toEqual({ one: [['member1']], two: [] });
    expect(json.unsupported.map(({ resource, what }: any) => [resource.name, what])).toEqual([['two', OPEN]]);
  });

  it('follow what runs already, also when that is somebody else’s', () => {
    const bindings = [binding('theirs', ['member2'], { affinityGroup: 'group=g' })];
    const json = preview([...workload('one', together), ...workload('two', together)], { ...GATE, bindings });
    expect(clustersOf(json)).toEqual({ one: [['member2']], two: [['member2']] });
  });

  it('mean nothing without the gate', () => {
    const bindings = [binding('theirs', ['member2'], { affinityGroup: 'group=g' })];
    const one = [shop, pp({ placement: {} })];
    expect(clustersOf(preview(one, { bindings }))).toEqual({ shop: [['member1', 'member2']] });
  });
});

describe('workloads that keep apart', () => {
  it('are left open where both want the same cluster', () => {
    const json = preview([...workload('one', { ...apart, ...on('member1') }), ...workload('two', apart)], GATE);
    expect(clustersOf(json)).toEqual({ one: [], two: [] });
  });

  it('go past what runs already', () => {
    const bindings = [binding('theirs', ['member2'], { antiAffinityGroup: 'group=g' })];
    const [template, policy] = workload('one', apart);
    const json = preview([template, policy], { ...GATE, bindings });
    expect(clustersOf(json)).toEqual({ one: [['member1']] });
  });

  it('take bounded time however many they are', () => {
    const many = Array.from({ length: 200 }, (_, index) => workload(`w${index}`, index % 2 ? apart : together)).flat();
    const begun = performance.now();
    const json = preview(many, GATE);
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(json.resources).toHaveLength(200);
  });
});

describe('preemption', () => {
  const held = {
    ...binding('shop', ['member1'], undefined),
    metadata: {
      name: 'shop-deployment',
      namespace: 'prod',
      labels: { 'propagationpolicy.karmada.io/permanent-id': 'x' },
      annotations: {
        'propagationpolicy.karmada.io/namespace': 'prod',
        'propagationpolicy.karmada.io/name': 'shop',
      },
    },
  };
  const winner = (policies: any[], assume: string[]) => {
    const json = preview([shop, ...policies], { bindings: [held], assume });
    return json.unsupported.length > 0 ? json.unsupported[0].what : json.resources[0].policy.name;
  };
  const PREEMPT = ['feature-gates=PropagationPolicyPreemption=true'];
  const mine = pp({ placement: on('member1'), priority: 1 });
  const rival = (name: string, priority: number) =>
    pp({ placement: on('member2'), priority, preemption: 'Always' }, name);

  it('takes by priority what another policy holds', () => {
    expect(winner([mine, rival('a', 2)], PREEMPT)).toBe('a');
    expect(winner([mine, rival('a', 2), rival('b', 3)], PREEMPT)).toBe('b');
    expect(winner([mine, rival('a', 1)], PREEMPT)).toBe('shop');
  });

  it('is off by default: a claim sticks', () => {
    expect(winner([mine, rival('a', 2)], [])).toBe('shop');
  });

  it('is left open between policies of the same priority', () => {
    expect(winner([mine, rival('a', 2), rival('b', 2)], PREEMPT)).toBe(
      'preemption: which of several policies with the same priority comes first',
    );
  });
});
