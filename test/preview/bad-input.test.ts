import { Fleet } from '../../src/preview/fleet';
import { Tie, webster } from '../../src/preview/private/webster';
import { cluster, fleet, messageOf, pp, preview, shop } from './shop';

const AGGREGATED = { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' };
const divided = pp({ placement: { replicaScheduling: AGGREGATED } });
const everywhere = pp({ placement: {} });

function withSpec(spec: any): any {
  return { ...shop, spec: { ...shop.spec, ...spec } };
}

function withContainer(container: any): any {
  return withSpec({ template: { spec: { containers: [container] } } });
}

function member(status: any, spec: any = {}): Fleet {
  return Fleet.fromManifests([{ ...cluster('member1'), spec: { syncMode: 'Push', ...spec }, status }]);
}

/** How long it takes, in milliseconds. */
function time(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

const LIMIT_MS = 10_000;

describe('a fleet', () => {
  it.each([
    ['without a status', undefined],
    ['whose status is null', null],
    ['whose parts are null', { apiEnablements: null, resourceSummary: null }],
  ])('%s serves nothing', (_, status) => {
    const [entry] = preview([shop, divided], {
      fleet: member(status, { taints: null, resourceModels: null }),
    }).resources;
    expect(entry.message).toBe('0/1 clusters are available: 1 cluster(s) did not have the API resource.');
  });

  it('with amounts that are none names each of them', () => {
    const resourceSummary = {
      allocatable: { cpu: 'lots', pods: '10' },
      allocated: { memory: '3Q' },
      allocating: 'none',
    };
    expect(messageOf(() => member({ ...cluster('x').status, resourceSummary }))).toBe(
      [
        'status.resourceSummary.allocatable: cpu is no quantity: "lots"',
        '  at Cluster/member1',
        '  fix: write one such as 2, 500m or 4Gi',
        'status.resourceSummary.allocated: memory is no quantity: "3Q"',
        '  at Cluster/member1',
        '  fix: write one such as 2, 500m or 4Gi',
        'status.resourceSummary.allocating are no map of resources',
        '  at Cluster/member1',
        '  fix: write one amount for each resource',
      ].join('\n'),
    );
  });

  it('with amounts of any size takes bounded time', () => {
    const resourceSummary = { allocatable: { cpu: '1e999999999', memory: '1e-999999999', pods: '9'.repeat(1000) } };
    const big = member({ ...cluster('x').status, resourceSummary });
    const asking = withContainer({ name: 'a', image: 'b', resources: { requests: { cpu: '1e99999999' } } });
    expect(time(() => preview([asking, divided], { fleet: big }))).toBeLessThan(LIMIT_MS);
  });
});

describe('a template', () => {
  it('says everything that is wrong with it', () => {
    const bad = {
      ...withSpec({
        replicas: -3,
        template: {
          spec: {
            containers: [{ name: 'a', image: 'b', resources: { requests: { cpu: 'many' }, limits: ['1'] } }],
            initContainers: [null],
          },
        },
      }),
      metadata: { ...shop.metadata, labels: { on: true }, annotations: 'none' },
    };
    expect(messageOf(() => preview([bad, divided]))).toBe(
      [
        'metadata.labels holds texts only, got on: true',
        '  at Deployment/prod/shop',
        '  fix: put the value in quotes',
        'metadata.annotations holds texts only, got annotations: "none"',
        '  at Deployment/prod/shop',
        '  fix: put the value in quotes',
        'spec.replicas is no number of pods: -3',
        '  at Deployment/prod/shop',
        '  fix: write a whole number from 0 to 2147483647',
        'requests of container a: cpu is no quantity: "many"',
        '  at Deployment/prod/shop',
        '  fix: write one such as 2, 500m or 4Gi',
        'limits of container a are no map of resources',
        '  at Deployment/prod/shop',
        '  fix: write one amount for each resource',
        'initContainers is no list of containers',
        '  at Deployment/prod/shop',
        '  fix: write one container for each item of the list',
      ].join('\n'),
    );
  });

  it.each([['three'], [1.5], [2147483648], [[1]]])('has no replicas of %j', (replicas) => {
    expect(messageOf(() => preview([withSpec({ replicas }), divided]))).toBe(
      [
        `spec.replicas is no number of pods: ${JSON.stringify(replicas)}`,
        '  at Deployment/prod/shop',
        '  fix: write a whole number from 0 to 2147483647',
      ].join('\n'),
    );
  });

  it('that holds itself is an error, not an endless walk', () => {
    const endless = withSpec({});
    endless.spec.me = endless;
    expect(messageOf(() => preview([endless, everywhere]))).toBe(
      ['the object holds itself', '  at Deployment/prod/shop', '  fix: write out what the YAML alias stands for'].join(
        '\n',
      ),
    );
  });
});

describe('a policy', () => {
  it('with weights below 1 is refused, each by itself', () => {
    const staticWeightList = [-1, 0].map((weight) => ({ targetCluster: { clusterNames: ['member1'] }, weight }));
    const weightPreference = { staticWeightList };
    const replicaScheduling = { ...AGGREGATED, replicaDivisionPreference: 'Weighted', weightPreference };
    const at = (index: number) =>
      `  at PropagationPolicy/prod/shop spec.placement.replicaScheduling.weightPreference.staticWeightList[${index}].weight`;
    const message = messageOf(() => preview([shop, pp({ placement: { replicaScheduling } })]));
    expect(message.split('\n')).toEqual([
      'weight must be 1 or more, got -1',
      at(0),
      '  fix: set weight to 1 or more',
      'weight must be 1 or more, got 0',
      at(1),
      '  fix: set weight to 1 or more',
    ]);
  });
});

describe('dependencies that go in a circle', () => {
  it('are followed one step', () => {
    const ordered = (name: string, on: string) => ({
      ...withSpec({}),
      metadata: {
        name,
        namespace: 'prod',
        annotations: { 'config.kubernetes.io/depends-on': `apps/namespaces/prod/Deployment/${on}` },
      },
    });
    const policy = pp({ propagateDeps: true, resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment' }] });
    const json = preview([ordered('a', 'b'), ordered('b', 'a'), policy]);
    expect(json.resources.map(({ outcomes }: any) => outcomes[0].clusters.length)).toEqual([2, 2]);
  });
});

describe('large input', () => {
  it('of 10,000 lines in one object takes bounded time', () => {
    const env = Array.from({ length: 10_000 }, (_, index) => ({ name: `E${index}`, value: 'x' }));
    const large = withContainer({ name: 'a', image: 'b', env });
    expect(time(() => preview([large, everywhere]))).toBeLessThan(LIMIT_MS);
  });

  it('of thousands of override rules takes bounded time', () => {
    const overrideRules = Array.from({ length: 2000 }, (_, index) => ({
      overriders: { labelsOverrider: [{ operator: 'add', value: { [`l${index}`]: 'x' } }] },
    }));
    const overrides = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'o', namespace: 'prod' },
      spec: { overrideRules },
    };
    expect(time(() => preview([shop, everywhere, overrides]))).toBeLessThan(LIMIT_MS);
  });

  it('of as many replicas as there can be takes bounded time', () => {
    const replicaScheduling = { ...AGGREGATED, replicaDivisionPreference: 'Weighted' };
    const many = withSpec({ replicas: 2147483647 });
    const [entry] = preview([many, pp({ placement: { replicaScheduling } })]).resources;
    expect(entry.outcomes.map(({ clusters }: any) => clusters)).toEqual([
      [
        { name: 'member1', replicas: 1073741824 },
        { name: 'member2', replicas: 1073741823 },
      ],
      [
        { name: 'member1', replicas: 1073741823 },
        { name: 'member2', replicas: 1073741824 },
      ],
    ]);
    expect(fleet.clusterNames).toHaveLength(2);
  });
});

describe('many shares at once', () => {
  /** One seat after the other, as it is written down. */
  function slowly(seats: number, votes: readonly { name: string; replicas: number }[]): number[] {
    const given = votes.map(() => 0);
    const claim = (index: number) => votes[index].replicas / (2 * given[index] + 1);
    for (let left = seats; left > 0; left -= 1) {
      let best = 0;
      for (let index = 1; index < votes.length; index += 1) {
        const [mine, theirs] = [claim(index), claim(best)];
        if (mine > theirs || (mine === theirs && given[index] < given[best])) best = index;
      }
      given[best] += 1;
    }
    return given;
  }

  it.each([
    [1001, [1, 1]],
    [5000, [1, 2, 3]],
    [12_345, [7, 7, 7, 7, 1]],
    [20_000, [1000, 1, 1, 1]],
    [50_001, [3, 5, 8, 13, 21, 34]],
    [99_999, [1, 1_000_000]],
    [1500, [2147483647, 2147483647, 5]],
  ])('%d seats by %j are those of one at a time', (seats, weights) => {
    const votes = weights.map((replicas, index) => ({ name: `c${index}`, replicas }));
    expect(webster(seats, votes, Tie.even()).map(({ replicas }) => replicas)).toEqual(slowly(seats, votes));
  });
});
