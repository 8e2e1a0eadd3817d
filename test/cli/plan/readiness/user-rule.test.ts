import { CommandError } from '../../../../cli/plan/command-error';
import { readinessOf } from '../../../../cli/plan/readiness/readiness';
import { readUserRules, ruleFor, type UserRule, userRuleOf } from '../../../../cli/plan/readiness/user-rule';
import type { Trouble } from '../../../../src/core/private/trouble';

const key = { apiVersion: 'example.io/v1', kind: 'Widget', namespace: 'a', name: 'b' };

function judged(tests: any[], live: any, requireObservedGeneration = false) {
  const text = JSON.stringify([{ apiVersion: key.apiVersion, kind: key.kind, requireObservedGeneration, tests }]);
  const user = ruleFor(key, undefined, readUserRules(text, 'rules.json'));
  return readinessOf({ plane: 'host', key, live: { metadata: { generation: 2 }, ...live }, user }, { nowMs: 0 });
}

const phases = [
  { path: 'status.phase', op: 'equals', value: 'Broken', result: 'failed', reason: 'it is broken' },
  { path: 'status.conditions[type=Synced].status', op: 'equals', value: 'True', result: 'current' },
  { path: 'status.ready', op: 'at-least', valuePath: 'spec.size', result: 'current' },
];

test('the first test that holds decides', () => {
  expect([
    judged(phases, { status: { phase: 'Broken', ready: 9 } }),
    judged(phases, { status: { conditions: [{ type: 'Synced', status: 'True' }] } }),
    judged(phases, { spec: { size: 2 }, status: { ready: 2 } }),
    judged(phases, { spec: { size: 2 }, status: { ready: 1 } }),
  ]).toEqual([
    { state: 'failed', message: 'it is broken', graceMs: 10_000 },
    { state: 'current' },
    { state: 'current' },
    {
      state: 'in-progress',
      message: 'no test of its rule holds: status.phase, status.conditions[type=Synced].status, status.ready',
    },
  ]);
});

test('a status of an earlier state counts only where the rule does not ask', () => {
  const tests = [{ path: 'status', op: 'exists', result: 'current' }];
  expect([judged(tests, { status: { a: 1 } }), judged(tests, { status: { a: 1 } }, true)]).toEqual([
    { state: 'current' },
    { state: 'in-progress', message: 'its controller has not looked at it yet' },
  ]);
});

test('an annotation is one of three words, or tests; its own rule goes before that of its kind', () => {
  const wrong: Trouble[] = [];
  const rules: (UserRule | undefined)[] = ['skip', 'started', 'address', JSON.stringify(phases), 'never', '[{}]'].map(
    (text) => userRuleOf(text, 'Widget/a/b', wrong),
  );
  expect(rules).toEqual([
    'skip',
    'started',
    'address',
    { requireObservedGeneration: false, tests: phases },
    undefined,
    undefined,
  ]);
  expect(wrong.map(({ what }) => what)).toEqual([
    'the annotation does not say when the object is ready: never',
    'the annotation does not say when the object is ready: [{}]',
  ]);
  expect(ruleFor(key, 'skip', new Map([['example.io/v1 Widget', 'started' as const]]))).toBe('skip');
});

test('all that is wrong in a file is said at once', () => {
  const text = JSON.stringify([
    { kind: 'Widget' },
    { apiVersion: 'a/v1', kind: 'B', tests: [{ path: 'a', op: 'is' }] },
  ]);
  expect(() => readUserRules(text, 'rules.json')).toThrow(CommandError);
  expect(() => readUserRules(text, 'rules.json')).toThrow(
    /^rule 1 is not whole: \{"kind":"Widget"\}\n {2}at rules.json\n {2}fix: write .*\nrule 2 is not whole: /,
  );
  expect(() => readUserRules('{', 'rules.json')).toThrow(/^the file is not a JSON list of rules\n {2}at rules.json/);
});
