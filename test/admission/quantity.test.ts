import { Quantity } from '../../src/admission/quantity';

test.each([
  ['0', '0'],
  ['1000m', '1'],
  ['1500m', '1500m'],
  ['1.5', '1500m'],
  ['+5', '+5'],
  ['-2k', '-2k'],
  ['100000', '100k'],
  ['1e3', '1e3'],
  ['1000e3', '1e6'],
  ['0.5Gi', '512Mi'],
  ['2048Ki', '2Mi'],
  ['1Ei', '1Ei'],
  ['0.1n', '1n'],
  ['9223372036854775807', '9223372036854775807'],
])('%s is written %s', (given, written) => {
  expect(Quantity.parse(given)?.toString()).toBe(written);
});

test.each(['', 'x', '1x', '1 Gi', '1.2.3', 'Gi', '.', '1ki', '1e', '1e999999999'])('"%s" is no quantity', (given) => {
  expect(Quantity.parse(given)).toBeUndefined();
});
