import { definitionTrouble } from '../../../cli/plan/definition-safety';
import { namespaceTrouble } from '../../../cli/plan/namespace-state';
import { withOwners } from '../../../cli/plan/ownership';
import type { Verdict } from '../../../cli/plan/verdict';

const definition = (scope: string, versions: string[], storedVersions = versions) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.io' },
  spec: { group: 'example.io', scope, names: { kind: 'Widget' }, versions: versions.map((name) => ({ name })) },
  status: { storedVersions },
});

describe('a definition', () => {
  test('keeps its scope', () => {
    const live = definition('Namespaced', ['v1']);
    expect(definitionTrouble(live, definition('Cluster', ['v1']))).toBe(
      'the scope of a definition cannot change (here from Namespaced to Cluster): keep it, or give the new kind another name; deleting the definition deletes all Widget objects',
    );
  });

  test('keeps the versions that objects may be stored in', () => {
    const live = definition('Namespaced', ['v1alpha1', 'v1']);
    expect(definitionTrouble(live, definition('Namespaced', ['v1']))).toBe(
      'objects may be stored in v1alpha1, which the code leaves out: keep the version with `served: false`, have each Widget written once more, take the version out of status.storedVersions, and then leave it out',
    );
    expect(definitionTrouble({ ...live, status: { storedVersions: ['v1'] } }, definition('Namespaced', ['v1']))).toBe(
      undefined,
    );
  });

  test('may get more versions; other kinds are none of this', () => {
    expect(definitionTrouble(definition('Namespaced', ['v1']), definition('Namespaced', ['v1', 'v2']))).toBe(undefined);
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } };
    expect(definitionTrouble(map, { ...map, spec: { scope: 'x' } })).toBe(undefined);
  });
});

describe('a namespace', () => {
  test('that is not there, or goes, is said so with what holds it', () => {
    expect(namespaceTrouble('shop', 404, {})).toBe(
      'namespace shop is not there: have a Namespace in the code, or make it first',
    );
    const conditions = [
      { type: 'NamespaceContentRemaining', status: 'True', message: 'Some resources are remaining: widgets.' },
      { type: 'NamespaceDeletionDiscoveryFailure', status: 'False', message: 'no' },
    ];
    const live = {
      metadata: { deletionTimestamp: '2026-11-21T10:00:00Z' },
      spec: { finalizers: ['kubernetes'] },
      status: { conditions },
    };
    expect(namespaceTrouble('shop', 200, live)).toBe(
      'namespace shop is being deleted since 2026-11-21T10:00:00Z (finalizers: kubernetes; Some resources are remaining: widgets.): wait until it is gone',
    );
  });

  test('that is there, or may not be read, is no trouble', () => {
    expect(namespaceTrouble('shop', 200, { metadata: {} })).toBe(undefined);
    expect(namespaceTrouble('shop', 403, {})).toBe(undefined);
  });
});

const verdict = (more: Partial<Verdict>): Verdict => ({
  action: 'update',
  changes: [],
  conflicts: [],
  notes: [],
  ...more,
});

describe('who wrote what', () => {
  const live = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      managedFields: [
        {
          manager: 'kube-controller-manager',
          operation: 'Update',
          subresource: 'status',
          time: '2026-11-21T09:00:00Z',
        },
        { manager: 'kube-controller-manager', operation: 'Update', subresource: 'scale', time: '2026-11-21T10:00:00Z' },
      ],
    },
    spec: { replicas: 7, template: { spec: { containers: [{ name: 'main', image: 'a:1' }] } } },
  };

  test('a conflict has the value, the time and the subresource', () => {
    const conflicts = [
      { path: 'spec.replicas', manager: 'kube-controller-manager' },
      { path: 'spec.template.spec.containers[name="main"].image', manager: 'their-team' },
    ];
    expect(withOwners(verdict({ action: 'conflict', conflicts }), live, {}).conflicts).toEqual([
      { ...conflicts[0], time: '2026-11-21T10:00:00Z', subresource: 'scale', live: 7 },
      { ...conflicts[1], live: 'a:1' },
    ]);
  });

  test('of a Secret it never has a value', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: {}, data: { pin: 'NDMyMTk4NzY=' } };
    const conflicts = [{ path: 'data.pin', manager: 'their-team' }];
    expect(withOwners(verdict({ action: 'conflict', conflicts }), secret, {}).conflicts).toEqual(conflicts);
  });

  test('what a client like helm applied is taken over, with what stays', () => {
    const applied = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'x',
        managedFields: [
          {
            manager: 'helm',
            operation: 'Update',
            time: '2026-11-21T09:00:00Z',
            fieldsV1: { 'f:data': { '.': {}, 'f:a': {}, 'f:b': {} } },
          },
        ],
      },
      data: { a: '1', b: '2' },
    };
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { a: '1' } };
    expect(withOwners(verdict({}), applied, manifest).notes).toEqual([
      '"helm" applied it on 2026-11-21T09:00:00Z from a client; it is taken over; these stay as they are, since the code does not name them: data.b',
    ]);
  });
});
