// `npm test`: everything that has to hold, on a machine with Node and npm only. Every check counts as one test, and every
// test of jest as itself; the closing line adds them up. Integration tests run when the testbed's binaries can be had.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from './chromium.cjs';
import { ensureInstalled, show } from './install.mjs';
import { availability, ensureBinaries } from './testbed/binaries.mjs';
import { ensureLinters } from './testbed/linters.mjs';

const JEST = 'node_modules/jest/bin/jest.js';
const totals = { passed: 0, failed: 0, skipped: 0 };
const reports = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-test-'));

function headline(text) {
  console.log(`\n=== ${text}`);
}

/** A check that either holds or does not. */
function check(name, command, args) {
  headline(name);
  const code = show(command, args);
  if (code === 0) totals.passed += 1;
  else {
    totals.failed += 1;
    console.log(`=== ${name}: FAILED (exit ${code})`);
  }
  return code === 0;
}

/** Runs jest and adds what its report says; a run that broke down before any test failed counts as one failure. */
function jest(name, args) {
  headline(name);
  const report = join(reports, `${name.replaceAll(' ', '-')}.json`);
  const code = show(process.execPath, [JEST, '--ci', '--json', `--outputFile=${report}`, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'], // the report on stdout goes to the file; progress is on stderr
  });
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    totals.failed += 1;
    return;
  }
  totals.passed += result.numPassedTests;
  totals.skipped += result.numPendingTests + result.numTodoTests;
  totals.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  if (code !== 0 && result.numFailedTests + result.numRuntimeErrorTestSuites === 0) totals.failed += 1;
}

async function integration() {
  const config = ['--config', 'test/integration/jest.config.js'];
  const found = availability();
  if (found.how === 'none') {
    jest('integration tests (counted, not run)', [...config, '--testNamePattern', '^\\b$', '--silent']);
    console.log(`integration tests are skipped: ${found.why}; then run: npm test`);
    return;
  }
  try {
    headline('testbed');
    console.log(`binaries: ${await ensureBinaries((line) => console.log(line))}`);
    console.log(`linters: ${(await ensureLinters((line) => console.log(line))) ?? 'none, as Go is not here'}`);
    totals.passed += 1;
  } catch (error) {
    totals.failed += 1;
    console.log(`testbed: FAILED: ${error.message}`);
    return;
  }
  jest('integration tests', config);
}

function browser() {
  const config = ['--config', 'test/browser/jest.config.js'];
  if (chromium) return jest('browser tests', config);
  jest('browser tests (counted, not run)', [...config, '--testNamePattern', '^\\b$', '--silent']);
  console.log(
    'browser tests are skipped: install chromium, or set CHROMIUM to the path of a browser like it; then run: npm test',
  );
}

ensureInstalled();
const projen = (task) => ['node_modules/projen/bin/projen', task];
if (check('compile', process.execPath, projen('compile'))) {
  check('lint', process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']);
  check('types', process.execPath, projen('typecheck'));
  check('snippets of README and doc comments', process.execPath, projen('check:snippets'));
  check('API pages are up to date', process.execPath, ['tools/docs/check.mjs']);
  jest('unit tests', []);
  browser();
  await integration();
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
