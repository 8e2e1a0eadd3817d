// Changes one rule of the preview at a time and asks the recorded decisions: some vector has to disagree. `node
// tools/preview/mutate.mjs [rule ...]` names the rules that no vector catches, and fails when one is left that has vectors.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge, writeJudge } from './judge.mjs';
import { MUTATIONS } from './mutations.mjs';

/** A mutation that never ends is one that was caught. */
const LIMIT_MS = 300_000;

/** The vector that disagrees, of those in which the rule took part, asked in a process of its own. */
function disagreement(file, vectors) {
  const script = `process.stdout.write(require(${JSON.stringify(file)}).disagreement(${JSON.stringify(vectors)}) ?? '')`;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'], timeout: LIMIT_MS });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal) resolve('a vector that never ended');
      else if (code === 0) resolve(text);
      else reject(new Error(`the judge ended with ${code}`));
    });
  });
}

const wanted = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-mutations-'));
try {
  const { coverage, disagreement: first } = await judge(join(work, 'judge.cjs'));
  const found = first();
  if (found) throw new Error(`${found} disagrees already, without a mutation`);
  const rules = new Map(coverage().map(({ rule, vectors }) => [rule, vectors]));
  const unknown = MUTATIONS.filter(({ rule }) => !rules.has(rule)).map(({ rule }) => rule);
  if (unknown.length > 0) throw new Error(`no such rule: ${unknown.join(', ')}`);
  const chosen = MUTATIONS.filter(({ rule }) => wanted.length === 0 || wanted.includes(rule));
  const missed = [];
  for (const [index, mutation] of chosen.entries()) {
    const file = join(work, `mutant-${index}.cjs`);
    await writeJudge(file, mutation);
    const vector = await disagreement(file, rules.get(mutation.rule));
    rmSync(file);
    if (!vector) missed.push(mutation.rule);
    console.log(`${vector ? 'caught' : 'MISSED'}  ${mutation.rule}${vector ? `: ${vector}` : ''}`);
  }
  const without = [...rules].filter(([rule]) => !MUTATIONS.some((each) => each.rule === rule)).map(([rule]) => rule);
  console.log(
    `${chosen.length} mutations, ${missed.length} missed; rules without one: ${without.join('; ') || 'none'}`,
  );
  process.exitCode = missed.some((rule) => rules.get(rule).length > 0) ? 1 : 0;
} finally {
  rmSync(work, { recursive: true, force: true });
}
