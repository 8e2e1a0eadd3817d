import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError, ExitCode } from '../plan/command-error';
import { type Document, type InputFile, readDocuments } from '../plan/document';
import type { Context } from './context';
import { isManifest, outputName, readOption } from './input';

/**
 * The objects of one side of a comparison: a folder or a file, else a revision of git with the folder in it
 * (`main:dist`), or alone (`main`), with the folder that cdk8s writes to.
 */
export async function readSide(operand: string, context: Context): Promise<Document[]> {
  if (operand === '-' || isThere(operand, context)) return readOption(operand, '', context);
  const [revision, path = outputName(context)] = split(operand);
  return readDocuments(await filesOf({ operand, revision, path }, context));
}

function isThere(path: string, { cwd }: Context): boolean {
  return statSync(resolve(cwd, path), { throwIfNoEntry: false }) !== undefined;
}

/** At the first colon, as git does. */
function split(operand: string): [string, string?] {
  const at = operand.indexOf(':');
  return at < 0 ? [operand] : [operand.slice(0, at), operand.slice(at + 1)];
}

interface Side {
  readonly operand: string;
  readonly revision: string;
  readonly path: string;
}

async function filesOf({ operand, revision, path }: Side, context: Context): Promise<InputFile[]> {
  const known =
    !revision.startsWith('-') && (await git(['rev-parse', '--verify', '--quiet', `${revision}^{tree}`], context));
  if (!known) {
    throw wrong(
      `there is no file or folder "${operand}", and no revision "${revision}" either`,
      operand,
      'name a folder, or a branch, tag or commit that `git log` knows, such as main or main:dist',
    );
  }
  // a path is relative to this folder, unless it begins with a slash
  const inTree = path.startsWith('/') ? path.slice(1) : `./${path}`;
  const found = (await git(['rev-parse', '--verify', '--quiet', `${revision}:${inTree}`], context))?.toString().trim();
  if (!found) {
    throw wrong(
      `revision "${revision}" has no "${path}"`,
      operand,
      'commit what cdk8s writes, or compare two folders: synth each revision into its own',
    );
  }
  const type = (await git(['cat-file', '-t', found], context))?.toString().trim();
  const entries = type === 'blob' ? [{ file: path, id: found }] : await manifestsIn(found, path, context);
  if (entries.length === 0) {
    throw wrong(
      `"${path}" of revision "${revision}" holds no manifest`,
      operand,
      'name a folder with .yaml, .yml or .json files',
    );
  }
  return texts(entries, revision, context);
}

interface Entry {
  readonly file: string;
  readonly id: string;
}

async function manifestsIn(tree: string, path: string, context: Context): Promise<Entry[]> {
  const listed = (await git(['ls-tree', '-r', '-z', '--full-tree', tree], context))?.toString() ?? '';
  return listed
    .split('\0')
    .map((line) => /^100\d+ blob (\S+)\t(.*)$/s.exec(line))
    .filter((match) => match !== null && isManifest(match[2]))
    .map((match) => ({ id: (match as RegExpExecArray)[1], file: `${path}/${(match as RegExpExecArray)[2]}` }));
}

/** The contents, with one process for all of them. */
async function texts(entries: readonly Entry[], revision: string, context: Context): Promise<InputFile[]> {
  const answer = await git(['cat-file', '--batch'], context, `${entries.map(({ id }) => id).join('\n')}\n`);
  const bytes = answer ?? Buffer.alloc(0);
  let at = 0;
  return entries.map(({ file }) => {
    const end = bytes.indexOf('\n', at);
    const size = Number(bytes.toString('utf8', at, end).split(' ')[2]);
    const text = bytes.toString('utf8', end + 1, end + 1 + size);
    at = end + 1 + size + 1;
    return { file: `${revision}:${file}`, text };
  });
}

/** What git answers; undefined where it says no. */
function git(args: readonly string[], { cwd, env }: Context, input = ''): Promise<Buffer | undefined> {
  return new Promise((done, failed) => {
    const options = { cwd, env: { ...env, LC_ALL: 'C' }, encoding: 'buffer' as const, maxBuffer: 2 ** 31 - 1 };
    const child = execFile('git', args, options, (error, stdout, stderr) => {
      if ((error as NodeJS.ErrnoException | null)?.code === 'ENOENT') failed(NO_GIT);
      else if (/not a git repository/.test(stderr.toString())) failed(NO_REPOSITORY);
      else if (/dubious ownership/.test(stderr.toString())) failed(NOT_OURS);
      else done(error ? undefined : stdout);
    });
    child.stdin?.on('error', () => undefined); // it ended before it read everything: its answer says why
    child.stdin?.end(input);
  });
}

function wrong(what: string, at: string, fix: string): CommandError {
  return new CommandError(ExitCode.INVALID_INPUT, [{ what, at, fix }]);
}

const NO_GIT = new CommandError(ExitCode.USAGE, [
  { what: 'a revision is read with `git`, which is not there', fix: 'install git, or name two folders' },
]);

const NO_REPOSITORY = new CommandError(ExitCode.USAGE, [
  { what: 'there is no such file or folder, and this folder is in no git repository', fix: 'name two folders' },
]);

const NOT_OURS = new CommandError(ExitCode.USAGE, [
  {
    what: 'git does not read this repository, because somebody else owns it',
    fix: 'allow it with `git config --global --add safe.directory <folder>`',
  },
]);
