import { type Propagated, propagation, type Reach } from '../../../../cli/plan/readiness/propagation';

const claimed = { 'propagationpolicy.karmada.io/permanent-id': 'p' };
const template = (generation?: number, labels = claimed) => ({
  apiVersion: generation === undefined ? 'v1' : 'apps/v1',
  kind: generation === undefined ? 'ConfigMap' : 'Deployment',
  metadata: { name: 'cart', namespace: 'shop', uid: 'u', resourceVersion: '7', labels, generation },
  status: { observedGeneration: generation },
});

const SCHEDULED = [{ type: 'Scheduled', status: 'True', reason: 'Success' }];
const binding = (clusters: readonly string[], more: any = {}, aggregatedStatus: any[] = []) => ({
  metadata: { generation: 3 },
  spec: { resource: { uid: 'u', resourceVersion: '7' }, clusters: clusters.map((name) => ({ name })), ...more },
  status: { schedulerObservedGeneration: 3, conditions: SCHEDULED, aggregatedStatus },
});

const APPLIED = [{ type: 'Applied', status: 'True' }];
const work = (cluster: string, generation: number, conditions: any[] = APPLIED, content: any = {}) => ({
  metadata: { namespace: `karmada-es-${cluster}`, uid: cluster, generation: 1 },
  spec: {
    workload: {
      manifests: [
        { metadata: { annotations: { 'resourcetemplate.karmada.io/generation': `${generation}` } }, ...content },
      ],
    },
  },
  status: { conditions },
});

function judged(differs: Partial<Propagated>, reach: Partial<Reach> = {}) {
  const { clusters, ...readiness } = propagation(
    {
      template: template(2),
      manifest: undefined,
      works: [],
      clusters: new Map(),
      propagates: true,
      fresh: true,
      versions: new Set(['7']),
      steady: () => true,
      waitedMs: 0,
      ...differs,
    },
    { until: 'healthy', clusters: 'all', ...reach },
  );
  const words = readiness.state === 'current' ? readiness.note : readiness.message;
  return [readiness.state, readiness.step, words, ...clusters.map(({ cluster, state }) => `${cluster} ${state}`)];
}

const healthy = (clusterName: string) => ({
  clusterName,
  applied: true,
  health: 'Healthy',
  status: { resourceTemplateGeneration: 2 },
});

test('each step is named until it is done', () => {
  const away = template(2, {} as any);
  expect([
    judged({ template: away }),
    judged({ template: away, waitedMs: 15_000 }),
    judged({ template: away, waitedMs: 15_000, propagates: false }),
    judged({ template: away, fresh: false, propagates: false }),
    judged({}),
    judged({ binding: { ...binding(['eu']), spec: { resource: { uid: 'other' } } } }),
    judged({ binding: binding(['eu']), versions: new Set(['8']) }),
    judged({ binding: { ...binding(['eu']), metadata: { generation: 4 } } }),
    judged({ binding: binding([]) }),
    judged({ binding: binding(['eu']) }),
    judged({ binding: binding(['eu']), works: [work('eu', 1)] }),
    judged({ binding: binding(['eu']), works: [work('eu', 2, [])] }),
    judged({ binding: binding(['eu']), works: [work('eu', 2)], steady: () => false }),
    judged({ binding: binding(['eu']), works: [work('eu', 2)] }),
    judged({
      binding: binding(['eu'], {}, [healthy('eu')]),
      works: [work('eu', 2)],
      template: { ...template(2), status: { observedGeneration: 1 } } as any,
    }),
    judged({ binding: binding(['eu'], {}, [healthy('eu')]), works: [work('eu', 2)], steady: () => false }),
  ]).toEqual([
    ['in-progress', 'NotPropagated', 'no policy has it yet'],
    ['failed', 'NotPropagated', 'no policy matches it (NotPropagated)'],
    ['current', undefined, 'it stays on the control plane: no policy selects it'],
    ['current', undefined, 'it stays on the control plane: no policy selects it'],
    ['in-progress', 'Binding', 'a policy has it, and it has no binding yet'],
    ['in-progress', 'Binding', 'its binding is about an earlier state of it'],
    ['in-progress', 'Binding', 'its binding is about an earlier state of it'],
    ['in-progress', 'Scheduling', 'the scheduler has not looked at it yet'],
    ['in-progress', 'Scheduling', 'no cluster is chosen for it'],
    ['in-progress', 'Rendering', 'eu: Karmada has not rendered it yet', 'eu rendering'],
    ['in-progress', 'Rendering', 'eu: Karmada has rendered generation 1 of 2', 'eu rendering'],
    ['in-progress', 'Applying', 'eu: it is not applied yet', 'eu applying'],
    ['in-progress', 'Applying', 'eu: it is not applied yet', 'eu applying'],
    ['in-progress', 'Health', 'eu: it has not reported yet', 'eu health'],
    ['in-progress', 'Status', 'its status on Karmada is of an earlier state', 'eu done'],
    ['current', undefined, undefined, 'eu done'],
  ]);
});

test('a status that moved the version of the template does not make its binding old: the generation in the Work tells', () => {
  const moved = { binding: binding(['eu'], {}, [healthy('eu')]), works: [work('eu', 2)], versions: new Set(['9']) };
  expect([judged(moved)[0], judged({ ...moved, works: [], fresh: false })[1]]).toEqual(['current', 'Rendering']);
  const given = (level: string) => [work('eu', 0, APPLIED, { data: { level } })];
  const flags = {
    template: template(),
    manifest: { data: { level: '2' } },
    binding: binding(['eu']),
    versions: new Set(['9']),
  };
  expect([judged({ ...flags, works: given('2') })[0], judged({ ...flags, works: given('1') })[1]]).toEqual([
    'current',
    'Binding',
  ]);
});

test('so many members as are asked for; the others are told', () => {
  const seen = {
    binding: binding(['eu', 'us', 'asia'], {}, [healthy('eu'), healthy('us')]),
    works: [work('eu', 2), work('us', 2)],
  };
  const note = 'not waited for: asia (Karmada has not rendered it yet)';
  const down = { type: 'Ready', status: 'False', reason: 'ClusterNotReachable' };
  const clusters = new Map([['asia', { status: { conditions: [down] } }]]);
  expect([
    judged(seen)[0],
    judged(seen, { clusters: { number: 2 } }).slice(0, 3),
    judged(seen, { clusters: { percent: 67 } })[0],
    judged({ ...seen, clusters }, { clusters: 'ready' })[0],
  ]).toEqual(['in-progress', ['current', undefined, note], 'in-progress', 'current']);
});

test('what goes along with another is scheduled with that', () => {
  const along = { requiredBy: [{ clusters: [{ name: 'eu' }] }] };
  const seen = { template: template(), binding: { ...binding([], along), status: {} }, manifest: { data: { a: '1' } } };
  expect(judged({ ...seen, works: [work('eu', 0, APPLIED, { data: { a: '1', b: '2' } })] })[0]).toBe('current');
  expect(judged({ ...seen, works: [work('eu', 0, APPLIED, { data: { a: '2' } })] })[2]).toBe(
    'eu: Karmada has rendered an earlier state of it',
  );
});

test('suspended is what somebody wanted', () => {
  const dispatching = [{ type: 'Dispatching', status: 'False' }];
  expect([
    judged({ binding: binding(['eu'], { suspension: { scheduling: true } }) }).slice(0, 3),
    judged({ binding: binding(['eu']), works: [work('eu', 1, dispatching)] })[0],
  ]).toEqual([['current', undefined, 'its scheduling is suspended'], 'current']);
});
