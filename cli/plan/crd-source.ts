import type { Trouble } from '../../src/core/private/trouble';
import { jsonOf } from './json-text';

/** Where the definitions of Karmada's own kinds come from, when it is not the input. */
export type CrdSource =
  | { readonly url: string; readonly sha256: string }
  | { readonly file: string; readonly sha256?: string }
  | { readonly folder: string };

/** They are in the input: chosen, or because nobody chose. */
const IN_THE_INPUT = ['rendered', 'default'];

const isHash = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';

/** Reads what the record of a chart says; nothing when they are in the input. */
export function crdSourceOf(said: string | undefined, at: string, wrong: Trouble[]): CrdSource | undefined {
  if (said === undefined || IN_THE_INPUT.includes(said)) return undefined;
  const read = jsonOf(said);
  if (isText(read?.url) && /^https:\/\//.test(read.url) && isHash(read.sha256)) return read;
  if (isText(read?.file) && (read.sha256 === undefined || isHash(read.sha256))) return read;
  if (isText(read?.folder)) return read;
  wrong.push({
    what: "the record of a chart does not say where the definitions of Karmada's own kinds come from",
    at,
    fix: 'synthesize it again with the version of the library that fits this command',
  });
  return undefined;
}

/** The source in words. */
export function crdSourceText(source: CrdSource): string {
  if ('folder' in source) return `the folder ${source.folder}`;
  const name = 'url' in source ? source.url : `the file ${source.file}`;
  return source.sha256 === undefined ? name : `${name} (SHA-256 ${source.sha256})`;
}
