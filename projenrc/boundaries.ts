/**
 * Who may import whom, said once: the folders of the house and the doors between them. Lint enforces it, and
 * `test/boundaries.test.ts` plants violations to show that it does.
 */
const DOORS: { readonly [folder: string]: readonly string[] } = {
  'src/core': [],
  'src/api': ['core'],
  'src/schema': ['core'],
  'src/admission': ['core', 'schema'],
  'src/rules': ['core', 'schema', 'admission'],
  'src/policy': ['core', 'api', 'admission'],
  'src/workload': ['core', 'api', 'admission', 'policy'],
  'src/member': ['core', 'api', 'admission'],
  'src/instance': ['core', 'api', 'schema', 'admission', 'rules', 'member'],
  'src/preview': ['core', 'admission'],
  'cli/plan': ['core', 'schema', 'admission', 'rules', 'preview'],
  'cli/apply': ['core', 'schema', 'admission', 'rules', 'preview', 'plan'],
  'cli/render': ['core', 'schema', 'admission', 'rules', 'preview', 'plan'],
  'cli/commands': ['core', 'schema', 'admission', 'rules', 'preview', 'plan', 'apply', 'render'],
};

const FOLDERS = Object.keys(DOORS);

/** What a pure folder may not reach for: no I/O, no network, no processes. */
const IMPURE = [
  'fs',
  'fs/promises',
  'http',
  'https',
  'net',
  'tls',
  'dns',
  'child_process',
  'os',
  'process',
  'worker_threads',
];

interface ImportRule {
  readonly group: string[];
  readonly message: string;
}

function restrict(folder: string, patterns: ImportRule[], paths: { [name: string]: string }) {
  return {
    includes: [`${folder}/**`],
    linter: {
      rules: { style: { noRestrictedImports: { level: 'error', options: { paths, patterns } } } },
    },
  };
}

function rules(folder: string) {
  const own = folder.split('/')[1];
  const doors = DOORS[folder];
  const inside = folder.startsWith('cli/') ? 'cli' : 'src';
  const seen = inside === 'src' ? FOLDERS.filter((other) => other.startsWith('src/')) : FOLDERS;
  const closed = seen
    .map((other) => other.split('/'))
    .filter(([, area]) => area !== own && !doors.includes(area))
    // from the other half its folders are reached through `src`: a folder of one's own may have the name of one of them
    .map(([half, area]) => (half === inside ? area : `${half}/${area}`));
  const patterns: ImportRule[] = [
    {
      group: closed.flatMap((area) => [`../${area}`, `../**/${area}`, `../${area}/**`, `../**/${area}/**`]),
      message: `${folder} may import ${doors.length ? doors.join(', ') : 'nothing of ours'}: see "Who may import whom" in ARCHITECTURE.md`,
    },
    {
      group: ['**/index', '../src', '../../src', '../../../src'],
      message: 'import the file itself, never an index: indexes are for users, and make cycles',
    },
  ];
  if (inside === 'src') {
    patterns.push({
      group: ['**/cli/**'],
      message: 'nothing imports cli: the library and the command meet in plain manifests',
    });
  }
  const pure = inside === 'src' || own === 'plan' || own === 'render';
  const paths: { [name: string]: string } = {};
  for (const name of pure ? IMPURE : []) {
    const message = `${folder} is pure (no I/O, no network, no processes): pass the data in`;
    paths[name] = message;
    paths[`node:${name}`] = message;
  }
  if (own !== 'apply') {
    paths['@kubernetes/client-node'] = 'only cli/apply talks to a cluster';
    paths.undici = 'only cli/apply talks to a cluster';
  }
  return restrict(folder, patterns, paths);
}

/** The rules as overrides of the linter's configuration. */
export function boundaries(): any[] {
  return FOLDERS.map(rules);
}
