import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The fenced block after `<!-- name -->`. */
function quoted(name: string): string {
  const block = new RegExp(`<!-- ${name.replaceAll('.', '\\.')} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(readme);
  if (!block) throw new Error(`README.md quotes no ${name}`);
  return block[1];
}

test.each(['examples/01-two-clusters/main.ts', 'examples/01-two-clusters/expected/preview.txt'])(
  'README quotes %s as it is',
  (file) => {
    expect(quoted(file)).toBe(readFileSync(join(root, file), 'utf8'));
  },
);

test('a misspelt cluster fails synth with the error that README shows', () => {
  const copy = mkdtempSync(join(root, 'examples', '.misspelt-'));
  try {
    cpSync(join(root, 'examples/01-two-clusters'), copy, { recursive: true });
    const main = join(copy, 'main.ts');
    const code = readFileSync(main, 'utf8');
    const misspelt = code.replace(
      'clusters: ClusterSelector.members(berlin)',
      "clusters: ClusterSelector.names('berln')",
    );
    expect(misspelt).not.toBe(code);
    writeFileSync(main, misspelt);
    const cdk8s = join(root, 'node_modules/cdk8s-cli/bin/cdk8s');
    const { status, stdout, stderr } = spawnSync(process.execPath, [cdk8s, 'synth', '--check-upgrade=false'], {
      cwd: copy,
      encoding: 'utf8',
    });
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain(quoted('error: examples/01-two-clusters with berln').trimEnd());
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}, 60_000);

test.each(
  [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target).filter((target) => !target.startsWith('http')),
)('README links to %s, which is there', (target) => {
  expect(() => readFileSync(join(root, target))).not.toThrow(/ENOENT/);
});
