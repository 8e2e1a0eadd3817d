import { FindingLevel } from '../core/finding';
import { quoted, record } from './read';
import type { Doubt, ObjectRule } from './rule';

/** Keys only: a value is never shown. */
function look(secret: any): Doubt[] {
  if (secret.apiVersion !== 'v1') return [];
  return ['data', 'stringData'].flatMap((field) => {
    const keys = Object.keys(record(secret[field])).sort();
    if (keys.length === 0) return [];
    const message = `the Secret holds its values in plain sight: ${quoted(keys)}`;
    return [{ object: secret, path: field, message }];
  });
}

export const LITERAL_SECRET: ObjectRule = {
  code: 'MC062',
  level: FindingLevel.ERROR,
  title: 'a Secret with its values',
  why: 'What is synthesized is reviewed, committed and kept: a value in it is no secret any more. Base64 hides nothing.',
  fix: 'refer to a Secret that exists on Karmada, or have one made by an ExternalSecret or a SealedSecret',
  see: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices',
  kinds: ['Secret'],
  look,
};
