import { exactText } from '../../src/preview/private/exact-text';

const values = [
  ...['', '1', 1, -1, 1.5, true, 'true', null, 'null', Number.NaN, [], {}, [[]], [{}], [''], ['', ''], ['s0:']],
  ...[{ a: 1 }, { a: '1' }, { a: [1] }, { a: 1, b: 2 }, { a: { b: 2 } }, { 'a:1;1:b': 2 }, [1, 2], [12], ['1;2']],
];

test('no two values have the same text', () => {
  const texts = values.map(exactText);
  expect(texts).not.toContain(undefined);
  expect(new Set(texts).size).toBe(values.length);
});

test('values that are alike have the same text', () => {
  const made = () => ({ clusterAffinity: { clusterNames: ['berlin', 'virginia'] }, weight: 2, none: null });
  expect(exactText(made())).toBe(exactText(made()));
});

test('what is large, holds itself or is no JSON has no text', () => {
  const endless: any[] = [];
  endless.push(endless);
  const bomb = Array.from({ length: 40 }).reduce<unknown>((inner) => [inner, inner], 'x');
  for (const value of [endless, bomb, Array(2_000).fill(1), new Date(0), 1n, undefined, [undefined]]) {
    expect(exactText(value)).toBeUndefined();
  }
});
