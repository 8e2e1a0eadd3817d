import { isDeepStrictEqual } from 'node:util';
import { FindingLevel } from '../core/finding';
import { OVERRIDE } from './kinds';
import type { Objects } from './objects';
import { allOverriddenBy, overrideRulesOf, pathOf, segmentsOf, valueAt } from './overrides';
import { entries, record } from './read';
import type { Doubt, InputRule } from './rule';

/** Keys that servers and deployers write, so that the code does not know whether they are there. */
const WRITTEN_BY_OTHERS = /(^|[./])(kubernetes\.io|k8s\.io|karmada\.io|helm\.sh|argoproj\.io|fluxcd\.io)\//;
/** What Karmada sets for each cluster before it applies overrides. */
const ASSIGNED = ['/spec/replicas', '/spec/parallelism', '/spec/completions'];
const NOUNS: { readonly [stage: string]: string } = { labelsOverrider: 'label', annotationsOverrider: 'annotation' };

/** One change of an override policy. */
interface Change {
  readonly policy: any;
  readonly path: string;
  readonly stage: string;
  readonly operator: string;
  readonly value: any;
  /** What of an object it may change. */
  readonly target: string;
}

function changesOf(policy: any): Change[] {
  return overrideRulesOf(policy).flatMap(({ overriders, path }) =>
    Object.keys(overriders).flatMap((stage) =>
      entries(overriders[stage]).flatMap(({ item, index }) => {
        const { operator, value } = item;
        const change = { policy, path: `${path}overriders.${stage}[${index}].value`, stage, operator, value };
        if (!NOUNS[stage])
          return [{ ...change, target: item.path ?? item.fieldPath ?? item.predicate?.path ?? '/spec' }];
        return Object.keys(record(value)).map((key) => ({
          ...change,
          path: `${change.path}["${key}"]`,
          value: key,
          target: pathOf(['metadata', `${NOUNS[stage]}s`, key]),
        }));
      }),
    ),
  );
}

/** Whether a change may have an effect on what another one finds. */
function precedes(one: Change, other: Change): boolean {
  if (one === other || (NOUNS[one.stage] && one.operator !== 'add')) return false;
  return `${one.target}/`.startsWith(`${other.target}/`) || `${other.target}/`.startsWith(`${one.target}/`);
}

/** What a change does that changes nothing; undefined where it does change something. */
function idleness(change: Change, templates: readonly any[]): Pick<Doubt, 'message' | 'fix'> | undefined {
  const { stage, operator, value, target } = change;
  const found = templates.map((template) => valueAt(template, segmentsOf(target)));
  const noun = NOUNS[stage];
  if (noun) {
    if (!['remove', 'replace'].includes(operator) || WRITTEN_BY_OTHERS.test(value)) return undefined;
    if (found.some((each) => each !== undefined)) return undefined;
    const message = `it would ${operator} the ${noun} "${value}", which the template does not have: nothing happens`;
    return operator === 'replace' ? { message, fix: 'use the operator add' } : { message };
  }
  const isSame = found.every((each) => each !== undefined && isDeepStrictEqual(each, value));
  if (stage !== 'plaintext' || operator !== 'replace' || ASSIGNED.includes(target) || !isSame) return undefined;
  return { message: `it replaces ${target} by what the template says already` };
}

/** Only where nothing else may have changed the same thing before. */
function check(objects: Objects): Doubt[] {
  const changes = new Map<any, readonly Change[]>();
  for (const policy of OVERRIDE.flatMap((kind) => objects.ofKind(kind))) changes.set(policy, changesOf(policy));
  return [...changes].flatMap(([policy, own]) => {
    const templates = allOverriddenBy(objects, policy);
    if (templates.length === 0) return [];
    return own.flatMap((change) => {
      const idle = idleness(change, templates);
      if (!idle) return [];
      const policies = [...new Set(templates.flatMap((template) => objects.overridesOf(template)))];
      const others = policies.flatMap((each) => changes.get(each) ?? changesOf(each));
      if (others.some((other) => precedes(other, change))) return [];
      return [{ object: policy, path: change.path, ...idle }];
    });
  });
}

export const IDLE_OVERRIDE: InputRule = {
  code: 'MC071',
  level: FindingLevel.WARNING,
  title: 'an override that changes nothing',
  why: 'Where a label or annotation that is to be removed or replaced is not there, Karmada does nothing and says nothing. The same value once more changes nothing either.',
  fix: 'take it away, or correct what it is about',
  see: 'pkg/util/overridemanager/labelannotationoverrider.go at v1.18.2',
  check,
};
