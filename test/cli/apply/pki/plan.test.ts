import { isPkiPlan, readPkiPlan } from '../../../../cli/apply/pki/plan';
import { messageOf, samplePlan } from './sample-plan';

function configMap(plan: unknown): any {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'east-pki-plan', namespace: 'karmada-system' },
    data: { 'plan.json': typeof plan === 'string' ? plan : JSON.stringify(plan) },
  };
}

test('reads the plan from its ConfigMap', () => {
  const manifest = configMap({ schema: '1', ...samplePlan() });
  expect(isPkiPlan(manifest)).toBe(true);
  expect(readPkiPlan(manifest)).toEqual({ schema: '1', ...samplePlan() });
});

test('other ConfigMaps are no plan', () => {
  expect(isPkiPlan({ ...configMap('{}'), metadata: { name: 'settings' } })).toBe(false);
  expect(isPkiPlan({ ...configMap('{}'), data: undefined })).toBe(false);
});

const PLACE = '  at ConfigMap/karmada-system/east-pki-plan, key plan.json';
const FIX = '  fix: synthesize it again with the version of the library that fits this command';

test('tells everything that is wrong at once', async () => {
  const plan = samplePlan();
  const [first] = plan.certificates;
  const wrong = {
    schema: '1',
    ...plan,
    keyPairs: null,
    certificates: [{ ...first, usages: ['sign'], ipAddresses: ['localhost'], lifetimeDays: 0 }],
  };
  expect(await messageOf(() => readPkiPlan(configMap(wrong)))).toBe(
    [
      'certificates[0].lifetimeDays of the PKI plan is 0',
      'certificates[0].usages of the PKI plan is ["sign"]',
      'certificates[0].ipAddresses of the PKI plan is ["localhost"]',
      'keyPairs of the PKI plan is null, no list',
    ]
      .map((what) => [what, PLACE, FIX].join('\n'))
      .join('\n'),
  );
});

test('names that do not fit together', async () => {
  const plan = samplePlan();
  const [first] = plan.certificates;
  const wrong = { schema: '1', ...plan, certificates: [{ ...first, secret: 'etcd-ca', authority: 'nobody' }] };
  expect(await messageOf(() => readPkiPlan(configMap(wrong)))).toBe(
    [
      'the PKI plan names Secret "etcd-ca" more than once',
      'authority "nobody" of Secret "etcd-ca" is not in the PKI plan (it has karmada-ca, etcd-ca)',
    ]
      .map((what) => [what, PLACE, FIX].join('\n'))
      .join('\n'),
  );
});

test.each([
  ['{', 'the PKI plan is no JSON object'],
  ['{"schema":"2"}', 'this PKI plan has schema "2", and this command knows "1"'],
])('a plan that this command cannot read: %s', async (text, what) => {
  expect(await messageOf(() => readPkiPlan(configMap(text)))).toBe([what, PLACE, FIX].join('\n'));
});
