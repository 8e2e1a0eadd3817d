import {
  isDnsSubdomain,
  isLabelKey,
  isLabelValue,
  LABEL_KEY_RULE,
  LABEL_RULE,
  LABEL_VALUE_RULE,
} from '../../core/private/names';
import { type Trouble, troubles } from '../../core/private/trouble';
import type { Operator } from './place';

/** What is wrong with the name of an environment variable. */
export function variableTroubles(name: string): Trouble[] {
  if (name !== '' && !name.includes('=')) return [];
  return [{ what: `"${name}" cannot be the name of an environment variable`, fix: 'give a name without =' }];
}

/** What is wrong with the key of a label or an annotation. */
export function keyTroubles(noun: string, key: string): Trouble[] {
  return isLabelKey(key) ? [] : [{ what: `"${key}" cannot be the key of ${noun}`, fix: `use ${LABEL_KEY_RULE}` }];
}

/** What is wrong with a label. */
export function labelTroubles(key: string, value: string): Trouble[] {
  const found = keyTroubles('a label', key);
  if (isLabelValue(value)) return found;
  return [...found, { what: `"${value}" cannot be the value of the label "${key}"`, fix: `use ${LABEL_VALUE_RULE}` }];
}

/** What is wrong with words for a command or arguments. */
export function wordTroubles(method: string, words: readonly string[]): Trouble[] {
  return words.length > 0 ? [] : [{ what: `Overrider.${method} is given nothing`, fix: 'give one word or more' }];
}

/** What is wrong with the name of a class. */
export function nameTroubles(noun: string, name: string): Trouble[] {
  return isDnsSubdomain(name) ? [] : [{ what: `"${name}" cannot be the name of ${noun}`, fix: `use ${LABEL_RULE}` }];
}

/** How messages call an override inside a document. */
export function documentWords(method: string, field: string, subPath: string): string {
  return `Overrider.${method}("${field}", "${subPath}")`;
}

/** What is wrong with an operation, whatever it is for. */
export function patchTroubles(operator: Operator, path: string, value: any): Trouble[] {
  const what = `Overrider.patch("${operator}", "${path}")`;
  if (operator === 'remove') {
    return value === undefined ? [] : [{ what: `${what} is given a value`, fix: 'leave it out: removing needs none' }];
  }
  return valueTroubles(what, value, 'PatchOperator.REMOVE');
}

/** cdk8s leaves a null out of what it writes. */
export function valueTroubles(what: string, value: any, otherwise: string): Trouble[] {
  if (value === undefined || value === null) {
    return [{ what: `${what} is given no value`, fix: `give one that is not null, or use ${otherwise}` }];
  }
  return holdsNull(value)
    ? [{ what: `${what} is given a value with a null in it, which would not be written`, fix: 'leave the null out' }]
    : [];
}

function holdsNull(value: any): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(holdsNull));
}

/** Throws when something is wrong. */
export function refuse(found: Trouble[]): void {
  if (found.length > 0) throw troubles(found);
}
