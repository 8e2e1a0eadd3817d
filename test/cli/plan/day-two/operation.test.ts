import { assertOnlyFor, heldByOthers, policyOf, restartIntent } from '../../../../cli/plan/day-two/operation';
import { workloadRow } from '../../../../cli/plan/day-two/workload-row';

const web = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop', uid: '7c1f' } };
const policy = (kind: string, selectors: any[]) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind,
  metadata: { name: 'p', ...(kind.startsWith('Cluster') ? {} : { namespace: 'shop' }) },
  spec: { resourceSelectors: selectors },
});
const selector = (rest: any = {}) => ({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', ...rest });

test('only a policy that sends nothing else is suspended for a workload', () => {
  const check = (kind: string, ...selectors: any[]) => {
    try {
      assertOnlyFor(policy(kind, selectors), web);
      return 'only this';
    } catch {
      return 'more';
    }
  };
  expect(check('PropagationPolicy', selector())).toBe('only this');
  expect(check('PropagationPolicy', selector(), selector({ name: 'api' }))).toBe('more');
  expect(check('PropagationPolicy', selector({ name: undefined }))).toBe('more');
  expect(check('PropagationPolicy', selector({ kind: 'ConfigMap' }))).toBe('more');
  expect(check('ClusterPropagationPolicy', selector())).toBe('more');
  expect(check('ClusterPropagationPolicy', selector({ namespace: 'shop' }))).toBe('only this');
});

test('the policy is known by the marks of Karmada', () => {
  const marked = (annotations: any) => policyOf({ metadata: { ...web.metadata, annotations } });
  const mark = 'propagationpolicy.karmada.io';
  expect(marked({ [`${mark}/name`]: 'web', [`${mark}/namespace`]: 'shop' })).toMatchObject({
    namespace: 'shop',
    name: 'web',
  });
  expect(marked({ [`cluster${mark}/name`]: 'all' })).toMatchObject({ kind: 'ClusterPropagationPolicy', name: 'all' });
  expect(marked({})).toBeUndefined();
});

test('what is written names the object that was looked at, and nothing of the code', () => {
  expect(restartIntent(web, 'now').body.metadata).toEqual({ name: 'web', namespace: 'shop', uid: '7c1f' });
});

test('what another tool paused is for that tool', () => {
  const fieldsV1 = { 'f:spec': { 'f:paused': {} } };
  const paused = { ...web, metadata: { ...web.metadata, managedFields: [{ manager: 'kubectl-rollout', fieldsV1 }] } };
  expect(heldByOthers(paused, 'spec.paused').message).toBe(
    'Deployment/shop/web stays paused: spec.paused belongs to kubectl-rollout\n  fix: undo it with the tool that set it',
  );
});

describe('the first thing that is not as it should be', () => {
  const row = (binding: any, template: any = web) => workloadRow(template, binding).status;
  const item = (clusterName: string, rest: any = {}) => ({ clusterName, applied: true, health: 'Healthy', ...rest });
  const binding = (items: any[], spec: any = {}, status: any = {}) => ({
    spec: { clusters: [{ name: 'berlin' }, { name: 'paris' }], ...spec },
    status: { aggregatedStatus: items, ...status },
  });
  const both = [item('berlin'), item('paris')];

  test.each<[string, any]>([
    ['not propagated', undefined],
    [
      'not scheduled (NoClusterFit)',
      binding([], {}, { conditions: [{ type: 'Scheduled', status: 'False', reason: 'NoClusterFit' }] }),
    ],
    ['no cluster', binding([], { clusters: [] })],
    ['sending is suspended', binding(both, { suspension: { dispatching: true } })],
    ['not applied on paris', binding([item('berlin'), item('paris', { applied: false, appliedMessage: 'quota' })])],
    ['being applied on paris', binding([item('berlin')])],
    ['unhealthy on berlin', binding([item('berlin', { health: 'Unhealthy' }), item('paris')])],
    ['applied', binding([item('berlin', { health: 'Unknown' }), item('paris')])],
    ['healthy', binding(both)],
  ])('%s', (words, given) => {
    expect(row(given)).toBe(words);
  });

  test('being deleted', () => {
    expect(row(binding(both), { ...web, metadata: { ...web.metadata, deletionTimestamp: 'now' } })).toBe(
      'being deleted',
    );
  });
});
