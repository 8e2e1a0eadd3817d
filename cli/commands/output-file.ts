import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Trouble } from '../../src/core/private/trouble';
import { CommandError, ExitCode } from '../plan/command-error';
import type { Context } from './context';

/** A file to write. */
export interface OutputFile {
  /** As the user named it. */
  readonly file: string;
  /** The option that named it. */
  readonly option: string;
  readonly text: string;
  /** Who may read it, such as `0o600`. @default - as new files are */
  readonly mode?: number;
}

/** Elsewhere `-o` chooses a format: here one would become the name of a file. */
export function formatTroubles(output: string | undefined, verb: string, fix: string): Trouble[] {
  if (output === undefined || !['text', 'json', 'yaml'].includes(output)) return [];
  return [{ what: `"${output}" is no file: -o of \`${verb}\` names the file that it writes`, at: '-o', fix }];
}

/** @throws when `-o` names a format where it has to name a file */
export function refuseFormat(output: string | undefined, verb: string, fix: string): void {
  const found = formatTroubles(output, verb, fix);
  if (found.length) throw new CommandError(ExitCode.USAGE, found);
}

/** Writes all of the files, each whole or not at all: who reads one while it is replaced gets the old one. */
export function writeFiles(files: readonly OutputFile[], context: Context): void {
  const written: { readonly draft: string; readonly target: string }[] = [];
  try {
    for (const output of files) {
      const target = realPath(resolve(context.cwd, output.file));
      // in the same folder, since a file cannot be moved in one step to another disk
      const draft = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
      written.push({ draft, target });
      describing(output, () => {
        // what can be known to fail fails before the first file is replaced
        if (statSync(target, { throwIfNoEntry: false })?.isDirectory())
          throw Object.assign(new Error(), { code: 'EISDIR' });
        write(draft, output);
      });
    }
    for (const [index, { draft, target }] of written.entries())
      describing(files[index], () => renameSync(draft, target));
  } finally {
    for (const { draft } of written) rmSync(draft, { force: true });
  }
}

/** What a link leads to is written, and the link stays. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function write(path: string, { text, mode }: OutputFile): void {
  const file = openSync(path, 'w', mode);
  try {
    // before there is anything to read in it, also where an earlier draft was left
    if (mode !== undefined) fchmodSync(file, mode);
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const WHY: { readonly [code: string]: string } = {
  ENOENT: 'its folder does not exist',
  EACCES: 'this user may not write there',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
};

function describing({ file, option }: OutputFile, work: () => void): void {
  try {
    work();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new CommandError(ExitCode.USAGE, [
      {
        what: `"${file}" cannot be written: ${WHY[code] ?? (code || message)}`,
        at: `${option} ${file}`,
        fix: 'name a file in a folder that you may write to',
      },
    ]);
  }
}
