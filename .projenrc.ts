import { cdk8s, javascript } from 'projen';
import { boundaries } from './projenrc/boundaries';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-karmada',
  description:
    'Fleets of Kubernetes clusters as code: cdk8s constructs for Karmada, with an offline preview and an applier',
  keywords: ['cdk8s', 'kubernetes', 'karmada', 'multi-cluster', 'multicloud'],
  author: 'The cdk8s-karmada authors',
  authorAddress: 'maintainers@example.invalid',
  authorOrganization: true,
  repositoryUrl: 'https://example.invalid/cdk8s-karmada/cdk8s-karmada.git',
  license: 'Apache-2.0',
  defaultReleaseBranch: 'main',

  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.18.1',
  cdk8sVersion: '2.70.0', // compiled and tested against this floor; the peer is ^2.70.0
  constructsVersion: '10.3.0',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3', // the compiler line that jsii 6.0 embeds
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  devDeps: [
    '@types/node@^20', // always explicit: projen derives a wrong tag from typescriptVersion
    'typescript7@npm:typescript@~7.0.2', // the native compiler, for type checks only
    'cdk8s-cli', // examples are synthesized as users do it
    'cdk8s-plus-28@2.5.6',
    'cdk8s-plus-34', // tests only: any cdk8s-plus is welcome whole
    // bundled into bin/cdk8s-karmada, never in `dependencies`; each has its reason in ARCHITECTURE.md
    '@kubernetes/client-node@~2.0.1',
    '@peculiar/x509',
    'cli-table3',
    'commander',
    'diff', // in the page of `preview -o html`
    'cronstrue', // bundled into lib: schedules in words
    'js-yaml@^4',
    '@types/js-yaml@^4',
    'luaparse',
    '@types/luaparse',
    'picocolors',
    'reflect-metadata', // what @peculiar/x509 expects to be there
    'string-width@^4', // as cli-table3 has it; version 5 and newer are ES modules, which jest cannot load
    'tar-stream', // the CRDs of a release
    'undici@^7.30.2',
    'esbuild',
    'playwright-core', // tests in a browser that is installed already
    'axe-core', // tests only: can everybody use the page?
    'marked', // tests only: is the Markdown what its readers see?
  ],
  bin: { 'cdk8s-karmada': 'bin/cdk8s-karmada' },
  autoDetectBin: false,

  // nothing here needs a code host
  github: false,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,
  sampleCode: false,

  eslint: false,
  biome: true,
  biomeOptions: {
    version: '2.5.15', // the newest whose platform packages are all published, else `npm ci` fails
    biomeConfig: {
      files: {
        includes: [
          'src/**',
          'cli/**',
          'test/**',
          'examples/**',
          'bench/**',
          'tools/**',
          'projenrc/**',
          '!src/api/*.ts',
          '!src/schema/data',
          '!**/dist',
          '!**/expected',
        ],
      },
      formatter: { indentStyle: javascript.biome_config.IndentStyle.SPACE, lineWidth: 120 },
      linter: { rules: { suspicious: { noExplicitAny: 'off' } } }, // manifests are `any`: jsii has no generics
      javascript: { formatter: { quoteStyle: javascript.biome_config.QuoteStyle.SINGLE } },
      overrides: [
        ...boundaries(),
        // the rule takes selectors apart by their last word, and sees the same element where there are two
        {
          includes: ['cli/render/preview-html/page/*.css'],
          linter: { rules: { style: { noDescendingSpecificity: 'off' } } },
        },
      ],
    },
  },
  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      roots: ['<rootDir>/test'],
      testTimeout: 30_000, // certificates take their time on a busy machine
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/integration/', '<rootDir>/test/browser/'],
      transform: { '^.+\\.html$': new javascript.Transform('<rootDir>/tools/page.mjs') },
      coveragePathIgnorePatterns: ['/node_modules/', '<rootDir>/src/api/', '<rootDir>/src/schema/', '<rootDir>/test/'],
    },
  },

  docgen: true,
  publishToPypi: { distName: 'cdk8s-karmada', module: 'cdk8s_karmada' },
  publishToMaven: {
    javaPackage: 'io.github.cdk8skarmada',
    mavenGroupId: 'io.github.cdk8skarmada',
    mavenArtifactId: 'cdk8s-karmada',
  },
  publishToGo: { moduleName: 'example.invalid/cdk8s-karmada-go', packageName: 'cdk8skarmada' },
});

project.package.addField('overrides', {
  // client-node 2 asks for undici 8, which does not load on Node 20; undici 7 serves it, and the bundle carries it to users
  '@kubernetes/client-node': { undici: '^7.30.2' },
  'unrs-resolver': '1.12.2', // the newest whose platform packages are all published, else `npm ci` fails
});

// examples import the library by its name, as users do: a package may import itself through its exports
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
});

// a per-file coverage table only when asked for
project.tryFindObjectFile('package.json')?.addOverride('jest.coverageReporters', ['text-summary', 'lcov']);
project.tryFindObjectFile('package.json')?.addOverride('jest.collectCoverage', false);

// the command lives outside src/, so jsii neither compiles nor exports it
new javascript.TypescriptConfig(project, {
  fileName: 'cli/tsconfig.json',
  include: ['**/*.ts', '../src/**/*.ts'],
  exclude: ['node_modules', 'render/preview-html/page'],
  compilerOptions: {
    noEmit: true,
    rootDir: '..',
    strict: true,
    skipLibCheck: true,
    esModuleInterop: true,
    target: 'es2022',
    lib: ['es2022'],
    types: ['node'],
    module: 'esnext',
    moduleResolution: javascript.TypeScriptModuleResolution.BUNDLER,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: true,
  },
});

// the script of a page runs in a browser
new javascript.TypescriptConfig(project, {
  fileName: 'cli/render/preview-html/page/tsconfig.json',
  include: ['*.ts'],
  compilerOptions: {
    noEmit: true,
    rootDir: '../../../..',
    strict: true,
    skipLibCheck: true,
    esModuleInterop: true,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
    module: 'esnext',
    moduleResolution: javascript.TypeScriptModuleResolution.BUNDLER,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: true,
  },
});

const bundle = project.addTask('bundle', {
  description: 'Bundle the command with its dependencies into bin/cdk8s-karmada',
  exec: 'node tools/bundle.mjs',
});
project.compileTask.spawn(bundle);

// jsii leaves what was compiled from files that are gone
project.preCompileTask.exec('node -e "fs.rmSync(\'lib\', { recursive: true, force: true })"');

// the examples, as a user's own project would be set up; run by ts-node without a type check, checked by `typecheck`
new javascript.TypescriptConfig(project, {
  fileName: 'examples/tsconfig.json',
  include: ['**/*.ts'],
  compilerOptions: {
    noEmit: true,
    rootDir: '.',
    strict: true,
    skipLibCheck: true,
    esModuleInterop: true,
    target: 'es2022',
    lib: ['es2022'],
    types: ['node', 'jest'],
    module: 'node16',
    moduleResolution: javascript.TypeScriptModuleResolution.NODE16,
  },
});
project.tryFindObjectFile('examples/tsconfig.json')?.addOverride('ts-node', { transpileOnly: true });

const typecheck = project.addTask('typecheck', {
  description: 'Check the types of tests, examples and the command (jest only strips them)',
  steps: ['test', 'cli', 'cli/render/preview-html/page', 'examples'].map((folder) => ({
    exec: `node node_modules/typescript7/bin/tsc -p ${folder}/tsconfig.json`,
  })),
});
project.testTask.prependSpawn(typecheck);

project.addTask('generate', {
  description:
    'Generate src/api and src/schema from the CRDs of a Karmada release: npx projen generate <folder with the CRDs>',
  exec: 'node tools/generate/main.mjs',
  receiveArgs: true,
});

project.addTask('generate:releases', {
  description:
    'Generate the table of what each release brought: npx projen generate:releases v1.16=<folder> v1.17=<folder> …',
  exec: 'node tools/generate/releases.mjs',
  receiveArgs: true,
});

project.addTask('bench', {
  description: 'Print every figure that the documents quote',
  steps: [{ exec: 'node bench/bench.mjs' }, { exec: 'node bench/apply.mjs' }],
});

// every TypeScript snippet in README.md and in doc comments must compile
const snippets = project.addTask('check:snippets', {
  description: 'Compile the snippets of README.md and of doc comments',
  exec: 'jsii-rosetta extract --compile --fail',
});
project.postCompileTask.spawn(snippets);

// API.md is the L2; the L1 has a page of its own, docs/api.md
project.tasks.tryFind('docgen')?.reset('node tools/docs/generate.mjs');

// `build` needs Node and npm only; the other languages are packaged by `package-all`
project.packageTask.reset();
const packageJs = project.tasks.tryFind('package:js');
if (packageJs) project.packageTask.spawn(packageJs);

// Go: generating the code needs no registry; compiling it does, unless cdk8s is generated beside it
project.tasks.tryFind('package:go')?.reset('jsii-pacmak -v --target go --code-only');

// two doors for people who have just cloned: plain Node files that install what is missing
project.package.setScript('demo', 'node tools/demo.mjs');
project.package.setScript('test', 'node tools/test.mjs');
project.package.setScript('test:mutations', 'node tools/preview/mutate.mjs');
project.package.setScript('test:soak', 'node tools/soak.mjs');

project.gitignore.exclude('/bin/', '.jsii.tabl.json', '/examples/*/dist/', '/.cache/');
project.npmignore?.include('/bin/');
project.npmignore?.exclude(
  '/cli/',
  '/tools/',
  '/bench/',
  '/docs/',
  '/examples/',
  '/projenrc/',
  '/.projenrc.ts',
  '/tsconfig.json',
  '/biome.jsonc',
  '/.ci/',
  '/ARCHITECTURE.md',
  '/CONTRIBUTING.md',
);

project.synth();
