// A page of HTML with its style and its script in it, as one text: what `import page from './page.html'` gives.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';

const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Bundles what the page names; its policy lets these two run, and nothing else. */
function bundled(file) {
  const options = { bundle: true, write: false, format: 'iife', platform: 'browser', target: 'es2022', minify: true };
  const { outputFiles } = buildSync({ ...options, entryPoints: [file], legalComments: 'none', logLevel: 'warning' });
  return outputFiles[0].text.replaceAll('</script', '<\\/script');
}

/** The page of an HTML file. */
export function pageOf(file) {
  let html = readFileSync(file, 'utf8');
  const tags = [
    [/<link rel="stylesheet" href="([^"]*)">/, (text) => `<style>${text}</style>`],
    [/<script src="([^"]*)"><\/script>/, (text) => `<script>${text}</script>`],
  ];
  for (const [tag, inline] of tags) {
    const [whole, source] = html.match(tag);
    const text = bundled(join(dirname(file), source));
    html = html.replace(whole, () => inline(text)).replace(`'${source}'`, `'${hash(text)}'`);
  }
  return html;
}

/** The packages that a page contains, as esbuild names their files. */
export function inputsOf(file) {
  const [, source] = readFileSync(file, 'utf8').match(/<script src="([^"]*)"><\/script>/);
  const options = { bundle: true, write: false, platform: 'browser', metafile: true, logLevel: 'silent' };
  return buildSync({ ...options, entryPoints: [join(dirname(file), source)] }).metafile;
}

/** For esbuild. */
export const pages = {
  name: 'pages',
  setup({ onLoad }) {
    onLoad({ filter: /\.html$/ }, ({ path }) => ({ contents: pageOf(path), loader: 'text' }));
  },
};

/** For jest. */
export default {
  process: (_, path) => ({ code: `exports.default = ${JSON.stringify(pageOf(path))}; exports.__esModule = true;` }),
  getCacheKey: (_, path) => createHash('sha256').update(pageOf(path)).digest('hex'),
};
