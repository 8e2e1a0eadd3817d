import { Admission } from '../../src/admission/admission';

test('a Lua script is admitted with the warning that nobody read it', () => {
  const verdict = Admission.of().review({
    apiVersion: 'config.karmada.io/v1alpha1',
    kind: 'ResourceInterpreterCustomization',
    metadata: { name: 'clone-set' },
    spec: {
      target: { apiVersion: 'apps.kruise.io/v1alpha1', kind: 'CloneSet' },
      customizations: { healthInterpretation: { luaScript: 'not Lua' } },
    },
  });
  expect(verdict.admitted).toBe(true);
  expect(verdict.findings).toEqual([
    {
      code: 'MC209',
      level: 'warning',
      path: 'spec.customizations.healthInterpretation.luaScript',
      message: 'this Lua script is not checked here; Karmada refuses one that does not compile',
      fix: 'compile it with Lua 5.1 (luac -p) before you apply it',
    },
  ]);
});
