import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** In the code of the library: rules, refusals, remarks. */
function codesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return codesIn(path);
    return path.endsWith('.ts') ? [...readFileSync(path, 'utf8').matchAll(/'(MC\d{3})'/g)].map(([, code]) => code) : [];
  });
}

const page = readFileSync(join(ROOT, 'docs/findings.md'), 'utf8');

test('the page is what the code says', () => {
  const script = "import('./tools/docs/findings.mjs').then((it) => process.stdout.write(it.findingsPage()))";
  expect(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' })).toBe(page);
});

test('every code that the library can emit has one entry, and no other has', () => {
  const entries = [...page.matchAll(/^## (MC\d{3})$/gm)].map(([, code]) => code);
  expect(entries).toEqual([...new Set(codesIn(join(ROOT, 'src')))].sort());
});
