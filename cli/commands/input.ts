import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';
import type { Trouble } from '../../src/core/private/trouble';
import { CommandError, ExitCode } from '../plan/command-error';
import { type Document, type InputFile, readDocuments } from '../plan/document';
import type { Context } from './context';

/** The objects that the command is about: those of `-f`, else those that cdk8s wrote. */
export async function readInput(paths: readonly string[] | undefined, context: Context): Promise<Document[]> {
  return readDocuments(await readFiles(paths ?? [outputFolder(context)], '-f', context));
}

/** Is there input: named with `-f`, or that cdk8s would write? */
export function hasInput(paths: readonly string[] | undefined, context: Context): boolean {
  return paths !== undefined || existsSync(join(context.cwd, 'cdk8s.yaml'));
}

/** The objects of one file (or folder, or standard input) that an option names. */
export async function readOption(
  path: string,
  option: string,
  context: Context,
  { mayBeEmpty = false } = {},
): Promise<Document[]> {
  return readDocuments(await readFiles([path], option, context), { mayBeEmpty });
}

async function readFiles(paths: readonly string[], option: string, context: Context): Promise<InputFile[]> {
  const files: InputFile[] = [];
  const wrong: Trouble[] = [];
  for (const path of paths) {
    if (path === '-') {
      files.push({ file: path, text: await context.stdin.read() });
      continue;
    }
    try {
      const names = statSync(resolve(context.cwd, path)).isDirectory() ? manifestsIn(path, context.cwd) : [path];
      if (!names.length) wrong.push(emptyFolder(path, option));
      for (const file of names) files.push({ file, text: readFileSync(resolve(context.cwd, file), 'utf8') });
    } catch (error) {
      wrong.push(unreadable(path, option, error as NodeJS.ErrnoException));
    }
  }
  if (wrong.length) throw new CommandError(ExitCode.INVALID_INPUT, wrong);
  return files;
}

/** Files with manifests, also in folders below (cdk8s can write one for each chart), in the order of their names. */
function manifestsIn(folder: string, cwd: string): string[] {
  const entries = readdirSync(resolve(cwd, folder), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return manifestsIn(path, cwd);
    return isManifest(entry.name) ? [path] : [];
  });
}

/** Whether the name of a file is one of manifests. */
export function isManifest(path: string): boolean {
  const names = path.split('/');
  if (names.some((name) => name.startsWith('.') || name === 'node_modules')) return false;
  // cdk8s's own record of the constructs lies among what it wrote
  return /\.(ya?ml|json)$/.test(path) && names.pop() !== 'construct-metadata.json';
}

/** Where cdk8s writes: `output` of cdk8s.yaml, or its default. */
export function outputName(context: Context): string {
  let text: string;
  try {
    text = readFileSync(join(context.cwd, 'cdk8s.yaml'), 'utf8');
  } catch {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: 'there is no input: no -f, and no cdk8s.yaml in this folder',
        at: context.cwd,
        fix: 'name files or folders with -f, or go to the folder of cdk8s.yaml',
      },
    ]);
  }
  return outputOf(text);
}

function outputFolder(context: Context): string {
  const folder = outputName(context);
  try {
    statSync(join(context.cwd, folder));
  } catch {
    throw new CommandError(ExitCode.INVALID_INPUT, [
      { what: `there is no folder "${folder}", where cdk8s writes`, at: 'cdk8s.yaml', fix: 'run `cdk8s synth` first' },
    ]);
  }
  return folder;
}

function outputOf(text: string): string {
  try {
    const config = load(text) as { output?: unknown } | undefined;
    return typeof config?.output === 'string' ? config.output : 'dist';
  } catch (error) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: `cdk8s.yaml is not YAML: ${(error as { reason?: string }).reason}`,
        at: 'cdk8s.yaml',
        fix: 'correct it, or name the input with -f',
      },
    ]);
  }
}

function emptyFolder(path: string, option: string): Trouble {
  return {
    what: `the folder "${path}" holds no manifest`,
    at: `${option} ${path}`,
    fix: 'run `cdk8s synth` first, or name a folder with .yaml, .yml or .json files',
  };
}

function unreadable(path: string, option: string, error: NodeJS.ErrnoException): Trouble {
  const at = `${option} ${path}`;
  if (error.code === 'ENOENT') {
    return { what: `there is no file or folder "${path}"`, at, fix: 'correct the path; it is relative to this folder' };
  }
  return {
    what: `"${path}" cannot be read: ${error.code ?? error.message}`,
    at,
    fix: 'see to it that you may read it',
  };
}
