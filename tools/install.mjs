// For the doors that people use right after a clone: installs what package-lock.json names when it is not there, and says so.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a command in the project's folder with its output shown; the exit code is returned. */
export function show(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (error) throw error;
  return status ?? 1;
}

/** Installs the dependencies when `node_modules` is missing. */
export function ensureInstalled() {
  if (existsSync(`${root}/node_modules/.package-lock.json`)) return;
  console.log('node_modules is missing: installing what package-lock.json names (npm ci), once');
  if (show('npm', ['ci', '--no-fund', '--no-audit']) !== 0) {
    console.error('npm ci failed: see its output above');
    process.exit(1);
  }
}
