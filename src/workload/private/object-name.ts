import { isDnsLabel, isDnsSubdomain, LABEL_RULE } from '../../core/private/names';
import type { Trouble } from '../../core/private/trouble';
import { twice, unless } from './unless';

/** What is wrong with the name of a workload, whose kind is given in words. */
export function nameTroubles(kind: string, name: string, longest = 63): Trouble[] {
  return unless(
    isDnsLabel(name, longest),
    `"${name}" cannot be the name of a ${kind}`,
    `give a \`name\` of at most ${longest} characters: ${LABEL_RULE}`,
  );
}

/** What is wrong with the name of any other object, whose kind is given in words, article and all. */
export function objectNameTroubles(kind: string, name: string): Trouble[] {
  return unless(
    isDnsSubdomain(name),
    `"${name}" cannot be the name of ${kind}`,
    `give a \`name\` of at most 253 characters: ${LABEL_RULE}, in parts with . between them`,
  );
}

/** What is wrong with the keys of a ConfigMap or a Secret: each is the name of a file. */
export function keyTroubles(kind: string, keys: readonly string[]): Trouble[] {
  return [
    ...keys
      .filter((key) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key) || /^\.\.?$|^\.\./.test(key))
      .map((key) => ({
        what: `"${key}" cannot be a key of a ${kind}`,
        fix: 'use at most 253 letters, digits, -, _ and ., and do not begin with ..',
      })),
    ...twice(keys).map((key) => ({ what: `the key "${key}" is given twice`, fix: 'leave one of them out' })),
  ];
}
