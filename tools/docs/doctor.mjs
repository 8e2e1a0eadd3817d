// docs/doctor.md: everything that `instance doctor` looks at, from the tables of its checks.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { root } from '../install.mjs';

const INTRODUCTION = `# What the doctor looks at

\`cdk8s-karmada instance doctor --host\` looks at a host before an installation: for the instance in the input, or for itself. \`cdk8s-karmada instance doctor <name>\` looks at an instance that is installed.
Both read only, tell everything at once, and say of each thing that is not well the cause, a fix and where to read about it. \`fails\` gives the exit code 4; \`warning\` works for now; \`unknown\` is what
servers do not tell, or do not let these credentials ask. No value of a Secret is ever shown.
`;

/** The checks of a file of tables. */
function checksIn(file, name) {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, file)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0].text)(
    module,
    module.exports,
    createRequire(import.meta.url),
  );
  return module.exports[name];
}

function section(title, checks) {
  const entries = checks.map(({ id, title: well, why, fix, see }) =>
    [`### ${id}`, '', `Well when ${well}.`, '', why, '', `- fix: ${fix}`, `- see: ${see}`, ''].join('\n'),
  );
  return [`## ${title}`, '', ...entries].join('\n');
}

/** The text of the page. */
export function doctorPage() {
  const folder = 'cli/plan/instance/doctor';
  return [INTRODUCTION, section('Before an installation', checksIn(`${folder}/host-checks.ts`, 'HOST_CHECKS'))].join(
    '\n',
  );
}
