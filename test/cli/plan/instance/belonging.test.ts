import type { Member } from '../../../../cli/plan/apply-set';
import { belongingsOf, judgeBelonging } from '../../../../cli/plan/instance/belonging';

const member = (kind: string, belonging: Member['belonging']): Member => ({
  apiVersion: 'v1',
  kind,
  namespace: 'east',
  name: 'x',
  path: 'east',
  wave: 1,
  belonging,
});
const live = (manager: string, annotations = {}) => ({ metadata: { annotations, managedFields: [{ manager }] } });
const [ca, leaf, claim] = [
  member('Secret', 'data'),
  member('Secret', 'credential'),
  member('PersistentVolumeClaim', 'data'),
];

test('while the instance is not destroyed it is nobody’s business', () => {
  expect(judgeBelonging(leaf, live('cdk8s-karmada'), undefined)).toEqual({ action: 'release' });
});

test('data stays unless it is said otherwise; what can be issued anew goes', () => {
  const why = 'it is data of the instance, or a key that fits the data: with it the instance can come back';
  expect(judgeBelonging(ca, live('cdk8s-karmada'), 'keep')).toEqual({ action: 'keep', why });
  expect(judgeBelonging(claim, live('kube-controller-manager'), 'keep')).toEqual({ action: 'keep', why });
  expect(judgeBelonging(leaf, live('cdk8s-karmada-issue'), 'keep')).toEqual({ action: 'prune' });
  for (const each of [ca, leaf])
    expect(judgeBelonging(each, live('cdk8s-karmada'), 'delete')).toEqual({ action: 'prune' });
  expect(judgeBelonging(claim, live('kube-controller-manager'), 'delete')).toEqual({ action: 'prune' });
});

test('a Secret that others made, and what has an annotation that keeps it, stays whatever is said', () => {
  expect(judgeBelonging(leaf, live('vault'), 'delete')).toEqual({ action: 'keep', why: 'it was made by "vault"' });
  expect(judgeBelonging(leaf, live('cdk8s-karmadata'), 'delete')).toMatchObject({ action: 'keep' });
  expect(judgeBelonging(claim, live('x', { 'helm.sh/resource-policy': 'keep' }), 'delete')).toEqual({
    action: 'keep',
    why: 'it has the annotation helm.sh/resource-policy: keep',
  });
});

test('authorities and key pairs are data; certificates, kubeconfigs and those of members are not', () => {
  const plan = {
    authorities: [{ secret: 'ca' }],
    keyPairs: [{ secret: 'sa' }],
    certificates: [{ secret: 'cert' }],
    kubeconfigs: [{ secret: 'admin' }],
    memberKubeconfigs: [{ secret: 'berlin-kubeconfig' }],
  };
  expect([...belongingsOf(plan)]).toEqual([
    ['cert', 'credential'],
    ['admin', 'credential'],
    ['berlin-kubeconfig', 'credential'],
    ['ca', 'data'],
    ['sa', 'data'],
  ]);
  expect([...belongingsOf(undefined)]).toEqual([]);
});
