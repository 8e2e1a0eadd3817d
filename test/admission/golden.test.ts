import { isDeepStrictEqual } from 'node:util';
import { Admission } from '../../src/admission/admission';
import { type AdmissionVector, ASSUME, admissionVectors } from '../golden/admission';

const vectors = admissionVectors();
const admission = Admission.of({ assume: ASSUME });
const kinds = [...new Set(vectors.map(({ object }) => object.kind))].sort();

/** The first place where two documents differ. */
function difference(ours: any, theirs: any, path = ''): string | undefined {
  if (isDeepStrictEqual(ours, theirs)) return undefined;
  const both = [ours, theirs].every((value) => typeof value === 'object' && value !== null);
  if (!both) return `${path}: ${JSON.stringify(ours)}, not ${JSON.stringify(theirs)}`;
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  return keys.map((key) => difference(ours[key], theirs[key], `${path}.${key}`)).find((found) => found !== undefined);
}

/** The fields that the server named: in the causes of a refusal, or else in the words of a webhook or of the strict decoder. */
function fieldsOf({ causes, message = '' }: AdmissionVector): string[] {
  if (causes?.length) return causes.map(({ field }) => field);
  const words =
    /((?:spec|metadata)[\w.[\]/]*): (?:Invalid|Required|Unsupported|Duplicate|Forbidden)|unknown field "([^"]+)"/g;
  return [...message.matchAll(words)].map(([, refused, unknown]) => refused ?? unknown);
}

/** Why we disagree with the recorded answer; nothing when we agree. */
function disagreement(vector: AdmissionVector): string | undefined {
  const { admitted, stored, findings } = admission.review(vector.object);
  if (admitted !== vector.admitted)
    return `${admitted ? 'admitted' : 'refused'}: ${vector.message ?? JSON.stringify(findings)}`;
  if (admitted) return difference(stored, vector.stored);
  const paths = [...new Set(findings.map(({ path }) => path))].sort();
  const fields = [...new Set(fieldsOf(vector))].sort();
  return fields.length && !isDeepStrictEqual(paths, fields) ? `says ${paths}, not ${fields}` : undefined;
}

test.each(kinds)('%s: what a real Karmada answered is what we answer', (kind) => {
  const disagreements = [...vectors.entries()]
    .filter(([, { object }]) => object.kind === kind)
    .map(([number, vector]) => [number, disagreement(vector)] as const)
    .filter(([, why]) => why !== undefined);
  expect(disagreements).toEqual([]);
});

test('where the server named fields, we name the same ones', () => {
  const named = vectors.filter(({ causes }) => causes?.length);
  const same = named.filter(({ object, causes }) => {
    const ours = new Set(admission.review(object).findings.map(({ path }) => path));
    return isDeepStrictEqual(ours, new Set(causes?.map(({ field }) => field)));
  });
  expect({ named: named.length, same: same.length }).toEqual({ named: 269, same: 269 });
});

test('the vectors are all there', () => {
  expect(vectors).toHaveLength(2040);
  expect(kinds).toHaveLength(13);
});
