// Where the testbed's binaries are, and how they come to be there: built once from the pinned Go modules beside this
// file into the user's cache, keyed by version; or taken from KUBEBUILDER_ASSETS, never written there.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Every binary: the module folder that pins it, its Go package, and whether KUBEBUILDER_ASSETS has to hold it. */
const BINARIES = {
  etcd: { module: 'etcd', pkg: 'go.etcd.io/etcd/server/v3', required: true },
  etcdctl: { module: 'etcd', pkg: 'go.etcd.io/etcd/etcdctl/v3', required: false },
  etcdutl: { module: 'etcd', pkg: 'go.etcd.io/etcd/etcdutl/v3', required: false },
  'kube-apiserver': { module: 'kubernetes', pkg: 'k8s.io/kubernetes/cmd/kube-apiserver', required: true },
  'kube-controller-manager': {
    module: 'kubernetes',
    pkg: 'k8s.io/kubernetes/cmd/kube-controller-manager',
    required: false,
  },
  kubectl: { module: 'kubernetes', pkg: 'k8s.io/kubernetes/cmd/kubectl', required: true },
};

/** The version that a module's go.mod pins, such as `v1.35.4`. */
export function pinned(module, path) {
  const text = readFileSync(join(here, module, 'go.mod'), 'utf8');
  const found = new RegExp(`\\s${path.replaceAll('.', '\\.')} (v\\S+)`).exec(text);
  if (!found) throw new Error(`tools/testbed/${module}/go.mod pins no ${path}`);
  return found[1];
}

export const versions = {
  kubernetes: pinned('kubernetes', 'k8s.io/kubernetes'),
  etcd: pinned('etcd', 'go.etcd.io/etcd/server/v3'),
};

/** A binary in a folder. */
export const executable = (folder, name) => join(folder, process.platform === 'win32' ? `${name}.exe` : name);

/** The user's cache folder for exactly these versions on exactly this platform. */
export function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const key = `kubernetes-${versions.kubernetes}-etcd-${versions.etcd}-${process.platform}-${process.arch}`;
  return join(base, 'cdk8s-karmada', 'testbed', key);
}

/** Whether `go` can be started at all. */
export function hasGo() {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * How the binaries would be had here: `assets` (KUBEBUILDER_ASSETS), `cached`, `go` (a build is needed and possible) or
 * `none`, with a sentence that says what to do.
 */
export function availability() {
  const assets = process.env.KUBEBUILDER_ASSETS;
  if (assets) {
    const missing = Object.keys(BINARIES).filter(
      (name) => BINARIES[name].required && !existsSync(executable(assets, name)),
    );
    if (missing.length === 0) return { how: 'assets', folder: assets };
    return { how: 'none', why: `KUBEBUILDER_ASSETS=${assets} holds no ${missing.join(', no ')}` };
  }
  const folder = cacheFolder();
  if (Object.keys(BINARIES).every((name) => existsSync(executable(folder, name)))) return { how: 'cached', folder };
  if (hasGo()) return { how: 'go', folder };
  return {
    how: 'none',
    why: 'neither Go nor KUBEBUILDER_ASSETS is here: install Go 1.25 or newer, or point KUBEBUILDER_ASSETS at a folder with etcd, kube-apiserver and kubectl',
  };
}

function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}`)),
    );
  });
}

/** The folder with the binaries; builds what is missing and says so. Throws when there is no way. */
export async function ensureBinaries(say = (line) => console.error(line)) {
  const found = availability();
  if (found.how === 'none') throw new Error(found.why);
  if (found.how !== 'go') return found.folder;
  mkdirSync(found.folder, { recursive: true });
  const missing = Object.keys(BINARIES).filter((name) => !existsSync(executable(found.folder, name)));
  say(
    `testbed: building ${missing.join(', ')} (Kubernetes ${versions.kubernetes}, etcd ${versions.etcd}) into ${found.folder}; once, several minutes`,
  );
  const work = mkdtempSync(join(found.folder, '.building-'));
  try {
    for (const name of missing) {
      const started = Date.now();
      await build(name, executable(work, name));
      renameSync(executable(work, name), executable(found.folder, name)); // atomic: a half-built binary is never found
      say(`testbed: ${name} built in ${Math.round((Date.now() - started) / 1000)} s`);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return found.folder;
}

function build(name, out) {
  const { module, pkg } = BINARIES[name];
  const stamp = module === 'kubernetes' ? ` -X k8s.io/component-base/version.gitVersion=${versions.kubernetes}` : '';
  return goBuild(module, pkg, out, stamp);
}

/** Builds a package of a module folder, in the versions that it pins. */
export function goBuild(module, pkg, out, stamp = '') {
  const args = ['build', '-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags', `-s -w${stamp}`, '-o', out, pkg];
  return run('go', args, {
    cwd: join(here, module),
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureBinaries().then(
    (folder) => console.log(folder),
    (error) => {
      console.error(`testbed: ${error.message}`);
      process.exitCode = 1;
    },
  );
}
