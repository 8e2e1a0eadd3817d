// `npm run demo`: the whole walk on example 01, with no cluster: code -> YAML -> where every replica goes -> what apply
// would do. `npm run demo -- --apply` does it, on two bare API servers that it starts and stops.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root, show } from './install.mjs';

const example = join(root, 'examples/01-two-clusters');
const command = join(root, 'bin/cdk8s-karmada');

function newest(folder) {
  return Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
  );
}

function ensureBuilt() {
  const built = [join(root, 'lib/index.js'), command];
  const sources = Math.max(newest(join(root, 'src')), newest(join(root, 'cli')));
  if (built.every((file) => existsSync(file) && statSync(file).mtimeMs > sources)) return;
  headline('building (npx projen compile), once');
  step(process.execPath, [join(root, 'node_modules/projen/bin/projen'), 'compile'], { cwd: root });
}

function headline(text) {
  console.log(`\n## ${text}\n`);
}

/** Runs a step of the demo; another exit code than those expected ends it. */
function step(executable, args, options = {}, expected = [0]) {
  const code = show(executable, args, { cwd: example, ...options });
  if (!expected.includes(code)) {
    console.error(`\nthe demo stopped: ${[executable, ...args].join(' ')} ended with ${code}`);
    process.exit(1);
  }
}

const karmada = (args, expected) => {
  console.log(`$ cdk8s-karmada ${args.join(' ')}\n`);
  step(process.execPath, [command, ...args], {}, expected);
};

ensureInstalled();
if (process.argv.includes('--apply')) {
  const { demonstrateApply } = await import('./demo-apply.mjs');
  ensureBuilt();
  synth();
  process.exitCode = await demonstrateApply({ example, command, headline });
} else {
  ensureBuilt();
  synth();
  headline('Where every replica goes (offline)');
  karmada(['preview', '-f', 'dist', '--fleet', 'fleet.yaml']);
  headline('What apply would do on empty servers');
  karmada(['plan', '-f', 'dist', '--empty'], [0, 2]);
  console.log('\nNext: npm run demo -- --apply   (two bare API servers; needs Go or KUBEBUILDER_ASSETS)');
}

function synth() {
  headline('Synthesizing examples/01-two-clusters (npx cdk8s synth)');
  step(process.execPath, [join(root, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--check-upgrade=false']);
  for (const file of readdirSync(join(example, 'dist')).sort()) {
    console.log(`  examples/01-two-clusters/dist/${file}  ${statSync(join(example, 'dist', file)).size} bytes`);
  }
}
