// The preview and the recorded vectors in one file, so that they run without jest, also with a rule changed on purpose.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../install.mjs';

const ENTRY = `
import { isDeepStrictEqual } from 'node:util';
import { Preview } from './src/preview/preview';
import { PREVIEW_RULES } from './src/preview/private/verified/preview-rules';
import { previewed, previewedConflicts } from './test/preview/recorded';
import { vectorRuns } from './test/preview/vector-runs';

const plain = (value) => JSON.parse(JSON.stringify(value));

function agrees({ props, documents, waiting, conflicts = {}, unknown, expected }) {
  const json = Preview.of(props).toJson();
  if (!isDeepStrictEqual(plain(previewedConflicts(json, Object.keys(conflicts))), plain(conflicts))) return false;
  return unknown(json).length === 0 && isDeepStrictEqual(plain(previewed(json, documents, waiting)), plain(expected(json)));
}

/** The first vector that disagrees, of some of them or of all; undefined when all agree. */
export function disagreement(some) {
  const chosen = some && new Set(some);
  for (const run of vectorRuns()) {
    if (chosen && !chosen.has(run.vector)) continue;
    try {
      if (!agrees(run)) return run.vector;
    } catch {
      return run.vector;
    }
  }
  return undefined;
}

/** Every rule, with the vectors in which it took part. */
export function coverage() {
  const vectors = new Map(PREVIEW_RULES.map(({ rule }) => [rule, new Set()]));
  for (const { vector, props } of vectorRuns()) {
    for (const rule of Preview.of({ ...props, render: 'none' })._rules) vectors.get(rule).add(vector);
  }
  return PREVIEW_RULES.map(({ rule, stage }) => ({ rule, stage, vectors: [...vectors.get(rule)] }));
}

/** The rules that vectors were recorded for, with their numbers. */
export function recordings() {
  const vectors = new Map();
  for (const { rule, vector } of vectorRuns()) vectors.set(rule, (vectors.get(rule) ?? new Set()).add(vector));
  return [...vectors].map(([rule, found]) => ({ rule, vectors: found.size }));
}
`;

/** Writes the judge; \`mutation\` is { file, find, replace } in a source of the preview. */
export async function writeJudge(outfile, mutation) {
  const plugins = [
    {
      name: 'mutation',
      setup({ onLoad }) {
        onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
          if (path !== join(root, mutation.file)) return undefined;
          const text = readFileSync(path, 'utf8');
          if (text.split(mutation.find).length !== 2)
            throw new Error(`${mutation.file} does not hold once: ${mutation.find}`);
          return { contents: text.replace(mutation.find, () => mutation.replace), loader: 'ts' };
        });
      },
    },
  ];
  await build({
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'silent',
    define: { __dirname: JSON.stringify(join(root, 'test/golden')) },
    plugins: mutation ? plugins : [],
  });
}

/** The judge, loaded. */
export async function judge(outfile, mutation) {
  await writeJudge(outfile, mutation);
  return createRequire(import.meta.url)(outfile);
}
