import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { Trouble } from '../../src/core/private/trouble';
import { CommandError, ExitCode } from '../plan/command-error';
import { holdsOnly, type KubeconfigEntry, kubeconfigOf, withEntry } from '../plan/instance/kubeconfig-entry';
import type { Context } from './context';
import { writeFiles } from './output-file';

/** Keys are for the one who asked. */
const OWNER_ONLY = 0o600;

/** Where a kubeconfig is merged into when no file is named: where kubectl writes, too. */
export function defaultKubeconfig({ env }: Context): string {
  const [first] = (env.KUBECONFIG ?? '').split(delimiter).filter(Boolean);
  return first ?? join(env.HOME || homedir(), '.kube', 'config');
}

/** Writes a file with the one context, and nothing over what is more than that. */
export function writeKubeconfig(file: string, entry: KubeconfigEntry, context: Context): void {
  const or = `, or put the context into this one with --merge ${file}`;
  const found = fileTroubles(file, entry.name, context).map((each) => ({ ...each, fix: `${each.fix}${or}` }));
  if (found.length) throw new CommandError(ExitCode.USAGE, found);
  writeFiles([{ file, option: '-o', text: kubeconfigOf(entry), mode: OWNER_ONLY }], context);
}

/** Why a file cannot be written with that one context. */
export function fileTroubles(file: string, name: string, context: Context): Trouble[] {
  const before = read(file, '-o', context);
  if (before === undefined || before.trim() === '' || holdsOnly(before, name)) return [];
  return [{ what: `"${file}" holds something else; nothing was written`, at: `-o ${file}`, fix: 'name another file' }];
}

/** Puts the context into a kubeconfig that may be there, under the lock that kubectl takes. */
export function mergeKubeconfig(file: string, entry: KubeconfigEntry, context: Context): void {
  const lock = `${resolve(context.cwd, file)}.lock`;
  take(lock, file);
  try {
    const before = read(file, '--merge', context);
    const text = before === undefined ? kubeconfigOf(entry) : withEntry(before, entry, file);
    writeFiles([{ file, option: '--merge', text, mode: OWNER_ONLY }], context);
  } finally {
    rmSync(lock, { force: true });
  }
}

function read(file: string, option: string, context: Context): string | undefined {
  try {
    return readFileSync(resolve(context.cwd, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new CommandError(ExitCode.USAGE, [
      {
        what: `"${file}" cannot be read: ${code === 'EISDIR' ? 'it is a folder' : code}`,
        at: `${option} ${file}`,
        fix: 'name a file that you may read and write',
      },
    ]);
  }
}

function take(lock: string, file: string): void {
  try {
    closeSync(openSync(lock, 'wx', OWNER_ONLY));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isHeld = code === 'EEXIST';
    throw new CommandError(isHeld ? ExitCode.LOCKED : ExitCode.USAGE, [
      {
        what: isHeld
          ? `another program is writing "${file}"; nothing was written`
          : `"${file}" cannot be written: ${code === 'ENOENT' ? 'its folder does not exist' : code}`,
        at: `--merge ${file}`,
        fix: isHeld
          ? `wait until it is done; if there is none, remove ${file}.lock`
          : 'name a file in a folder that you may write to',
      },
    ]);
  }
}
