import { memberDrift, templateDrift, workDrift } from '../../../cli/plan/drift';
import type { ObjectStatus } from '../../../cli/plan/status';

const key = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'flags' };
const object = { plane: 'karmada', key } as ObjectStatus;
const beta = { path: 'data.beta', kind: 'change', from: 'on', to: 'off' };

test('a change that somebody else made after us is theirs; one of the code is nobody’s', () => {
  const plan = { objects: [{ plane: 'karmada', key, action: 'update', changes: [beta], conflicts: [] }] } as any;
  const fields = (time: string) => ({
    metadata: {
      managedFields: [
        { manager: 'cdk8s-karmada', operation: 'Apply', time: '2026-01-01T00:00:01Z' },
        { manager: 'kubectl-edit', operation: 'Update', time },
        { manager: 'karmada-controller-manager', operation: 'Update', time: '2026-01-01T00:00:09Z' },
      ],
    },
  });
  const found = { layer: 'template', changes: [beta], conflicts: [] };
  expect([
    templateDrift(object, plan, fields('2026-01-01T00:00:05Z')),
    templateDrift(object, plan, fields('2026-01-01T00:00:00Z')),
    templateDrift(object, { objects: [] } as any, fields('2026-01-01T00:00:05Z')),
  ]).toEqual([[{ ...found, by: 'kubectl-edit', at: '2026-01-01T00:00:05Z' }], [found], []]);
});

const work = (manifest: any, annotations = {}) => ({
  metadata: { namespace: 'karmada-es-paris', annotations },
  spec: { workload: { manifests: [manifest] } },
});
const live = (generation?: number) => ({ metadata: { generation } });

test('a Work of an earlier generation, or with other content, but for what overrides change', () => {
  const old = work({ metadata: { annotations: { 'resourcetemplate.karmada.io/generation': '1' } } });
  const other = work({ data: { a: '2' } });
  const overrides = JSON.stringify([
    { policyName: 'p', overriders: { plaintext: [{ path: '/data/a', operator: 'replace' }] } },
  ]);
  const overridden = work({ data: { a: '2' } }, { 'policy.karmada.io/applied-overrides': overrides });
  const drift = (note: string) => [{ layer: 'work', cluster: 'paris', changes: [], conflicts: [], note }];
  expect([
    workDrift({}, live(2), old),
    workDrift({}, live(1), old),
    workDrift({ data: { a: '1' } }, live(), other),
    workDrift({ data: { a: '2' } }, live(), other),
    workDrift({ data: { a: '1' } }, live(), overridden),
  ]).toEqual([
    drift('Karmada has rendered generation 1 of 2'),
    [],
    drift('Karmada has rendered another state of it'),
    [],
    [],
  ]);
});

test('a member has something else than it was given; what it has besides is its own; no value of a Secret is told', () => {
  const given = {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: {},
    spec: { replicas: 2, containers: [{ name: 'a', image: 'x:1' }] },
  };
  const there = {
    metadata: {},
    spec: { replicas: 3, other: 1, containers: [{ name: 'b' }, { name: 'a', image: 'x:2' }] },
  };
  const retained = { ...given, metadata: { labels: { 'resourcetemplate.karmada.io/retain-replicas': 'true' } } };
  const image = { path: 'spec.containers[name=a].image', kind: 'change', from: 'x:2', to: 'x:1' };
  const replicas = { path: 'spec.replicas', kind: 'change', from: 3, to: 2 };
  const secret = { kind: 'Secret', apiVersion: 'v1', metadata: {}, data: { password: 'aGlkZGVu' } };
  expect([
    memberDrift(work(given), there)[0].changes,
    memberDrift(work(retained), there)[0].changes,
    memberDrift(work(given), given),
    memberDrift(work(given), undefined)[0].note,
    memberDrift(work(secret), { metadata: {}, data: { password: 'b3RoZXI=' } })[0].changes,
  ]).toEqual([
    [replicas, image],
    [image],
    [],
    'it is not there',
    [{ path: 'data.password', kind: 'change', masked: true }],
  ]);
});
