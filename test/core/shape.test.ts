import { Admission } from '../../src/admission/admission';
import { shapeOf } from '../../src/core/private/shape';
import { admissionVectors } from '../golden/admission';

/** The object with every good name replaced by another of the same length: the first letter moves on by one. */
function renamed(value: any, key = ''): any {
  if (
    typeof value === 'string' &&
    ['name', 'dependentOverrides'].includes(key) &&
    value.length <= 48 &&
    /^[a-z](-?[a-z0-9])*$/.test(value)
  ) {
    return String.fromCharCode(((value.charCodeAt(0) - 96) % 26) + 97) + value.slice(1);
  }
  if (Array.isArray(value)) return value.map((item) => renamed(item, key === 'dependentOverrides' ? key : ''));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([inner, item]) => [inner, renamed(item, inner)]));
}

const vectors = admissionVectors().map(({ object }) => object);

test('objects of one shape get one answer: what a thing is called does not matter to any rule', () => {
  const admission = Admission.of();
  const other = vectors.filter((object) => JSON.stringify(object) !== JSON.stringify(renamed(object)));
  expect(other.length).toBeGreaterThan(1900);
  expect(other.filter(({ spec }) => spec?.dependentOverrides?.length).length).toBeGreaterThan(10);
  for (const object of other) {
    expect(shapeOf(renamed(object))).toBe(shapeOf(object));
    expect(admission.review(renamed(object)).admitted).toBe(admission.review(object).admitted);
  }
});

test.each([
  ['another value', { spec: { a: 1 } }, { spec: { a: 2 } }],
  ['a name that is too long for a port', { name: 'a'.repeat(15) }, { name: 'a'.repeat(16) }],
  ['a name that is too long for a cluster', { name: 'a'.repeat(48) }, { name: 'a'.repeat(49) }],
  ['a name that is none', { name: 'a' }, { name: 'A' }],
  ['other override policies to wait for', { dependentOverrides: ['a', 'b'] }, { dependentOverrides: ['a', 'a'] }],
  ['override policies to wait for that are none', { dependentOverrides: ['a'] }, { dependentOverrides: ['A'] }],
  ['two names that are the same', [{ name: 'a' }, { name: 'b' }], [{ name: 'a' }, { name: 'a' }]],
])('%s is another shape', (_, one, two) => {
  expect(shapeOf(one)).not.toBe(shapeOf(two));
});

test('the annotations that the command strips do not count', () => {
  const annotations = (path: string) => ({ metadata: { annotations: { 'cdk8s-karmada.io/path': path, a: 'b' } } });
  expect(shapeOf(annotations('shop/web'))).toBe(shapeOf(annotations('shop/"api"')));
});
