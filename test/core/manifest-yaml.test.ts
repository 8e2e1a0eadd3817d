import { dumpManifest } from '../../src/core/private/kubernetes-yaml';
import { writeManifest } from '../../src/core/private/manifest-yaml';
import { crds } from '../../src/schema/crd';
import { anInstance } from '../instance/an-instance';
import { Dice } from '../property/dice';

/** Parts of texts that YAML takes for something, and those that it does not. */
const PARTS = [
  ...['a', 'Z', 'word', 'longer-word', 'é', '😀', '0', '12', '0x1F', '1_0', '1.5', '1e3', '12:30', '2001-01-01'],
  ...['null', 'true', 'Yes', 'off', '~', '<<', '=', '.inf', '.nan', '---', '...', '\t', '\r', '\u0000', '\u2028'],
  ...[' ', '  ', '\n', '\n\n', ':', ': ', '#', ' #', '-', '- ', '?', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>'],
  ...["'", '"', '%', '@', '`', '\\', '\uFEFF', '/', '$', '(', ')', 'https://x.y/z#a', 'a: b', '\n  indented', ' \n'],
];

function text(dice: Dice): string {
  return Array.from({ length: dice.number(0, 4) }, () => dice.one(...PARTS)).join('');
}

function value(dice: Dice, depth: number): any {
  const kind = dice.number(0, depth > 4 ? 5 : 9);
  if (kind < 4) return text(dice);
  if (kind === 4) return dice.one<any>(0, -1, 1.5, 1e21, 1e-7, -0, true, false, null);
  if (kind === 5) return dice.one<any>([], {}, undefined);
  const many = Array.from({ length: dice.number(0, 4) });
  if (kind < 8) return many.map(() => value(dice, depth + 1));
  return Object.fromEntries(many.map(() => [text(dice), value(dice, depth + 1)]));
}

test('any value is written as js-yaml writes it', () => {
  const dice = new Dice(7);
  for (let n = 0; n < 3_000; n++) {
    const made = { [text(dice)]: value(dice, 0), list: [value(dice, 0)], last: value(dice, 1) };
    expect(writeManifest(made)).toBe(dumpManifest(made));
  }
});

test.each(PARTS)('%j alone, as a key, and in the midst of words', (part) => {
  for (const each of [part, `word${part}word`, `${part}words`, `words${part}`, `words ${part} words`]) {
    for (const made of [{ a: each }, { [each]: each }, { a: { b: [each, [each], { [each]: each }] } }])
      expect(writeManifest(made)).toBe(dumpManifest(made));
  }
});

test('so are the definitions of Karmada, and all objects of an instance', () => {
  const { host, karmada } = anInstance({ instanceName: 'east', namespace: 'east-system' });
  for (const each of [...crds(), ...host, ...karmada]) expect(writeManifest(each)).toBe(dumpManifest(each));
});

test.each([
  ['a text', 'text'],
  ['a number', 1],
  ['nothing', null],
  ['an empty list', []],
  ['an empty map', {}],
  ['a list', ['a', { b: 1 }]],
  ['only what is not set', { a: undefined }],
  ['gaps', { list: [undefined, 1, undefined] }],
  ['a key that is longer than YAML has it on a line', { ['k'.repeat(1_025)]: { a: 1 } }],
  ['a text that is an object', { a: { b: new String('text') } }],
])('a whole that is %s', (_, whole) => {
  expect(writeManifest(whole)).toBe(dumpManifest(whole));
});

test.each([
  ['a date', new Date(0)],
  ['a function', () => undefined],
  ['a large number', 1n],
])('what no manifest holds, %s, is refused as js-yaml refuses it', (_, strange) => {
  expect(() => writeManifest({ a: [strange] })).toThrow('unacceptable kind of an object to dump');
});
