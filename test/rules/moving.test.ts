import { AGGREGATED, advice, DUPLICATED, deployment, object, propagation, STATIC } from './advice';

const FAILOVER = { application: { decisionConditions: { tolerationSeconds: 300 } } };
const GROUPS = { clusterAffinities: [{ affinityName: 'a', clusterNames: ['x'] }, { affinityName: 'b' }] };
const ONE = { clusterAffinity: { clusterNames: ['berlin'] } };

describe('MC063', () => {
  const FIX = 'choose one cluster for it, replicate the data by other means, or acknowledge this when it may be lost';
  const volumes = [
    { name: 'tmp', emptyDir: {} },
    { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
  ];
  const web = deployment('web', { volumes });

  it('a claim of a workload that is divided', () => {
    expect(advice('MC063', [web, propagation({ placement: { replicaScheduling: AGGREGATED } })])).toEqual([
      'Deployment/shop/web spec.template.spec.volumes[1]: PropagationPolicy/shop/web divides its replicas over clusters, but ' +
        `what is in "data" stays in its cluster: pods that move find it empty; ${FIX}`,
    ]);
  });

  it('the claims of a StatefulSet that fails over or falls back', () => {
    const selectors = [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' }];
    const db = object('apps/v1', 'StatefulSet', 'db', {
      spec: { volumeClaimTemplates: [{ metadata: { name: 'pg' } }] },
    });
    const said = (reason: string) => [
      `StatefulSet/shop/db spec.volumeClaimTemplates: PropagationPolicy/shop/web ${reason}, but what is in "pg" stays in its ` +
        `cluster: pods that move find it empty; ${FIX}`,
    ];
    expect(advice('MC063', [db, propagation({ selectors, spec: { failover: FAILOVER } })])).toEqual(
      said('moves it where it fails'),
    );
    expect(advice('MC063', [db, propagation({ selectors, spec: { failover: { cluster: {} } } })])).toEqual(
      said('moves it where a cluster fails'),
    );
    expect(advice('MC063', [db, propagation({ selectors, placement: GROUPS })])).toEqual(
      said('moves it to another group of clusters where one has no room'),
    );
  });

  it('not what is in one cluster, what each cluster has, or what holds nothing', () => {
    expect(advice('MC063', [web, propagation({ placement: { ...ONE, replicaScheduling: STATIC } })])).toEqual([]);
    expect(advice('MC063', [web, propagation({ placement: { replicaScheduling: DUPLICATED } })])).toEqual([]);
    expect(advice('MC063', [deployment(), propagation({ placement: { replicaScheduling: STATIC } })])).toEqual([]);
    expect(advice('MC063', [web])).toEqual([]);
  });
});

describe('MC064', () => {
  const service = object('v1', 'Service', 'web', { spec: { selector: { app: 'web' } } });
  const selectors = [
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    { apiVersion: 'v1', kind: 'Service', name: 'web' },
  ];
  const FIX = 'give the Service a policy of its own that takes every cluster which the workload may be in';

  it('a Service beside a workload that falls back, or that is spread over some clusters', () => {
    expect(advice('MC064', [deployment(), service, propagation({ selectors, placement: GROUPS })])).toEqual([
      'Service/shop/web spec.selector: PropagationPolicy/shop/web chooses one of several groups of clusters for it by itself, ' +
        `whatever was chosen for Deployment/shop/web: the pods may run where it is not; ${FIX}`,
    ]);
    const spread = { spreadConstraints: [{ spreadByField: 'cluster', minGroups: 1, maxGroups: 1 }] };
    expect(advice('MC064', [deployment(), service, propagation({ selectors, placement: spread })])).toEqual([
      'Service/shop/web spec.selector: PropagationPolicy/shop/web chooses some of the clusters for it by itself, whatever was ' +
        `chosen for Deployment/shop/web: the pods may run where it is not; ${FIX}`,
    ]);
  });

  it('a Service that is not sent to where its workload falls back', () => {
    const placement = {
      clusterAffinities: [
        { affinityName: 'a', clusterNames: ['berlin'] },
        { affinityName: 'b', clusterNames: ['paris'] },
      ],
    };
    const falling = propagation({ selectors: selectors.slice(0, 1), placement });
    const sent = (...clusterNames: string[]) =>
      propagation({ name: 'svc', selectors: selectors.slice(1), placement: { clusterAffinity: { clusterNames } } });
    expect(advice('MC064', [deployment(), service, falling, sent('berlin')])).toEqual([
      'Service/shop/web spec.selector: Deployment/shop/web may fall back to "paris", where PropagationPolicy/shop/svc never ' +
        `sends it; ${FIX}`,
    ]);
    expect(advice('MC064', [deployment(), service, falling, sent('berlin', 'paris')])).toEqual([]);
  });

  it('not where it is in every cluster, where it serves nobody, or where only it is spread', () => {
    const everywhere = propagation({ name: 'all', selectors: selectors.slice(1) });
    const falling = propagation({ selectors: selectors.slice(0, 1), placement: GROUPS });
    expect(advice('MC064', [deployment(), service, everywhere, falling])).toEqual([]);
    const other = object('v1', 'Service', 'web', { spec: { selector: { app: 'other' } } });
    expect(advice('MC064', [deployment(), other, propagation({ selectors, placement: GROUPS })])).toEqual([]);
    const spread = propagation({ name: 'all', selectors: selectors.slice(1), placement: GROUPS });
    expect(advice('MC064', [deployment(), service, spread, propagation()])).toEqual([]);
  });
});

describe('MC121', () => {
  const FIX = 'leave failover out, divide the replicas, or spread over fewer clusters than the placement may use';

  it('failover of a policy that copies to every cluster', () => {
    const spec = { failover: { ...FAILOVER, cluster: {} } };
    const said = (part: string) =>
      `PropagationPolicy/shop/web spec.failover.${part}: every cluster that the placement may use has a copy already: where one ` +
      `fails there is none to go to; ${FIX}`;
    expect(advice('MC121', [propagation({ spec })])).toEqual([said('application'), said('cluster')]);
  });

  it('not where there is another cluster to go to, and not without failover', () => {
    const spec = { failover: FAILOVER };
    const spread = { spreadConstraints: [{ spreadByField: 'cluster', minGroups: 1, maxGroups: 1 }] };
    expect(advice('MC121', [propagation({ spec, placement: { replicaScheduling: STATIC } })])).toEqual([]);
    expect(advice('MC121', [propagation({ spec, placement: spread })])).toEqual([]);
    expect(advice('MC121', [propagation({ spec, placement: GROUPS })])).toEqual([]);
    expect(advice('MC121', [propagation()])).toEqual([]);
  });
});
