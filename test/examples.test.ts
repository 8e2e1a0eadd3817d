import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..');
const examples = join(root, 'examples');
const names = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
  .map((entry) => entry.name);

const files = (folder: string) => readdirSync(folder).sort();
const text = (...path: string[]) => readFileSync(join(...path), 'utf8');

function run(executable: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, executable), ...args], {
    cwd,
    encoding: 'utf8',
    env: {
      ...process.env,
      NO_COLOR: '1',
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
    },
  });
  if (status !== 0 && status !== 2)
    throw new Error(`${executable} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

test('the staircase has its first steps', () => {
  expect(names).toEqual(expect.arrayContaining(['01-two-clusters', '02-existing-karmada']));
});

describe.each(names)('example %s', (name) => {
  const folder = join(examples, name);
  const out = mkdtempSync(join(tmpdir(), `cdk8s-karmada-example-${name}-`));

  beforeAll(() => {
    run('node_modules/cdk8s-cli/bin/cdk8s', ['synth', '--check-upgrade=false', '--output', out], folder);
  }, 60_000);
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  test('synthesizes what is expected', () => {
    const expected = join(folder, 'expected', 'manifests');
    expect(files(out)).toEqual(files(expected));
    for (const file of files(out)) expect(text(out, file)).toBe(text(expected, file));
  });

  test('previews what is expected', () => {
    const preview = run('bin/cdk8s-karmada', ['preview', '-f', out, '--fleet', 'fleet.yaml'], folder);
    expect(preview).toBe(text(folder, 'expected', 'preview.txt'));
  });

  test('plans what is expected on empty servers', () => {
    const plan = run('bin/cdk8s-karmada', ['plan', '-f', out, '--empty'], folder);
    expect(plan.replaceAll(out, 'dist')).toBe(text(folder, 'expected', 'plan.txt'));
  });

  for (const file of files(folder).filter((each) => each.endsWith('.test.ts'))) {
    test(`has a test of its own that passes: ${file}`, () => {
      run('node_modules/jest/bin/jest.js', ['--rootDir', folder, '--ci', file], folder);
    }, 120_000);
  }

  test('is short, and says what it shows', () => {
    expect(text(folder, 'main.ts').trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    expect(text(folder, 'README.md')).toMatch(/^# /);
  });
});
