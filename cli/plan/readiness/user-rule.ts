import type { ObjectKey } from '../../../src/core/object-key';
import type { Trouble } from '../../../src/core/private/trouble';
import { CommandError, ExitCode } from '../command-error';
import { sameValue } from '../field-path';
import { jsonOf } from '../json-text';
import { NOT_LOOKED, unobserved } from './condition';
import { current, failed, inProgress, type Readiness } from './verdict';

const OPERATIONS = ['equals', 'differs', 'exists', 'absent', 'at-least'] as const;
const RESULTS = ['current', 'in-progress', 'failed'] as const;

/** A question about a field, and what a yes means. */
export interface UserTest {
  /** Such as `status.phase`, or `status.conditions[type=Ready].status`. */
  readonly path: string;
  readonly op: (typeof OPERATIONS)[number];
  /** What the field is compared with. */
  readonly value?: unknown;
  /** Field of the object that it is compared with, instead of a value. */
  readonly valuePath?: string;
  readonly result: (typeof RESULTS)[number];
  /** In words. */
  readonly reason?: string;
}

/** What a user says about when an object is ready; the first test that says yes decides. */
export type UserRule =
  /** `skip`: it is not waited for. `started`: a Job that has begun is enough. `address`: an Ingress needs one. */
  'skip' | 'started' | 'address' | { readonly requireObservedGeneration: boolean; readonly tests: readonly UserTest[] };

/** Rules for kinds, by `apiVersion kind`. */
export type UserRules = ReadonlyMap<string, UserRule>;

const FIX = `give "skip", "started", "address", or JSON: [{"path": "status.phase", "op": "equals", "value": "Ready", "result": "current"}], with op one of ${OPERATIONS.join(', ')} and result one of ${RESULTS.join(', ')}`;

/** The rule in an annotation of an object. */
export function userRuleOf(text: string, at: string, wrong: Trouble[]): UserRule | undefined {
  if (text === 'skip' || text === 'started' || text === 'address') return text;
  const tests = jsonOf(text);
  if (Array.isArray(tests) && tests.length && tests.every(isTest)) return { requireObservedGeneration: false, tests };
  wrong.push({ what: `the annotation does not say when the object is ready: ${text}`, at, fix: FIX });
  return undefined;
}

/** The rules in a file: a JSON list of kinds, each with its tests. */
export function readUserRules(text: string, file: string): UserRules {
  const wrong: Trouble[] = [];
  const rules = new Map<string, UserRule>();
  const entries = jsonOf(text);
  if (!Array.isArray(entries)) wrong.push({ what: 'the file is not a JSON list of rules', at: file, fix: FILE_FIX });
  for (const [i, entry] of (Array.isArray(entries) ? entries : []).entries()) {
    const { apiVersion, kind, tests, requireObservedGeneration = false } = entry ?? {};
    const isWhole = typeof apiVersion === 'string' && typeof kind === 'string' && Array.isArray(tests) && tests.length;
    if (!isWhole || !tests.every(isTest)) {
      wrong.push({ what: `rule ${i + 1} is not whole: ${JSON.stringify(entry)}`, at: file, fix: FILE_FIX });
    } else rules.set(`${apiVersion} ${kind}`, { requireObservedGeneration: requireObservedGeneration === true, tests });
  }
  if (wrong.length) throw new CommandError(ExitCode.INVALID_INPUT, wrong);
  return rules;
}

const FILE_FIX = `write [{"apiVersion": "...", "kind": "...", "tests": [{"path": "status.phase", "op": "equals", "value": "Ready", "result": "current"}]}], with op one of ${OPERATIONS.join(', ')} and result one of ${RESULTS.join(', ')}`;

/** The rule for an object: its own, or that of its kind. */
export function ruleFor(key: ObjectKey, own: UserRule | undefined, rules: UserRules | undefined): UserRule | undefined {
  return own ?? rules?.get(`${key.apiVersion} ${key.kind}`);
}

/** What the tests of a user say of an object. */
export function byUser(live: any, rule: Exclude<UserRule, string>): Readiness {
  if (rule.requireObservedGeneration && unobserved(live)) return inProgress(NOT_LOOKED);
  for (const { path, op, value, valuePath, result, reason } of rule.tests) {
    const wanted = valuePath === undefined ? value : fieldAt(live, valuePath);
    if (!holds(fieldAt(live, path), op, wanted)) continue;
    const why = reason ?? `${path} ${op}${wanted === undefined ? '' : ` ${JSON.stringify(wanted)}`}`;
    if (result === 'current') return current();
    return result === 'failed' ? failed(why) : inProgress(why);
  }
  return inProgress(`no test of its rule holds: ${rule.tests.map(({ path }) => path).join(', ')}`);
}

function holds(found: unknown, op: UserTest['op'], wanted: unknown): boolean {
  if (op === 'exists') return found !== undefined;
  if (op === 'absent') return found === undefined;
  if (op === 'at-least') return Number(found) >= Number(wanted);
  return sameValue(found, wanted) === (op === 'equals');
}

/** The value at a path of names; `[name=value]` finds an item of a list. */
function fieldAt(value: any, path: string): any {
  for (const [, name, key, wanted] of path.matchAll(/([^.[\]]+)|\[([^=\]]+)=([^\]]*)\]/g)) {
    if (value === undefined || value === null) return undefined;
    if (name !== undefined) value = value[name];
    else value = Array.isArray(value) ? value.find((item) => `${item?.[key]}` === wanted) : undefined;
  }
  return value;
}

function isTest(test: any): test is UserTest {
  return (
    typeof test?.path === 'string' && OPERATIONS.includes(test.op) && RESULTS.includes(test.result) && hasValue(test)
  );
}

function hasValue({ op, value, valuePath }: UserTest): boolean {
  return op === 'exists' || op === 'absent' || value !== undefined || typeof valuePath === 'string';
}
