// Rewrites examples/*/expected from what the code says now. For a change that is meant: look at the diff before you commit.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../install.mjs';

function run(cwd, executable, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, executable), ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (status !== 0 && status !== 2)
    throw new Error(`${executable} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

for (const name of readdirSync(join(root, 'examples'))) {
  const folder = join(root, 'examples', name);
  if (!existsSync(join(folder, 'cdk8s.yaml'))) continue;
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  run(folder, 'node_modules/cdk8s-cli/bin/cdk8s', ['synth', '--check-upgrade=false']);
  const expected = join(folder, 'expected');
  rmSync(expected, { recursive: true, force: true });
  mkdirSync(expected);
  cpSync(join(folder, 'dist'), join(expected, 'manifests'), { recursive: true });
  writeFileSync(
    join(expected, 'preview.txt'),
    run(folder, 'bin/cdk8s-karmada', ['preview', '-f', 'dist', '--fleet', 'fleet.yaml']),
  );
  writeFileSync(join(expected, 'plan.txt'), run(folder, 'bin/cdk8s-karmada', ['plan', '-f', 'dist', '--empty']));
  console.log(`${name}: expected/ written`);
}

// README.md quotes some of these files: the block after `<!-- path -->` is the file
const readme = join(root, 'README.md');
const quoted = readFileSync(readme, 'utf8').replace(
  /<!-- (examples\/\S+) -->\n```(\w+)\n[\s\S]*?```/g,
  (_, path, language) => `<!-- ${path} -->\n\`\`\`${language}\n${readFileSync(join(root, path), 'utf8')}\`\`\``,
);
writeFileSync(readme, quoted);
console.log('README.md: quotes written');
