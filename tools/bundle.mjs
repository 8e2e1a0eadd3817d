// One self-contained file for the command, the library's parsers, and the licences of what they contain.
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { inputsOf, pages } from './page.mjs';

/**
 * Of the Kubernetes client only the reading of kubeconfigs is used. It stands in one file, whose only way to the classes of
 * every API, 3 MB of them, is one import of two names from their index. It never sees a proxy, which is our transport's work:
 * what it would go through one with takes as long to load as the rest of it.
 */
const kubeconfigAlone = {
  name: 'kubeconfig-alone',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/gen\/index\.js$/ }, ({ importer, resolveDir }) =>
      importer.endsWith('client-node/dist/config.js')
        ? { path: join(resolveDir, 'gen/two-names.js'), namespace: 'kubeconfig-alone' }
        : undefined,
    );
    onResolve({ filter: /^(socks|socks-proxy-agent|hpagent)$/ }, ({ importer, path }) =>
      importer.endsWith('client-node/dist/config.js') ? { path, namespace: 'no-proxy' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'no-proxy' }, () => ({ contents: 'module.exports = {}' }));
    onLoad({ filter: /.*/, namespace: 'kubeconfig-alone' }, ({ path }) => ({
      contents:
        "export { createConfiguration } from './configuration.js'; export { ServerConfiguration } from './servers.js';",
      resolveDir: dirname(path),
    }));
  },
};

/**
 * The door to undici loads all of it at once: fetch, cookies, caches, mocks. Here it has what the command uses, as undici's own
 * door has it, and the part for web sockets when one is opened.
 */
const undiciAlone = {
  name: 'undici-alone',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/undici\/index\.js$/ }, () => ({
      contents: `
        const Dispatcher = require('./lib/dispatcher/dispatcher');
        Object.assign(Dispatcher.prototype, require('./lib/api'));
        module.exports = {
          Dispatcher,
          Agent: require('./lib/dispatcher/agent'),
          ProxyAgent: require('./lib/dispatcher/proxy-agent'),
          EnvHttpProxyAgent: require('./lib/dispatcher/env-http-proxy-agent'),
          get WebSocket() {
            return require('./lib/web/websocket/websocket').WebSocket;
          },
        };`,
    }));
  },
};

/** The folders of the packages that a bundle contains. */
function packagesIn(metafile) {
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput)
      .flatMap(
        ([file]) => file.replace(/^kubeconfig-alone:/, '').match(/^(?:.*node_modules\/)(?:@[^/]+\/)?[^/]+/)?.[0] ?? [],
      ),
  );
}

const settings = {
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
};

const { metafile } = await build({
  ...settings,
  entryPoints: ['cli/main.ts'],
  outfile: 'bin/cdk8s-karmada',
  banner: { js: '#!/usr/bin/env node' },
  plugins: [kubeconfigAlone, undiciAlone, pages],
});
chmodSync('bin/cdk8s-karmada', 0o755);

// the library has no dependencies of its own: each file through which it uses a parser gets that parser into it
const parsers = [
  'lib/core/private/kubernetes-yaml.js',
  'lib/admission/lua.js',
  'lib/workload/private/cron-words.js',
].filter(existsSync);
const library = await build({ ...settings, entryPoints: parsers, outdir: 'lib', outbase: 'lib', allowOverwrite: true });

const inPages = Object.keys(metafile.inputs).filter((file) => file.endsWith('.html'));
const packages = new Set([metafile, library.metafile, ...inPages.map(inputsOf)].flatMap(packagesIn));
const notices = [...packages].sort().map((folder) => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return `## ${manifest.name} ${manifest.version} (${manifest.license})\n\n${texts.join('\n') || '(no licence file in the package)'}\n`;
});
writeFileSync('bin/THIRD-PARTY-NOTICES.md', notices.join('\n'));
console.log(`bundled ${packages.size} packages into bin/cdk8s-karmada`);
