import type { Binding } from '../../src/preview/private/binding';
import { clusterFacts } from '../../src/preview/private/cluster';
import { estimator } from '../../src/preview/private/estimate';
import { quantity } from '../../src/preview/private/quantity';

/** How many replicas of 1000 that ask for `request` a cluster could take. */
function capacity(summary: any, request: { [name: string]: string } | undefined, models: any[] = []): number {
  const binding: Binding = {
    resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'ns', name: 'web' },
    need: {
      replicas: 1000,
      request:
        request && new Map(Object.entries(request).map(([name, amount]) => [name, quantity(amount, 'the test')])),
    },
    placement: { replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' } },
    previous: [],
    observedAffinity: '',
    fresh: false,
    evicting: new Set(),
  };
  const cluster = { metadata: { name: 'ash' }, spec: { resourceModels: models }, status: { resourceSummary: summary } };
  return estimator(binding, { estimator: false, resourceModels: true })(clusterFacts(cluster, true));
}

describe('by what is free', () => {
  test.each([
    [{ cpu: '10' }, { cpu: '3' }, 3],
    [{ cpu: '1' }, { cpu: '300m' }, 3],
    [{ cpu: '500m' }, { cpu: '100m' }, 5],
    [{ cpu: '8', memory: '16Gi' }, { cpu: '500m', memory: '3Gi' }, 5],
    [{ cpu: '8', pods: '5' }, { cpu: '1m' }, 5],
    [{ cpu: '8' }, { 'nvidia.com/gpu': '1' }, 0],
    [{ cpu: '8', 'nvidia.com/gpu': '6' }, { 'nvidia.com/gpu': '2', cpu: '1' }, 3],
    [{ pods: '50' }, { cpu: '0', memory: '0' }, 50],
    [{ pods: '50', memory: '1Gi' }, { memory: '100m' }, 50],
    [{ pods: '7' }, undefined, 7],
  ])('%p for %p', (allocatable, request, expected) => {
    expect(capacity({ allocatable: { pods: '900', ...allocatable } }, request as any)).toBe(expected);
  });

  it('takes off what is in use and what is about to be', () => {
    const summary = { allocatable: { cpu: '8', pods: '9' }, allocated: { cpu: '5' }, allocating: { cpu: '500m' } };
    expect(capacity(summary, { cpu: '1' })).toBe(2);
  });

  it('is nothing for a cluster that says nothing', () => {
    expect(capacity(undefined, { cpu: '1' })).toBe(0);
  });
});

describe('by resource models', () => {
  const range = (name: string, min: string) => ({ name, min, max: '1000' });
  const models = [
    { grade: 0, ranges: [range('cpu', '0'), range('memory', '0')] },
    { grade: 1, ranges: [range('cpu', '1'), range('memory', '4Gi')] },
    { grade: 2, ranges: [range('cpu', '2'), range('memory', '16Gi')] },
  ];
  const grades = (counts: { [grade: number]: number }) => ({
    allocatable: { cpu: '900', memory: '900Gi', pods: '900', 'nvidia.com/gpu': '6' },
    allocatableModelings: Object.entries(counts).map(([grade, count]) => ({ grade: Number(grade), count })),
  });

  test.each([
    [{ 0: 3, 1: 2, 2: 1 }, { cpu: '1', memory: '2Gi' }, 4],
    [{ 0: 3, 1: 2, 2: 1 }, { cpu: '500m', memory: '6Gi' }, 2],
    [{ 1: 1 }, { cpu: '1m' }, 110],
    [{ 0: 9 }, { cpu: '1m' }, 0],
    [{ 2: 2 }, { 'nvidia.com/gpu': '1' }, 0],
    [{ 2: 2 }, { storage: '1Gi' }, 220],
    [{ 7: 2 }, { cpu: '1' }, 0],
  ])('%p for %p', (counts, request, expected) => {
    expect(capacity(grades(counts as any), request as any, models)).toBe(expected);
  });

  it('falls back to what is free where the cluster has no models', () => {
    expect(capacity(grades({ 1: 1 }), { cpu: '9' })).toBe(100);
  });
});
