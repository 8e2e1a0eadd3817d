import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../../cli/commands/context';
import { writeFiles } from '../../../cli/commands/output-file';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-output-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (...files: [file: string, text: string][]) =>
  writeFiles(
    files.map(([file, text]) => ({ file, text, option: '-o' })),
    { cwd } as Context,
  );
const text = (file: string) => readFileSync(join(cwd, file), 'utf8');

test('files are written and replaced, and nothing else is left in the folder', () => {
  write(['a', 'one'], ['b', 'two']);
  write(['a', 'three']);
  expect([text('a'), text('b')]).toEqual(['three', 'two']);
  expect(readdirSync(cwd).sort()).toEqual(['a', 'b']);
});

test('when one of them cannot be written, none is', () => {
  writeFileSync(join(cwd, 'a'), 'old');
  mkdirSync(join(cwd, 'folder'));
  expect(() => write(['a', 'new'], ['folder', 'new'])).toThrow(
    '"folder" cannot be written: it is a folder\n  at -o folder\n  fix: name a file in a folder that you may write to',
  );
  expect(() => write(['a', 'new'], ['nowhere/b', 'new'])).toThrow(
    '"nowhere/b" cannot be written: its folder does not exist\n  at -o nowhere/b\n  fix: name a file in a folder that you may write to',
  );
  expect(text('a')).toBe('old');
  expect(readdirSync(cwd).sort()).toEqual(['a', 'folder']);
});

test('what a link leads to is written, and the link stays', () => {
  writeFileSync(join(cwd, 'real'), 'old');
  symlinkSync('real', join(cwd, 'link'));
  write(['link', 'new']);
  expect(text('real')).toBe('new');
  expect(
    readdirSync(cwd, { withFileTypes: true })
      .find(({ name }) => name === 'link')
      ?.isSymbolicLink(),
  ).toBe(true);
});
