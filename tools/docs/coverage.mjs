// docs/preview-coverage.md and the table that the preview itself reads: every rule with the recorded decisions that it took
// part in.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../install.mjs';
import { judge } from '../preview/judge.mjs';
import { MUTATIONS } from '../preview/mutations.mjs';

const PAGE = 'docs/preview-coverage.md';
const TABLE = 'src/preview/private/verified/vectors.ts';

const INTRODUCTION = `# What the preview is verified against

Every rule of Karmada that \`preview\` follows, by the stage of Karmada v1.18.2 that it mirrors, with the number of vectors in which it took part. A vector is one decision that a real Karmada made about one set of
objects, recorded three times into \`test/golden\`; every one of them agrees with the preview, in each run of the tests. A rule without a vector is shown by \`preview\` as unverified (MC027) on each resource that rests on it.

**Mutated**: \`npm run test:mutations\` changes the rule on purpose; "caught" means that at least one vector then disagrees, "-" that no single change of the source stands for the rule.

This page is generated; \`npx projen docgen\` writes it.
`;

const RECORDED = `## Recordings

What each set of vectors was recorded for. A decision about a set of objects exercises many rules, so the numbers below are smaller than those above.

| recorded for | vectors |
| --- | ---: |
`;

function page(rules, recordings) {
  const stages = new Map();
  for (const rule of rules) stages.set(rule.stage, [...(stages.get(rule.stage) ?? []), rule]);
  const none = rules.filter(({ vectors }) => vectors === 0);
  const mutated = new Set(MUTATIONS.map(({ rule }) => rule));
  const sections = [...stages].map(([stage, found]) => {
    const rows = found.map(
      ({ rule, vectors }) => `| ${rule} | ${vectors || '**none**'} | ${mutated.has(rule) ? 'caught' : '-'} |`,
    );
    return `## \`${stage}\`\n\n| rule | vectors | mutated |\n| --- | ---: | --- |\n${rows.join('\n')}\n`;
  });
  const summary = `${rules.length} rules, ${none.length} without a vector${none.length ? `: ${none.map(({ rule }) => rule).join('; ')}` : ''}.\n`;
  const recorded = recordings.map(({ rule, vectors }) => `| ${rule} | ${vectors} |`).join('\n');
  return [INTRODUCTION, summary, ...sections, `${RECORDED}${recorded}\n`].join('\n');
}

function table(rules) {
  const entries = rules.map(({ rule, vectors }) => `  '${rule}': ${vectors},`).join('\n');
  return `/**
 * In how many decisions of a real Karmada each rule took part. Written by \`tools/docs/coverage.mjs\` from \`test/golden\`.
 */
export const VECTORS: { readonly [rule: string]: number } = {
${entries.replace(/'(\w+)':/g, '$1:')}
};
`;
}

/** Writes both below \`target\` and returns their paths relative to it. */
export async function generate(target) {
  const work = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-coverage-'));
  try {
    const { coverage, recordings } = await judge(join(work, 'judge.cjs'));
    const rules = coverage().map((each) => ({ ...each, vectors: each.vectors.length }));
    const texts = { [PAGE]: page(rules, recordings()), [TABLE]: table(rules) };
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(target, path)), { recursive: true });
      writeFileSync(join(target, path), text);
    }
    return Object.keys(texts);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await generate(root)).join('\n'));
