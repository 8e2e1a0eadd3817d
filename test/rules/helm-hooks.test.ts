import { advice, object, propagation } from './advice';

const migrate = (annotations: any) => object('batch/v1', 'Job', 'migrate', { annotations });
const SELECTED = propagation({ selectors: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'migrate' }] });
const FIX =
  'do what it does in your pipeline, or send it out with a policy of its own and acknowledge this with the reason';

describe('MC048', () => {
  it('a hook that nobody sends out', () => {
    expect(advice('MC048', [migrate({ 'helm.sh/hook': 'pre-install,pre-upgrade' })])).toEqual([
      'Job/shop/migrate metadata.annotations["helm.sh/hook"]: Helm would apply it at pre-install,pre-upgrade, but here it ' +
        `is applied with everything else, and stays on Karmada: no policy selects it; ${FIX}`,
    ]);
  });

  it('a hook that a policy sends out', () => {
    expect(advice('MC048', [migrate({ 'helm.sh/hook': 'post-install' }), SELECTED])).toEqual([
      'Job/shop/migrate metadata.annotations["helm.sh/hook"]: Helm would apply it at post-install, but ' +
        `PropagationPolicy/shop/web sends it out at once, as it does everything else; ${FIX}`,
    ]);
  });

  it('not what says something else to Helm, or nothing', () => {
    expect(advice('MC048', [migrate({ 'helm.sh/hook-weight': '1', 'helm.sh/resource-policy': 'keep' })])).toEqual([]);
    expect(advice('MC048', [migrate({ 'helm.sh/hook': '' }), object('batch/v1', 'Job', 'other')])).toEqual([]);
  });
});
