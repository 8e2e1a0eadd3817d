import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

const root = join(__dirname, '..');

interface Row {
  readonly fault: string;
  /** File with a test whose name begins with the number. */
  readonly test?: string;
  /** Why it cannot be made here. */
  readonly not?: string;
  /** What is missing. */
  readonly yet?: string;
}

const rows = load(readFileSync(join(__dirname, 'faults.yaml'), 'utf8')) as { readonly [number: string]: Row };

test('the table has all 82 faults, in order, each with one answer', () => {
  expect(Object.keys(rows)).toEqual(Array.from({ length: 82 }, (_, i) => `F${i + 1}`));
  for (const [number, { fault, test, not, yet, ...rest }] of Object.entries(rows)) {
    expect([number, fault.length > 0, [test, not, yet].filter(Boolean).length, rest]).toEqual([number, true, 1, {}]);
  }
});

const tested = Object.entries(rows).filter(([, row]) => row.test);

test.each(tested)('%s has a test of its name', (number, { test: file }) => {
  const path = join(root, file as string);
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`^ *test\\(\\s*['"\`]${number} `, 'm'));
});
