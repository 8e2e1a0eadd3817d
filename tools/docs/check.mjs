// Fails when a generated page differs from what is committed, and names it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../install.mjs';
import { generate } from './generate.mjs';

const fresh = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-docs-check-'));
try {
  const pages = await generate(fresh);
  const read = (folder, page) => {
    try {
      return readFileSync(join(folder, page), 'utf8');
    } catch {
      return undefined;
    }
  };
  const stale = pages.filter((page) => read(root, page) !== read(fresh, page));
  const leftOver = readdirSync(join(root, 'docs'))
    .map((page) => `docs/${page}`)
    // the others are written by hand
    .filter((page) => !pages.includes(page) && /^# `\w+` Submodule/.test(read(root, page)));
  for (const page of stale) console.error(`${page} is not what the code says: run npx projen docgen and commit it`);
  for (const page of leftOver) console.error(`${page} documents nothing any more: delete it`);
  process.exitCode = stale.length + leftOver.length === 0 ? 0 : 1;
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
