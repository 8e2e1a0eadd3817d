import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { OVERRIDE } from './kinds';
import type { Objects } from './objects';
import { type Change, changesOf, precedes } from './override-changes';
import { pathOf, segmentsOf, valueAt } from './overrides';
import type { Doubt, InputRule } from './rule';

/** What is in every object once Karmada has it. */
const FILLED_IN = ['metadata', 'status'];

/** What no API server fills in: the pods of an object that has none, and elements of lists. */
function missing(template: any, { operator, target }: Change): string | undefined {
  const segments = segmentsOf(target);
  const last = segments.length - 1;
  for (let i = 0; i <= last; i += 1) {
    const found = segments.slice(0, i + 1);
    const around = valueAt(template, found.slice(0, -1));
    if (operator === 'add' && i === last) return undefined;
    const isOwn =
      found.length === 1 ? !FILLED_IN.includes(found[0]) : Array.isArray(around) && /^\d+$/.test(segments[i]);
    if (isOwn && valueAt(template, found) === undefined) return pathOf(found);
    if (around === undefined) return undefined;
  }
  return undefined;
}

/** Only where nothing else may have changed the same thing before. */
function check(objects: Objects): Doubt[] {
  const changes = new Map<any, readonly Change[]>();
  for (const policy of OVERRIDE.flatMap((kind) => objects.ofKind(kind))) changes.set(policy, changesOf(policy));
  return [...changes].flatMap(([policy, own]) =>
    own
      .filter(({ stage }) => stage === 'plaintext')
      .flatMap((change) => {
        const template = objects.overriddenBy(policy).find((each) => missing(each, change));
        if (!template) return [];
        const others = objects.overridesOf(template).flatMap((each) => changes.get(each) ?? changesOf(each));
        if (others.some((other) => other.operator !== 'replace' && precedes(other, change))) return [];
        const message = `${keyText(keyOf(template))} has no ${missing(template, change)}: ${change.target} fails, and the cluster gets nothing of it`;
        return [{ object: policy, path: change.path.replace(/value$/, 'path'), message }];
      }),
  );
}

export const FAILING_OVERRIDE: InputRule = {
  code: 'MC073',
  level: FindingLevel.WARNING,
  title: 'an override that cannot be applied',
  why: 'An override policy applies to each object that it selects. Where the path of one change is not in one of them, the cluster gets nothing of that object for as long as the override fails.',
  fix: 'change the override so that it fits the object',
  see: 'pkg/util/overridemanager/overridemanager.go at v1.18.2, https://github.com/karmada-io/karmada/issues/6103',
  check,
};
