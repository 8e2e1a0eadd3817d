// What judges manifests: kubeconform and kube-score, built once from the pinned Go modules beside this file into the user's
// cache. They are for one test, so the testbed does not wait for them.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { executable, goBuild, hasGo, pinned } from './binaries.mjs';

const MODULES = { kubeconform: 'github.com/yannh/kubeconform', 'kube-score': 'github.com/zegl/kube-score' };
const NAMES = Object.keys(MODULES);

function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const versions = NAMES.map((name) => `${name}-${pinned('manifests', MODULES[name])}`).join('-');
  return join(base, 'cdk8s-karmada', 'testbed', `${versions}-${process.platform}-${process.arch}`);
}

/** The folder with both, built when they are missing; undefined where there is no way. */
export async function ensureLinters(say = (line) => console.error(line)) {
  const folder = cacheFolder();
  const missing = NAMES.filter((name) => !existsSync(executable(folder, name)));
  if (missing.length === 0) return folder;
  if (!hasGo()) return undefined;
  mkdirSync(folder, { recursive: true });
  say(`testbed: building ${missing.join(', ')} into ${folder}; once`);
  const work = mkdtempSync(join(folder, '.building-'));
  try {
    for (const name of missing) {
      await goBuild('manifests', `${MODULES[name]}/cmd/${name}`, executable(work, name));
      renameSync(executable(work, name), executable(folder, name));
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureLinters().then(
    (folder) => console.log(folder ?? ''),
    (error) => {
      console.error(`testbed: ${error.message}`);
      process.exitCode = 1;
    },
  );
}
