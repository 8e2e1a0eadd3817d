import { advice, DYNAMIC, deployment, object, propagation, STATIC } from './advice';

const service = (spec: any) => object('networking.karmada.io/v1alpha1', 'MultiClusterService', 'web', { spec });

describe('MC140', () => {
  it('ports of a MultiClusterService', () => {
    expect(advice('MC140', [service({ types: ['CrossCluster'], ports: [{ port: 80 }] })])).toEqual([
      'MultiClusterService/shop/web spec.ports: the ports have no effect: every port of the Service is open; leave ports out; ' +
        'for fewer ports make a Service that has only those',
    ]);
    expect(advice('MC140', [service({ types: ['CrossCluster'] })])).toEqual([]);
  });
});

describe('MC141', () => {
  it('a MultiClusterService without its Service', () => {
    expect(advice('MC141', [service({}), object('v1', 'Service', 'api')])).toEqual([
      'MultiClusterService/shop/web metadata.name: the Service "web" of its namespace is not in the input; add the Service, in ' +
        'the same namespace and with the same name; acknowledge this when Karmada has it already',
    ]);
    expect(advice('MC141', [service({}), object('v1', 'Service', 'web')])).toEqual([]);
  });
});

const rebalancer = (spec: any) => ({
  apiVersion: 'apps.karmada.io/v1alpha1',
  kind: 'WorkloadRebalancer',
  metadata: { name: 'now' },
  spec,
});

describe('MC150', () => {
  it('a rebalancer that removes itself', () => {
    expect(advice('MC150', [rebalancer({ ttlSecondsAfterFinished: 60 })])).toEqual([
      'WorkloadRebalancer/now spec.ttlSecondsAfterFinished: it is gone 60 s after it is done, and made anew by the next apply: ' +
        'all of it is placed once more; leave ttlSecondsAfterFinished out, or apply it by hand only',
    ]);
    expect(advice('MC150', [rebalancer({})])).toEqual([]);
  });
});

describe('MC151', () => {
  const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
  const FIX = 'take the workload out of the WorkloadRebalancer, or divide it by available replicas';
  const said = (how: string) => [
    `WorkloadRebalancer/now spec.workloads[0]: PropagationPolicy/shop/web ${how}: placing Deployment/shop/web anew changes ` +
      `nothing; ${FIX}`,
  ];

  it('a workload that is where it would be anyway', () => {
    const all = [deployment(), rebalancer({ workloads: [web] })];
    expect(advice('MC151', [...all, propagation()])).toEqual(said('duplicates it'));
    expect(advice('MC151', [...all, propagation({ placement: { replicaScheduling: STATIC } })])).toEqual(
      said('divides it by static weights'),
    );
    expect(advice('MC151', [...all, propagation({ placement: { replicaScheduling: DYNAMIC } })])).toEqual([]);
    expect(advice('MC151', all)).toEqual([]);
  });
});
