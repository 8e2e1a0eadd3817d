// One self-contained file for the command, and the licences of what it contains.
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const { metafile } = await build({
  entryPoints: ['cli/main.ts'],
  outfile: 'bin/cdk8s-karmada',
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
chmodSync('bin/cdk8s-karmada', 0o755);

const packages = new Set(
  Object.keys(metafile.inputs).flatMap((file) => file.match(/^(?:.*node_modules\/)(?:@[^/]+\/)?[^/]+/)?.[0] ?? []),
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
