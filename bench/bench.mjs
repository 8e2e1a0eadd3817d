// `npm run bench`: every figure that we quote, each as a ratio inside this one run and against its budget. Runs of what is
// compared alternate, so that a machine that is busy for a while slows down both. Ends with 1 when a budget is exceeded.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { loadAll } from 'js-yaml';
import { BARE_NODE_SECONDS, line, median, PEAK, peakOf } from './measure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'bin/cdk8s-karmada');
const synth = join(root, 'bench/synth.cjs');
const admit = join(root, 'bench/admission.cjs');
const decide = join(root, 'bench/preview.cjs');
const keys = join(root, 'bench/pki.cjs');
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-bench-'));

for (const built of [command, join(root, 'lib/index.js')]) {
  if (existsSync(built)) continue;
  console.error(`${built} is not there\n  fix: run \`npx projen compile\` first`);
  process.exit(1);
}

/** Runs each of these so many times, turn by turn, and gives the median of each. */
function alternate(times, runs) {
  const results = runs.map(() => []);
  for (let i = 0; i < times; i++) {
    for (const [which, run] of runs.entries()) results[which].push(run());
  }
  return results.map(median);
}

function node(...args) {
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stderr;
}

function seconds(...args) {
  const start = performance.now();
  node(...args);
  return (performance.now() - start) / 1000;
}

/** The most memory that the process had, in MB. */
function megabytes(...args) {
  return peakOf(node('--require', join(folder, 'peak.cjs'), ...args));
}

writeFileSync(join(folder, 'peak.cjs'), PEAK);

function help() {
  const bare = ['-e', '0'];
  const ours = [command, '--help'];
  const [bareSeconds, helpSeconds] = alternate(15, [() => seconds(...bare), () => seconds(...ours)]);
  const [bareMemory, helpMemory] = alternate(5, [() => megabytes(...bare), () => megabytes(...ours)]);
  return { bareSeconds, helpSeconds, bareMemory, helpMemory };
}

/** Seconds of one synth, from the empty app to the written file. */
function synthSeconds(kind, ...rest) {
  const out = execFileSync(process.execPath, [synth, kind, join(folder, kind), ...rest], {
    cwd: root,
    encoding: 'utf8',
  });
  return Number(out) / 1000;
}

function synthesis() {
  synthSeconds('ours', 1000);
  const files = readdirSync(join(folder, 'ours')).map((file) => join(folder, 'ours', file));
  const objects = files.flatMap((file) => loadAll(readFileSync(file, 'utf8')));
  writeFileSync(join(folder, 'objects.json'), JSON.stringify(objects));
  const plain = () => synthSeconds('plain', join(folder, 'objects.json'));
  const [oursSeconds, plainSeconds] = alternate(15, [() => synthSeconds('ours', 1000), plain]);
  const manySeconds = median([1, 2, 3].map(() => synthSeconds('ours', 10_000)));
  return { oursSeconds, plainSeconds, manySeconds, objects: objects.length };
}

/** Synths of a control plane beside bare node: the first in a process, which pays for the compiler, and the fifth. */
function instanceSynthesis() {
  const nth = (which) => () => synthSeconds('instance', String(which));
  const [bare, first, fifth] = alternate(15, [() => seconds('-e', '0'), nth(1), nth(5)]);
  return { first: first / bare, fifth: fifth / bare };
}

/**
 * The keys and certificates of a control plane beside bare node. Of the time nearly all goes into finding the primes of one
 * RSA key, which takes as long as chance will have it: the median of many.
 */
async function pki() {
  const bundle = join(folder, 'issue.cjs');
  const contents = "export * from './cli/apply/pki/issue'; export * from './cli/apply/pki/plan';";
  const stdin = { contents, resolveDir: root, loader: 'ts' };
  await build({ stdin, outfile: bundle, bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' });
  synthSeconds('instance', '1');
  const issued = () => {
    const args = [keys, bundle, join(folder, 'instance')];
    return Number(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })) / 1000;
  };
  const [bare, one] = alternate(15, [() => seconds('-e', '0'), issued]);
  return one / bare;
}

/** The command line of node that reviews 10,000 policies, and its figures beside those of bare node. */
function admission() {
  const ours = [admit, 'review', join(folder, 'policies.json')];
  node(admit, 'write', join(folder, 'policies.json'));
  const [bareSeconds, admissionSeconds] = alternate(5, [() => seconds('-e', '0'), () => seconds(...ours)]);
  return { ratio: admissionSeconds / bareSeconds, admissionMemory: median([1, 2, 3].map(() => megabytes(...ours))) };
}

/** Bindings that a real Karmada places in a second on 40 clusters, end to end. */
const REAL_PER_SECOND = 10;

/** Seconds of the decisions alone, for so many workloads on so many clusters. */
function previewSeconds(workloads, clusters) {
  const options = { cwd: root, encoding: 'utf8' };
  return Number(execFileSync(process.execPath, [decide, workloads, clusters].map(String), options)) / 1000;
}

/** Decisions beside bare node; the rate is of a preview that is long enough for the compiler to have warmed up. */
function previews() {
  const turns = [() => seconds('-e', '0'), () => previewSeconds(300, 40)];
  const [bareSeconds, fewSeconds] = alternate(9, turns);
  const sizes = [() => seconds('-e', '0'), () => previewSeconds(5000, 100), () => previewSeconds(10_000, 100)];
  const [bareThen, halfSeconds, manySeconds] = alternate(3, sizes);
  const rate = 10_000 / ((previewSeconds(10_000, 40) * BARE_NODE_SECONDS) / bareThen);
  return {
    few: fewSeconds / bareSeconds,
    many: manySeconds / bareThen,
    growth: manySeconds / halfSeconds,
    slowness: (1000 * REAL_PER_SECOND) / rate,
    rate,
    previewMemory: megabytes(decide, '10000', '100'),
  };
}

function tarball() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const packed = execFileSync(npm, ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(packed)[0].size / 1e6;
}

try {
  const { bareSeconds, helpSeconds, bareMemory, helpMemory } = help();
  const { oursSeconds, plainSeconds, manySeconds, objects } = synthesis();
  const { first, fifth } = instanceSynthesis();
  const issuing = await pki();
  const { ratio, admissionMemory } = admission();
  const { few, many, growth, slowness, rate, previewMemory } = previews();
  const over = [
    line('--help, time of bare node', helpSeconds / bareSeconds, 3, 'x'),
    line('--help, memory above bare node', helpMemory - bareMemory, 25, 'MB'),
    line(`synth of 1,000 deployments, time of ${objects} plain ApiObjects`, oursSeconds / plainSeconds, 1.15, 'x'),
    line('synth of 10,000 deployments, time of 1,000', manySeconds / oursSeconds, 12, 'x'),
    line('synth of an instance, the first, time of bare node', first, 0.05 / BARE_NODE_SECONDS, 'x'),
    line('synth of an instance, the fifth, time of bare node', fifth, 0.05 / BARE_NODE_SECONDS, 'x'),
    line('keys and certificates of an instance, time of bare node', issuing, 1 / BARE_NODE_SECONDS, 'x'),
    line('admission of 10,000 policies, time of bare node', ratio, 3 / BARE_NODE_SECONDS, 'x'),
    line('admission of 10,000 policies, memory', admissionMemory, 300, 'MB'),
    line('preview of 300 workloads on 40 clusters, time of bare node', few, 0.2 / BARE_NODE_SECONDS, 'x'),
    line('preview of 10,000 on 100, time of bare node', many, 10 / BARE_NODE_SECONDS, 'x'),
    line('preview of 10,000 on 100, time of 5,000', growth, 2.4, 'x'),
    line('preview of 10,000 on 100, memory', previewMemory, 1074, 'MB'),
    line('preview on 40 clusters, time of 10,000 decisions a second', slowness, 1, 'x'),
    line('published package', tarball(), 3, 'MB'),
  ];
  const scaled = (measured) => `${((measured * BARE_NODE_SECONDS) / bareSeconds).toFixed(2)} s`;
  console.log(`\nWhere bare node takes ${BARE_NODE_SECONDS} s (here ${bareSeconds.toFixed(2)} s):`);
  console.log(`  --help ${scaled(helpSeconds)}; synth of 1,000 deployments ${scaled(oursSeconds)}`);
  const inMilliseconds = (ratio) => (1000 * ratio * BARE_NODE_SECONDS).toFixed(0);
  console.log(`  synth of an instance ${inMilliseconds(first)} ms; the fifth in a process ${inMilliseconds(fifth)} ms`);
  console.log(`  keys and certificates of an instance ${(issuing * BARE_NODE_SECONDS).toFixed(2)} s`);
  console.log(`  admission of 10,000 policies ${(ratio * BARE_NODE_SECONDS).toFixed(2)} s`);
  console.log(
    `  preview of 300 on 40 ${(few * BARE_NODE_SECONDS).toFixed(2)} s; of 10,000 on 100 ${(many * BARE_NODE_SECONDS).toFixed(1)} s; on 40 clusters ${Math.round(rate)} decisions a second, of a real Karmada ${REAL_PER_SECOND}`,
  );
  console.log(`  node ${process.version}, ${process.platform} ${process.arch}`);
  if (over.some(Boolean)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
