import { overrideRulesOf, pathOf } from './overrides';
import { entries, record } from './read';

export const NOUNS: { readonly [stage: string]: string } = {
  labelsOverrider: 'label',
  annotationsOverrider: 'annotation',
};

/** One change of an override policy. */
export interface Change {
  readonly policy: any;
  /** The entry of the overrider that it comes from. */
  readonly item: any;
  readonly path: string;
  readonly stage: string;
  readonly operator: string;
  readonly value: any;
  /** What of an object it may change. */
  readonly target: string;
}

export function changesOf(policy: any): Change[] {
  return overrideRulesOf(policy).flatMap(({ overriders, path }) =>
    Object.keys(overriders).flatMap((stage) =>
      entries(overriders[stage]).flatMap(({ item, index }) => {
        const { operator, value } = item;
        const change = { policy, item, path: `${path}overriders.${stage}[${index}].value`, stage, operator, value };
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
export function precedes(one: Change, other: Change): boolean {
  if (one === other || (NOUNS[one.stage] && one.operator !== 'add')) return false;
  return `${one.target}/`.startsWith(`${other.target}/`) || `${other.target}/`.startsWith(`${one.target}/`);
}
