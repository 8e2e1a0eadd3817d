import { denierOf, deniersIn } from '../../../cli/plan/denial';
import { unsendable } from '../../../cli/plan/sendability';

const secret = (data: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data });

test.each<[string, any, string | undefined]>([
  ['base64', secret({ a: 'YQ==', b: '', c: 'YWJj\nYWJj\n' }), undefined],
  ['values without data', { ...secret({}), data: undefined }, undefined],
  [
    'no base64, named by key alone',
    secret({ a: 'YQ==', 'tls.key': 'hunter2!', pin: 43219876 }),
    'data.tls.key, data.pin is not base64: give the value as stringData, or encode it',
  ],
  ['data of another kind', { apiVersion: 'example.io/v1', kind: 'Secret', metadata: {}, data: { a: '!' } }, undefined],
  ['1 MiB', { apiVersion: 'v1', kind: 'ConfigMap', metadata: {}, data: { a: 'x'.repeat(1024 * 1024) } }, undefined],
  [
    'more than 1 MiB, part of it binary',
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {},
      data: { a: 'x'.repeat(1024 * 1024) },
      binaryData: { b: 'eA==' },
    },
    'a ConfigMap holds at most 1.0 MiB, and this one has 1.0 MiB: split it, or keep what is large elsewhere',
  ],
])('%s', (_what, manifest, expected) => {
  expect(unsendable(manifest)).toBe(expected);
});

test('who denies a request, and what of a set would', () => {
  const key = (kind: string) => ({ apiVersion: 'admissionregistration.k8s.io/v1', kind, namespace: '', name: 'p' });
  expect(deniersIn(key('ValidatingAdmissionPolicy'), {})).toEqual(['p']);
  expect(deniersIn(key('ValidatingAdmissionPolicyBinding'), { spec: { policyName: 'q' } })).toEqual(['q']);
  expect(deniersIn(key('MutatingWebhookConfiguration'), { webhooks: [{ name: 'w' }] })).toEqual(['w']);
  expect(deniersIn({ ...key('Secret'), apiVersion: 'v1' }, {})).toEqual([]);
  expect(
    denierOf("configmaps \"a\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no"),
  ).toBe('p');
  expect(denierOf('admission webhook "w.example.io" denied the request: no')).toBe('w.example.io');
  expect(denierOf('forbidden: User "bob" cannot get resource')).toBeUndefined();
});
