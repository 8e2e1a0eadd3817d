import { FindingLevel } from '../core/finding';
import type { Meaning } from '../core/private/meaning';
import * as codes from './codes';

function refusal(code: string, title: string, why: string, fix: string): Meaning {
  return { code, level: FindingLevel.ERROR, title, why, fix, see: 'pkg/webhook and charts/karmada/_crds at v1.18.2' };
}

/** What the codes of admission stand for. */
export const ADMISSION_MEANINGS: readonly Meaning[] = [
  refusal(
    codes.OBJECT_NAME,
    'a name that cannot be used',
    'The API server refuses the object: names of its kind have to be written otherwise, or are shorter.',
    'use the letters and the length that the finding names',
  ),
  refusal(
    codes.UNKNOWN_FIELD,
    'a field that there is not',
    'Karmada has no such field. A server would drop it without a word, or refuse it, as it is asked to.',
    'correct its name or its place: the finding names the nearest',
  ),
  refusal(
    codes.WRONG_TYPE,
    'a value of another type',
    'The API server refuses the object.',
    'write the value as the type that the field has',
  ),
  refusal(codes.MISSING, 'a field that has to be there', 'The API server refuses the object.', 'add the field'),
  refusal(
    codes.NOT_ALLOWED,
    'a value that the field does not take',
    'The API server refuses the object.',
    'use one of the values that the finding names',
  ),
  refusal(
    codes.OUT_OF_RANGE,
    'a number or a length out of its bounds',
    'The API server refuses the object.',
    'stay within the bounds that the finding names',
  ),
  refusal(
    codes.MALFORMED,
    'a text that is not written as its field wants it',
    'The API server refuses the object: labels, pointers, quantities, schedules and URLs have forms of their own.',
    'write it as the finding says',
  ),
  refusal(
    codes.CONFLICT,
    'fields that exclude or need each other',
    'The API server refuses the object.',
    'leave one of the two out, or add the other',
  ),
  refusal(codes.DUPLICATE, 'the same thing twice', 'The API server refuses the object.', 'leave one of the two out'),
  refusal(
    codes.UNKNOWN_KIND,
    'a kind that Karmada does not serve',
    'The API server knows no such kind in this API group and version.',
    'correct kind or apiVersion',
  ),
  refusal(
    codes.TOO_NEW,
    'a field or a kind that came later',
    'The release that runs does not know it yet: it is dropped or refused.',
    'leave it out, or upgrade Karmada to the release that the finding names',
  ),
  {
    code: codes.REFUSED_LATER,
    level: FindingLevel.WARNING,
    title: 'something that a later release refuses',
    why: 'The release that runs takes it, though it has no effect or an unwanted one; after an upgrade the object is refused.',
    fix: 'change it before you upgrade',
    see: 'pkg/util/validation/validation.go at v1.18.2',
  },
];
