// API.md (the constructs) and docs/api.md (the typed Karmada objects), from .jsii, docs/seed-features.md, docs/findings.md,
// docs/doctor.md and docs/preview-coverage.md; `check.mjs` compares them with what is committed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../install.mjs';
import { generate as coverage } from './coverage.mjs';
import { doctorPage } from './doctor.mjs';
import { findingsPage } from './findings.mjs';
import { generate as seedFeatures } from './seed-features.mjs';

/** Writes the pages below `target` and returns their paths relative to it. */
export async function generate(target) {
  const work = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-docs-'));
  try {
    const docgen = join(root, 'node_modules/jsii-docgen/bin/jsii-docgen');
    const { status } = spawnSync(process.execPath, [docgen, '--split-by-submodule', '-o', join(work, 'API.md')], {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`jsii-docgen ended with ${status}`);
    const api = readdirSync(work).map((page) => place(page, readFileSync(join(work, page), 'utf8'), target));
    writeFileSync(join(target, 'docs/findings.md'), findingsPage());
    writeFileSync(join(target, 'docs/doctor.md'), doctorPage());
    return [...api, 'docs/findings.md', 'docs/doctor.md', seedFeatures(target), ...(await coverage(target))];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** `API.md` stays at the top; the page of a submodule, `API.<name>.md`, goes to `docs/<name>.md`. */
function place(page, text, target) {
  const path = page === 'API.md' ? page : `docs/${page.replace(/^API\./, '')}`;
  mkdirSync(join(target, 'docs'), { recursive: true });
  writeFileSync(join(target, path), text);
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await generate(root)).join('\n'));
