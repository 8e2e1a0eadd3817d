import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { OVERRIDE } from './kinds';
import type { Objects } from './objects';
import { overrideRulesOf, segmentsOf, valueAt } from './overrides';
import { entries } from './read';
import type { Doubt, InputRule } from './rule';

/** Lists that are one value: whoever gives them anew means all of them. */
const ONE_VALUE = ['args', 'command'];

/** Whether something is in there that would be lost. */
function collection(value: unknown): 'list' | 'map' | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return undefined;
  return Array.isArray(value) ? 'list' : 'map';
}

/** A member of a map only: what is added to a list goes between its elements. */
function present(template: any, segments: readonly string[]): unknown {
  return Array.isArray(valueAt(template, segments.slice(0, -1))) ? undefined : valueAt(template, segments);
}

function check(objects: Objects): Doubt[] {
  return OVERRIDE.flatMap((kind) => objects.ofKind(kind)).flatMap((policy) => {
    const templates = objects.overriddenBy(policy);
    if (templates.length === 0) return [];
    return overrideRulesOf(policy).flatMap(({ overriders, path }) =>
      entries(overriders.plaintext).flatMap(({ item, index }) => {
        const segments = segmentsOf(item.path);
        if (item.operator !== 'add' || ONE_VALUE.includes(segments[segments.length - 1])) return [];
        const template = templates.find((each) => collection(present(each, segments)));
        if (!template) return [];
        const noun = collection(present(template, segments));
        const key = noun === 'list' ? '-' : '<key>';
        return [
          {
            object: policy,
            path: `${path}overriders.plaintext[${index}]`,
            message: `adding ${item.path} replaces the whole ${noun} that ${keyText(keyOf(template))} has there`,
            fix: `name what to add: ${item.path}/${key}; to replace all of it, use the operator replace`,
          },
        ];
      }),
    );
  });
}

export const REPLACED_WHOLE: InputRule = {
  code: 'MC072',
  level: FindingLevel.WARNING,
  title: 'an add that replaces a whole map or list',
  why: 'JSON Patch adds a member to a map. Where that member is there already, it is replaced with all that is in it: other labels, variables or ports are gone.',
  fix: 'add the one key or the one element that is new; to replace all of it, use the operator replace',
  see: 'https://github.com/karmada-io/karmada/issues/6139 and https://www.rfc-editor.org/rfc/rfc6902#section-4.1',
  check,
};
