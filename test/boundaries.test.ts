import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

interface Report {
  readonly diagnostics: { category: string; message: string; location: { path: string } }[];
}

const root = join(__dirname, '..');

/** Lints files of this content in a folder of their own under the project's configuration: what lint says of each. */
function lint(files: readonly string[][]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-boundaries-'));
  try {
    for (const name of ['biome.jsonc', '.gitignore']) copyFileSync(join(root, name), join(folder, name));
    const planted = files.map(([path, line], index) => {
      const file = join(folder, path.replace('planted', `planted-${index}`));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${line}\n`);
      return file;
    });
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const report: Report = JSON.parse(stdout);
    return planted.map((file) =>
      report.diagnostics
        .filter((found) => file.endsWith(found.location.path) && found.category === 'lint/style/noRestrictedImports')
        .map((found) => found.message)
        .join('\n'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const closed: [path: string, line: string, message: string][] = [
  [
    'src/core/planted.ts',
    "export * from '../policy/placement';",
    'src/core may import nothing of ours: see "Who may import whom" in ARCHITECTURE.md',
  ],
  [
    'src/policy/planted.ts',
    "export * from '../workload/multicloud-deployment';",
    'src/policy may import core, api, admission',
  ],
  [
    'src/workload/planted.ts',
    "export * from '../instance/etcd-storage';",
    'src/workload may import core, api, admission, policy',
  ],
  [
    'src/instance/components/planted.ts',
    "export * from '../../policy/placement';",
    'src/instance may import core, api, schema, admission, rules, member',
  ],
  [
    'src/preview/filter/planted.ts',
    "export * from '../../policy/placement';",
    'src/preview may import core, admission',
  ],
  [
    'src/preview/planted.ts',
    "export * from '../../cli/plan/plan';",
    'nothing imports cli: the library and the command meet in plain manifests',
  ],
  ['src/preview/planted.ts', "export * from '../index';", 'import the file itself, never an index'],
  [
    'src/preview/planted.ts',
    "export { readFileSync } from 'node:fs';",
    'src/preview is pure (no I/O, no network, no processes): pass the data in',
  ],
  [
    'cli/plan/planted.ts',
    "export * from '../apply/api-server';",
    'cli/plan may import core, schema, admission, rules, preview',
  ],
  [
    'cli/plan/planted.ts',
    "export { request } from 'node:https';",
    'cli/plan is pure (no I/O, no network, no processes): pass the data in',
  ],
  [
    'cli/render/planted.ts',
    "export * from '../commands/apply';",
    'cli/render may import core, schema, admission, rules, preview, plan',
  ],
  [
    'cli/commands/planted.ts',
    "export * from '../../src/policy/placement';",
    'cli/commands may import core, schema, admission, rules, preview, plan, apply, render',
  ],
  [
    'cli/plan/instance/planted.ts',
    "export * from '../../../src/instance/part';",
    'cli/plan may import core, schema, admission, rules, preview',
  ],
  ['cli/commands/planted.ts', "export { fetch } from 'undici';", 'only cli/apply talks to a cluster'],
];

const open: [path: string, line: string][] = [
  ['src/workload/planted.ts', "export * from '../policy/placement';"],
  ['src/instance/components/planted.ts', "export * from '../../core/finding';"],
  ['src/preview/planted.ts', "export { createHash } from 'node:crypto';"],
  ['cli/apply/planted.ts', "export { fetch } from 'undici';"],
  ['cli/commands/planted.ts', "export * from '../apply/api-server';"],
  ['cli/commands/instance/planted.ts', "export * from '../../plan/instance/hosted-instance';"],
];

const found = lint([...closed, ...open]);

test.each(closed.map((plant, index) => [...plant, index] as const))(
  'in %s, %s is refused',
  (_path, _line, message, index) => {
    expect(found[index]).toContain(message);
  },
);

test.each(open.map((plant, index) => [...plant, index] as const))('in %s, %s is let through', (_path, _line, index) => {
  expect(found[closed.length + index]).toBe('');
});
