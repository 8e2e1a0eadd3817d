import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Trouble } from '../../../src/core/private/trouble';
import { CommandError, ExitCode } from '../../plan/command-error';
import { type CrdSource, crdSourceText } from '../../plan/crd-source';
import type { CrdText } from '../../plan/crds';
import { BOUNDS, isPacked, isYaml, textOf, unpacked } from './archive';
import { CrdCache, cacheFolder, sha256Of } from './cache';
import { type DownloadOptions, download } from './download';

/** What a source has. */
export interface CrdTexts {
  readonly texts: readonly CrdText[];
  /** What the reader should know of how it was had. */
  readonly note?: string;
}

/** Reads a source where the command runs. */
export type ReadCrds = (source: CrdSource) => Promise<CrdTexts>;

/** What a reader has to know of the machine. */
export interface CrdReaderOptions extends DownloadOptions {
  /** Folder that paths are relative to. */
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
}

/** A reader of sources: fetched ones are kept for the next time. */
export function crdReader(options: CrdReaderOptions): ReadCrds {
  return async (source) => {
    if ('folder' in source) return { texts: inFolder(source.folder, options.cwd) };
    const from = crdSourceText(source);
    const { data, note } =
      'url' in source ? await fetched(source, options) : { data: inFile(source, options.cwd), note: undefined };
    return { texts: isPacked(data) ? await unpacked(data, from) : single(data, from), note };
  };
}

async function fetched({ url, sha256 }: { url: string; sha256: string }, options: CrdReaderOptions) {
  const cache = new CrdCache(cacheFolder(options.env));
  const kept = cache.read(sha256);
  if (kept instanceof Buffer) return { data: kept, note: 'from the cache' };
  const data = await download(url, options);
  expectHash(data, sha256, url);
  const isKept = cache.keep(sha256, data);
  const notes = [
    ...(kept === 'changed' ? ['the copy in the cache was not what it had been, and was replaced'] : []),
    ...(isKept ? [] : ['it could not be kept in the cache']),
  ];
  return { data, note: ['fetched now', ...notes].join('; ') };
}

function expectHash(data: Buffer, sha256: string, from: string): void {
  const found = sha256Of(data);
  if (found === sha256) return;
  throw new CommandError(ExitCode.INVALID_INPUT, [
    {
      what: `it is another file than the code names: its SHA-256 is ${found}, and ${sha256} is expected`,
      at: from,
      fix: 'find out which of the two is right: nothing of it was read. When the file is, change `crds` of the instance',
    },
  ]);
}

function inFile({ file, sha256 }: { file: string; sha256?: string }, cwd: string): Buffer {
  const path = resolve(cwd, file);
  const data = readable(`the file ${file}`, () => {
    if (statSync(path).size > BOUNDS.packed) throw new Error('it has more than 16 MiB');
    return readFileSync(path);
  });
  if (sha256 !== undefined) expectHash(data, sha256, file);
  return data;
}

function single(data: Buffer, from: string): CrdText[] {
  const wrong: Trouble[] = [];
  const text = textOf(data, from, wrong);
  if (wrong.length) throw new CommandError(ExitCode.INVALID_INPUT, wrong);
  return [{ path: 'it', text }];
}

function inFolder(folder: string, cwd: string): CrdText[] {
  const wrong: Trouble[] = [];
  const root = resolve(cwd, folder);
  const texts = readable(`the folder ${folder}`, () =>
    filesIn(root).map((path) => {
      const at = join(folder, path);
      if (statSync(join(root, path)).size > BOUNDS.entry) throw new Error(`${at} has more than 8 MiB`);
      return { path, text: textOf(readFileSync(join(root, path)), at, wrong) };
    }),
  );
  if (wrong.length) throw new CommandError(ExitCode.INVALID_INPUT, wrong);
  return texts;
}

/** YAML in a folder and those below; links are not followed. */
function filesIn(root: string): string[] {
  const all = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .filter(isYaml)
    .sort();
  if (all.length > BOUNDS.entries) throw new Error(`it has more than ${BOUNDS.entries} files`);
  return all;
}

function readable<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'it is not there' : (code ?? message);
    throw new CommandError(ExitCode.INVALID_INPUT, [
      {
        what: `${what} cannot be read: ${why}`,
        at: '`crds` of the instance; the path is relative to the folder that the command runs in',
        fix: 'put it there, or give `crds` of the instance another source',
      },
    ]);
  }
}
