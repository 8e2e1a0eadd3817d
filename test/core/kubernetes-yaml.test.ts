import { readYaml, writeYaml } from '../../src/core/private/kubernetes-yaml';
// each text with what sigs.k8s.io/yaml v1.6.0 makes of it, null where it refuses it: strict, but loose where maps are merged,
// for strict reading refuses an override of what was merged
import RECORDED from './kubernetes-yaml.json';

/** Texts that are read otherwise on purpose, and what is made of them; undefined where they are refused. */
const OTHERWISE = new Map<string, unknown>([
  // these numbers would change, for JavaScript keeps 53 bits
  ['v: 9007199254740993', undefined],
  ['v: -9007199254740993', undefined],
  ['v: 9223372036854775807', undefined],
  ['v: 18446744073709551615', undefined],
  ['v: 0xFFFFFFFFFFFFFFFF', undefined],
  ['v: 0777777777777777777777', undefined],
  // the last line of a text has an end
  ['v: |\n  0644', { v: '0644\n' }],
  ['v: >\n  yes', { v: 'yes\n' }],
  // keys are never computed with
  ['null: a', { null: 'a' }],
  ['~: a', { null: 'a' }],
  ['.inf: a', undefined],
  ['100000000.5: a', { '100000000.5': 'a' }],
  ['? [a]\n: b', { a: 'b' }],
  // what is written wins over what is merged, whichever comes first; twice the same is never right
  ['a: &x {b: 1}\nc:\n  b: 2\n  <<: *x', { a: { b: 1 }, c: { b: 2 } }],
  ['a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n  b: 3', undefined],
  ['1: a\n"1": b', undefined],
  // JSON is read as JSON
  ['{"a":"\\/"}', { a: '/' }],
  ['{"a":"\\ud83d\\ude00"}', { a: '😀' }],
  // tags and versions that nobody writes
  ['v: !custom x', undefined],
  ['%YAML 1.2\n---\na: yes', { a: true }],
  ['a: !!set {b, c}', undefined],
  ['a: !!omap [b: 1]', undefined],
  ['a: !!str {b: 1}', undefined],
  ['a: [?b]', { a: ['?b'] }],
]);
const rows = RECORDED as [string, string | null][];

function read(text: string): unknown {
  const { documents, fault } = readYaml(text);
  return fault ? undefined : (documents[0] ?? null);
}

test.each(rows.filter(([text]) => !OTHERWISE.has(text)))('%j is %s', (text, json) => {
  expect(read(text)).toStrictEqual(json === null ? undefined : JSON.parse(json));
});

test.each([...OTHERWISE])('%j is %j, unlike there', (text, value) => {
  expect(read(text)).toStrictEqual(value);
});

test.each([
  ['a: 1\na: 2', { reason: 'duplicated mapping key', line: 2, column: 1 }],
  ['v: .inf', { reason: '.inf is a number that JSON has not, so no API server takes it' }],
  [
    'v: 9007199254740993',
    { reason: '9007199254740993 is too large to be kept exactly; write it in quotes if it is text' },
  ],
  ['v: {{ x }}', { reason: 'a key is a map, as in {{ }} of a template that was not rendered' }],
  ['a: &x [*x]', { reason: 'an anchor contains itself' }],
])('says of %j why', (text, fault) => {
  expect(readYaml(text)).toStrictEqual({ documents: [], fault });
});

describe('aliases that repeat one another', () => {
  const TOO_MUCH = { reason: 'its aliases (*name) repeat more than 3 MB, which is more than any API server takes' };

  /** Each level names the one before so many times. */
  const levels = (many: number, times: number, first = 'x') =>
    Array.from({ length: many }, (_, level) => {
      const item = level ? `*l${level - 1}` : first;
      return `l${level}: &l${level} [${Array(times).fill(item).join(', ')}]\n`;
    }).join('');

  test.each([
    ['ten levels of ten', levels(10, 10)],
    ['thirty levels of two', levels(30, 2)],
    ['one long text, many times', `a: &a ${'x'.repeat(100_000)}\nb: [${Array(5_000).fill('*a').join(', ')}]`],
    ['one long key, many times', `a: &a {${'x'.repeat(1_000)}: 1}\nb: [${Array(50_000).fill('*a').join(', ')}]`],
    ['many documents', `${levels(5, 10)}---\n`.repeat(40)],
    ['one that contains itself twice', 'a: &a [*a, *a]'],
  ])('are refused in bounded time: %s', (what, text) => {
    const start = process.cpuUsage();
    const { documents, fault } = readYaml(text);
    const { user, system } = process.cpuUsage(start);
    expect(documents).toEqual([]);
    expect(fault).toEqual(what.includes('itself') ? { reason: 'an anchor contains itself' } : TOO_MUCH);
    expect((user + system) / 1e6).toBeLessThan(5);
  });

  test('are read as long as they stay small, whatever the text', () => {
    expect(readYaml(levels(4, 10)).documents[0].l3[9][9][9][9]).toBe('x');
    const large = `a: ${'x'.repeat(4_000_000)}\nb: &b [1, 2]\nc: *b\n`;
    expect(readYaml(large).documents[0].c).toEqual([1, 2]);
    expect(readYaml(`[${'~,'.repeat(800_000)}]`).documents[0]).toHaveLength(800_000);
  });
});

test('documents in order, an empty one as null', () => {
  expect(readYaml('a: 1\n---\n---\nb: 2\n')).toStrictEqual({ documents: [{ a: 1 }, null, { b: 2 }] });
});

test.each([
  { n: 'n', yes: 'yes', octal: '0644', underscore: '1_000', date: '2020-01-01', empty: '', tilde: '~', merge: '<<' },
  { text: 'a: b # c', lines: 'one\ntwo\n', trailing: 'one\n\n', tab: '\t', list: ['1', 1, 1.5, true, null, [], {}] },
  { big: 123456789.5, whole: 9007199254740991, negative: -3, hex: '0x1F', bits: '0b1', inf: '.inf' },
])('what is written is read as the same: %j', (value) => {
  expect(readYaml(writeYaml(value))).toEqual({ documents: [value] });
});
