import { codeAdvice, codeSays, cordonedTaints } from '../../../../cli/plan/joining/cordon';

const OTHERS = { key: 'team', value: 'shop', effect: 'NoSchedule' };
const CORDON = { key: 'cluster.karmada.io/unschedulable', effect: 'NoSchedule' };

test('a cordon is one taint more, as karmadactl writes it, and an uncordon takes only that away', () => {
  expect(cordonedTaints([OTHERS], true)).toEqual([OTHERS, CORDON]);
  expect(cordonedTaints([CORDON, OTHERS], false)).toEqual([OTHERS]);
});

test('what is so already is not written', () => {
  expect(cordonedTaints([OTHERS, { ...CORDON, timeAdded: '2026-01-01T00:00:00Z' }], true)).toBeUndefined();
  expect(cordonedTaints([OTHERS], false)).toBeUndefined();
});

test('a taint of that key with another effect is somebody else’s', () => {
  const other = { ...CORDON, effect: 'NoExecute' };
  expect(cordonedTaints([other], true)).toEqual([other, CORDON]);
  expect(cordonedTaints([other], false)).toBeUndefined();
});

test('who cordons what stands in code is told where to say it', () => {
  const open = codeSays({ spec: {} }, true, true);
  const paused = codeSays({ spec: { taints: [CORDON] } }, true, true);
  expect(codeAdvice('paris', true, open)).toBe(
    'paris stands in code that does not say so: give it `schedulingPaused: true`, or nobody who reads the code knows',
  );
  expect(codeAdvice('paris', true, paused)).toBeUndefined();
  expect(codeAdvice('paris', false, paused)).toBe(
    'the code of paris says `schedulingPaused: true`, and the next apply cordons it again: take it out',
  );
  expect(codeAdvice('paris', false, open)).toBeUndefined();
  expect(codeAdvice('paris', false, codeSays(undefined, false, true))).toBe(
    'paris stands in code: where that says `schedulingPaused: true`, the next apply cordons it again',
  );
  expect(codeAdvice('paris', true, codeSays(undefined, true, false))).toBeUndefined();
});
