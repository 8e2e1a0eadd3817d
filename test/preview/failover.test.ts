import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import type { PreviewProps } from '../../src/preview/preview-props';
import { cluster, conf, messageOf, pp, shop } from './shop';

const RESOURCE = 'Deployment.apps/prod/shop';
const ALLOWED = 'allow-no-execute-taint-policy=true';
const FAILOVER = [ALLOWED, 'feature-gates=Failover=true', 'enable-no-execute-taint-eviction=true'];
const EQUAL = { placement: { replicaScheduling: { replicaSchedulingType: 'Divided' } } };
const three = Fleet.fromManifests([
  cluster('member1'),
  cluster('member2'),
  cluster('member3', { spec: { syncMode: 'Pull' } }),
]);

function taintPolicy(spec: any = {}): any {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'ClusterTaintPolicy',
    metadata: { name: 'lost' },
    spec: {
      addOnConditions: [{ conditionType: 'Ready', operator: 'NotIn', statusValues: ['True'] }],
      taints: [{ key: 'lost', effect: 'NoExecute' }],
      ...spec,
    },
  };
}

function timelines(objects: any[], props: Partial<PreviewProps> = {}) {
  return Preview.of({ manifests: objects, fleet: three, assume: FAILOVER, ...props }).failover(RESOURCE);
}

const patient = {
  placement: { ...EQUAL.placement, clusterTolerations: [{ key: 'lost', operator: 'Exists', tolerationSeconds: 60 }] },
};

test('step by step, of a cluster that is pushed to', () => {
  expect(timelines([shop, pp(patient), taintPolicy()])[0]).toEqual({
    cluster: 'member1',
    replicas: 1,
    end: 'elsewhere',
    seconds: 174,
    steps: [
      {
        seconds: 42,
        what: 'a probe of the cluster fails',
        because: 'every 10 s (--cluster-status-update-frequency), and gives up after 32 s',
      },
      {
        seconds: 114,
        what: 'Ready is False: the taint cluster.karmada.io/not-ready keeps new workloads away',
        because: 'they fail for --cluster-failure-threshold=30s, which the next one sees',
      },
      { seconds: 114, what: 'taint lost:NoExecute on the cluster', because: 'ClusterTaintPolicy/lost' },
      { seconds: 174, what: 'it is to be evicted', because: 'tolerationSeconds: 60' },
      {
        seconds: 174,
        what: 'it is evicted, when its turn comes',
        because: '1 of the input on this cluster, 3 at once, 2 s after each (--resource-eviction-rate)',
      },
      { seconds: 174, what: 'it is scheduled again', because: 'the cluster it is evicted from is left out' },
      {
        seconds: 174,
        what: 'the other clusters are told; images and probes take what they take',
        because: '--no-execute-taint-eviction-purge-mode: Gracefully',
      },
      {
        seconds: 774,
        what: 'its copy on the lost cluster is given up, as soon as it is healthy elsewhere; it is deleted once that cluster is back',
        because: '--graceful-eviction-timeout=600s at the latest',
      },
    ],
    goesTo: [{ name: 'member2', replicas: 1 }],
  });
});

test('of a cluster that pulls, the lease decides', () => {
  const [, , third] = timelines([shop, pp(patient), taintPolicy()]);
  expect(third.steps.slice(0, 2)).toEqual([
    {
      seconds: 50,
      what: 'Ready is Unknown: the taint cluster.karmada.io/unreachable keeps new workloads away',
      because:
        'no lease of its agent for --cluster-monitor-grace-period=40s, looked at every 5 s (--cluster-monitor-period)',
    },
    { seconds: 50, what: 'taint lost:NoExecute on the cluster', because: 'ClusterTaintPolicy/lost' },
  ]);
});

test('flags change the times', () => {
  const flags = [
    'cluster-status-update-frequency=5s',
    'cluster-failure-threshold=1m',
    'graceful-eviction-timeout=1h30m',
  ];
  const [{ steps }] = timelines([shop, pp(patient), taintPolicy()], { assume: [...FAILOVER, ...flags] });
  expect(steps.map(({ seconds }) => seconds)).toEqual([37, 134, 134, 194, 194, 194, 194, 5594]);
});

test('the queue of evictions is as long as what runs on the cluster', () => {
  const many = Array.from({ length: 10 }, (_, i) => ({ ...shop, metadata: { ...shop.metadata, name: `shop-${i}` } }));
  const all = pp({ ...EQUAL, resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment' }] });
  const [{ steps }] = timelines([shop, ...many, all, taintPolicy()]);
  expect(steps.find(({ what }) => what.startsWith('it is evicted,'))).toEqual({
    seconds: 114 + 3 * 2,
    what: 'it is evicted, when its turn comes',
    because: '11 of the input on this cluster, 3 at once, 2 s after each (--resource-eviction-rate)',
  });
});

describe('how it ends', () => {
  const last = (objects: any[], props: Partial<PreviewProps> = {}) => {
    const [{ end, steps, goesTo }] = timelines(objects, props);
    const { what, because } = steps[steps.length - 1];
    return { end, what, because, goesTo };
  };

  test.each<[string, any[], Partial<PreviewProps>, object]>([
    [
      'no taint policy',
      [shop, pp(EQUAL)],
      {},
      {
        end: 'stays',
        what: 'nothing more: it stays as it is until the cluster is back',
        because:
          'no ClusterTaintPolicy here adds a NoExecute taint to a cluster that is not ready, and Karmada adds none by itself',
        goesTo: [],
      },
    ],
    [
      'a policy for another condition',
      [
        shop,
        pp(EQUAL),
        taintPolicy({ addOnConditions: [{ conditionType: 'Ready', operator: 'In', statusValues: ['Unknown'] }] }),
      ],
      {},
      { end: 'stays' },
    ],
    [
      'a policy for other clusters',
      [shop, pp(EQUAL), taintPolicy({ targetClusters: { clusterNames: ['member2'] } })],
      {},
      { end: 'stays' },
    ],
    [
      'the gate is off',
      [shop, pp(EQUAL), taintPolicy()],
      { assume: [ALLOWED] },
      {
        end: 'stays',
        because:
          'ClusterTaintPolicies are acted on only with --feature-gates=Failover=true, and Karmada adds no NoExecute taint by itself',
      },
    ],
    [
      'eviction is off',
      [shop, pp(EQUAL), taintPolicy()],
      { assume: [ALLOWED, 'feature-gates=Failover=true'] },
      {
        end: 'stays',
        what: 'nothing is evicted',
        because: 'karmada-controller-manager runs without --enable-no-execute-taint-eviction=true',
      },
    ],
    [
      'tolerated for ever',
      [
        shop,
        pp({
          placement: {
            ...EQUAL.placement,
            clusterTolerations: [
              { key: 'lost', operator: 'Exists' },
              { key: 'lost', operator: 'Exists', tolerationSeconds: 1 },
            ],
          },
        }),
        taintPolicy(),
      ],
      {},
      { end: 'stays', what: 'it tolerates the taint for ever' },
    ],
    [
      'nowhere to go',
      [shop, pp({ placement: { ...EQUAL.placement, clusterAffinity: { clusterNames: ['member1'] } } }), taintPolicy()],
      {},
      { end: 'nowhere', what: 'no other cluster takes it', goesTo: [] },
    ],
    [
      'a copy everywhere',
      [shop, pp({ placement: {} }), taintPolicy()],
      {},
      { end: 'elsewhere', what: 'the other clusters keep what they have: nothing has to start', goesTo: [] },
    ],
    [
      'directly',
      [shop, pp({ ...EQUAL, failover: { cluster: { purgeMode: 'Directly' } } }), taintPolicy()],
      {},
      {
        end: 'blocked',
        what: 'nothing is sent before its copy on the lost cluster is deleted, which waits for that cluster to be back',
        because: 'spec.failover.cluster.purgeMode: Directly',
        goesTo: [{ name: 'member2', replicas: 1 }],
      },
    ],
    [
      'directly, by the flag',
      [shop, pp(EQUAL), taintPolicy()],
      { assume: [...FAILOVER, 'no-execute-taint-eviction-purge-mode=Directly'] },
      { end: 'blocked', because: '--no-execute-taint-eviction-purge-mode: Directly' },
    ],
    [
      'suspended',
      [shop, pp({ ...EQUAL, suspension: { dispatching: true } }), taintPolicy()],
      {},
      { end: 'blocked', what: 'nothing is sent', because: 'spec.suspension.dispatching' },
    ],
  ])('%s', (_, objects, props, expected) => {
    expect(last(objects, props)).toMatchObject(expected);
  });
});

describe('bad input', () => {
  test('what no policy places', () => {
    expect(messageOf(() => timelines([shop]))).toBe(`Deployment.apps/prod/shop has no time line: no policy places it
  at failover
  fix: ask for a resource that is placed`);
  });

  test('what is on no cluster', () => {
    const nowhere = pp({ placement: { clusterAffinity: { clusterNames: ['lab'] } } });
    expect(
      messageOf(() => timelines([shop, nowhere])),
    ).toBe(`Deployment.apps/prod/shop has no time line: it is on no cluster
  at failover
  fix: ask for a resource that is placed`);
  });

  test('what follows another', () => {
    const preview = Preview.of({ manifests: [shop, conf, pp({ ...EQUAL, propagateDeps: true })], fleet: three });
    expect(
      messageOf(() => preview.failover('ConfigMap/prod/conf')),
    ).toBe(`ConfigMap/prod/conf has no time line: no policy places it
  at failover
  fix: ask for what it follows: Deployment.apps/prod/shop`);
  });

  test('flags that are none, all at once', () => {
    const assume = ['cluster-monitor-period=often', 'resource-eviction-rate=slow'];
    expect(
      messageOf(() => timelines([shop, pp(EQUAL)], { assume })),
    ).toBe(`--cluster-monitor-period=often is no duration
  fix: write one such as 90s, 10m or 1h30m
--resource-eviction-rate=slow is no rate
  fix: write a number`);
  });
});
