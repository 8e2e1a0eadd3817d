import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { loadAll } from 'js-yaml';
import type { Trouble } from '../../../src/core/private/trouble';
import { CommandError, ExitCode } from '../../plan/command-error';
import type { CrdText } from '../../plan/crds';

/** Karmada v1.18.2 has 86 KB packed, 710 KB unpacked, 33 entries, and 115 KB in the largest. */
export const BOUNDS = {
  packed: 16 * 1024 * 1024,
  unpacked: 64 * 1024 * 1024,
  /** Times that what is unpacked may be larger than what is packed; what is small in any case may have more. */
  ratio: 100,
  anyRatio: 1024 * 1024,
  entries: 1_000,
  entry: 8 * 1024 * 1024,
};

const inflate = promisify(gunzip);

/** Is it packed, by its first bytes? */
export function isPacked(data: Buffer): boolean {
  return data[0] === 0x1f && data[1] === 0x8b;
}

/** Is a file of this name read? */
export function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path) && !path.split('/').some((part) => /^\.[^.]/.test(part));
}

/**
 * The YAML in a `.tar.gz`, in memory: nothing of it is written to a disk.
 *
 * @param from where it comes from, in words
 * @throws if it is larger than anything that Karmada ever released, or holds what has no place in it: all at once
 */
export async function unpacked(data: Buffer, from: string): Promise<CrdText[]> {
  const wrong: Trouble[] = [];
  const refuse = (what: string, at = from) => wrong.push({ what, at, fix: FIX });
  if (data.length > BOUNDS.packed)
    throw refused([{ what: `it has ${inMiB(data.length)}, and 16 MiB are the most`, at: from, fix: FIX }]);
  const archive = await inflated(data, from);
  const texts: CrdText[] = [];
  const { extract } = require('tar-stream') as typeof import('tar-stream'); // only what is packed needs it
  const entries = extract();
  entries.end(archive);
  let count = 0;
  try {
    for await (const entry of entries) {
      const { name, type, size } = entry.header;
      const at = `${JSON.stringify(name)} in ${from}`;
      count++;
      if (count > BOUNDS.entries) {
        refuse(`it has more than ${BOUNDS.entries} entries`);
        break;
      }
      const trouble = nameTrouble(name);
      if (type !== 'file' && type !== 'directory') refuse(`this is a ${type}: only files and folders are taken`, at);
      if (trouble) refuse(trouble, at);
      if (size > BOUNDS.entry) refuse(`this file has ${inMiB(size)}, and 8 MiB are the most`, at);
      if (wrong.length || type !== 'file' || !isYaml(name)) {
        entry.resume();
        continue;
      }
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      texts.push({ path: name.replace(/^(\.\/)+/, ''), text: textOf(Buffer.concat(chunks), at, wrong) });
    }
  } catch (error) {
    refuse(`it is no tar archive: ${(error as Error).message}`);
  }
  if (wrong.length) throw refused(wrong);
  return texts;
}

const FIX = 'give `crds.tar.gz` of a release of Karmada, and nothing that was made of it';

/** The text of a file. An anchor can stand for more than any memory holds, and no definition of Karmada has one. */
export function textOf(data: Buffer, at: string, wrong: Trouble[]): string {
  const text = data.toString('utf8');
  try {
    loadAll(text, () => undefined, {
      listener(_, state) {
        // what the parser knows by then, of which its types say nothing
        if (Object.keys((state as { readonly anchorMap?: object }).anchorMap ?? {}).length) throw new Anchored();
      },
    });
  } catch (error) {
    // what is no YAML is said where it is read
    if (error instanceof Anchored)
      wrong.push({ what: 'this YAML has an anchor (&), which is not taken here', at, fix: FIX });
  }
  return text;
}

class Anchored extends Error {}

async function inflated(data: Buffer, from: string): Promise<Buffer> {
  let result: Buffer;
  try {
    result = await inflate(data, { maxOutputLength: BOUNDS.unpacked });
  } catch (error) {
    const isLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    const what = isLarge
      ? 'it has more than 64 MiB when it is unpacked'
      : `it cannot be unpacked: ${(error as Error).message}`;
    throw refused([{ what, at: from, fix: FIX }]);
  }
  if (result.length > BOUNDS.anyRatio && result.length > BOUNDS.ratio * data.length) {
    const times = Math.floor(result.length / data.length);
    throw refused([
      { what: `unpacked it is ${times} times as large, and ${BOUNDS.ratio} times are the most`, at: from, fix: FIX },
    ]);
  }
  return result;
}

function nameTrouble(name: string): string | undefined {
  const parts = name.split('/');
  if (name === '' || name.startsWith('/') || /^[A-Za-z]:/.test(name) || parts.includes('..'))
    return 'this path leads out of the archive';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no path has them
  return /[\\\u0000-\u001f\u007f]/.test(name) ? 'this path has a character that no path of Karmada has' : undefined;
}

function inMiB(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

function refused(wrong: readonly Trouble[]): CommandError {
  return new CommandError(ExitCode.INVALID_INPUT, wrong);
}
