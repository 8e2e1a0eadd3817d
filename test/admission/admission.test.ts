import { Admission } from '../../src/admission/admission';
import { KINDS } from '../../src/schema/kinds';
import { object, WEB } from './objects';

const SPEC = { resourceSelectors: [WEB] };

test("a kind that is not Karmada's is admitted and not stored", () => {
  const manifest = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'Not Checked' } };
  expect(Admission.of().review(manifest)).toEqual({ admitted: true, stored: null, findings: [] });
});

test("stored holds what the user wrote and Karmada filled in, less what is the server's own", () => {
  const manifest = {
    ...object('PropagationPolicy', SPEC),
    metadata: {
      name: 'web',
      uid: 'a',
      creationTimestamp: null,
      annotations: {},
      labels: { 'propagationpolicy.karmada.io/permanent-id': 'a', 'example.karmada.io/team': 'shop' },
    },
    status: {},
  };
  const { status: _, ...given } = manifest;
  const before = structuredClone(given);
  expect(Admission.of().review(given)).toEqual({
    admitted: true,
    stored: {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'PropagationPolicy',
      metadata: {
        name: 'web',
        namespace: 'default',
        labels: { 'example.karmada.io/team': 'shop' },
        finalizers: ['karmada.io/propagation-policy-controller'],
      },
      spec: {
        conflictResolution: 'Abort',
        placement: {},
        preemption: 'Never',
        priority: 0,
        resourceSelectors: [{ ...WEB, namespace: 'default' }],
        schedulerName: 'default-scheduler',
      },
    },
    findings: [],
  });
  expect(given).toEqual(before);
});

test('an object that was stored is admitted again and stored the same', () => {
  const { stored } = Admission.of().review(object('ClusterPropagationPolicy', SPEC));
  expect(Admission.of().review(stored)).toEqual({ admitted: true, stored, findings: [] });
});

test('without the gate a Cluster gets no resource models', () => {
  const cluster = object('Cluster', { syncMode: 'Push' }, 'cluster.karmada.io/v1alpha1');
  const assume = ['aggregated-apiserver.feature-gates=CustomizedClusterResourceModeling=false'];
  expect(Admission.of({ assume }).review(cluster).stored.spec).toEqual({ syncMode: 'Push' });
  expect(Admission.of().review(cluster).stored.spec.resourceModels).toHaveLength(9);
});

test('the schemas use no word that the validator does not know, and no CEL rule', () => {
  const words = new Set<string>();
  const collect = (schema: any) => {
    for (const word of Object.keys(schema)) words.add(word);
    for (const inner of Object.values(schema.properties ?? {})) collect(inner);
    for (const inner of [schema.items, schema.additionalProperties]) if (typeof inner === 'object') collect(inner);
  };
  for (const { versions } of KINDS) {
    for (const { schema } of versions) collect({ ...schema, properties: { ...schema.properties, status: {} } });
  }
  // `anyOf` only repeats int-or-string; formats, list types and map types ask for nothing that could be refused here.
  expect([...words].sort()).toEqual([
    'additionalProperties',
    'anyOf',
    'default',
    'enum',
    'format',
    'items',
    'maxItems',
    'maxLength',
    'maximum',
    'minItems',
    'minLength',
    'minimum',
    'pattern',
    'properties',
    'required',
    'type',
    'x-kubernetes-int-or-string',
    'x-kubernetes-list-type',
    'x-kubernetes-map-type',
    'x-kubernetes-preserve-unknown-fields',
  ]);
});
