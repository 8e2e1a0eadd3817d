// One self-contained file for the command, and the licences of what it contains.
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

/**
 * Of the Kubernetes client only the reading of kubeconfigs is used. It stands in one file, whose only way to the classes of
 * every API, 3 MB of them, is one import of two names from their index.
 */
const kubeconfigAlone = {
  name: 'kubeconfig-alone',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/gen\/index\.js$/ }, ({ importer, resolveDir }) =>
      importer.endsWith('client-node/dist/config.js')
        ? { path: join(resolveDir, 'gen/two-names.js'), namespace: 'kubeconfig-alone' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'kubeconfig-alone' }, ({ path }) => ({
      contents:
        "export { createConfiguration } from './configuration.js'; export { ServerConfiguration } from './servers.js';",
      resolveDir: dirname(path),
    }));
  },
};

const { metafile } = await build({
  entryPoints: ['cli/main.ts'],
  outfile: 'bin/cdk8s-karmada',
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
  plugins: [kubeconfigAlone],
});
chmodSync('bin/cdk8s-karmada', 0o755);

const contained = Object.entries(Object.values(metafile.outputs)[0].inputs).filter(
  ([, { bytesInOutput }]) => bytesInOutput,
);
const packages = new Set(
  contained.flatMap(
    ([file]) => file.replace(/^kubeconfig-alone:/, '').match(/^(?:.*node_modules\/)(?:@[^/]+\/)?[^/]+/)?.[0] ?? [],
  ),
);
const notices = [...packages].sort().map((folder) => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return `## ${manifest.name} ${manifest.version} (${manifest.license})\n\n${texts.join('\n') || '(no licence file in the package)'}\n`;
});
writeFileSync('bin/THIRD-PARTY-NOTICES.md', notices.join('\n'));
console.log(`bundled ${packages.size} packages into bin/cdk8s-karmada`);
