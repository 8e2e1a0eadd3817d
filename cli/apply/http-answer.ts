import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';

/** Larger answers are refused: a list is read in pages. */
export const LARGEST = 128 * 1024 * 1024;

const inflate = promisify(gunzip);

/** The body of an answer as text. */
export async function unpacked(response: Dispatcher.ResponseData): Promise<string> {
  if (response.headers['content-encoding'] !== 'gzip') return response.body.text();
  const packed = Buffer.from(await response.body.arrayBuffer());
  return packed.length ? (await inflate(packed, { maxOutputLength: LARGEST })).toString('utf8') : '';
}

/** The lines of a stream, each a JSON value; one that is cut off in the middle is none. */
export async function eachLine(body: AsyncIterable<Uint8Array>, line: (value: any) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() as string;
    for (const text of lines) if (text.trim()) line(JSON.parse(text));
  }
}

/** JSON as a value; anything else as text, such as the `404 page not found` for an unknown path. */
export function parsed(text: string, contentType: string | string[] | undefined): unknown {
  if (!/^application\/([\w.+-]+\+)?json\b/.test(String(contentType))) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text; // cut short by something between: the caller sees the status
  }
}

/** The texts of `Warning` headers: `299 - "text with \" and \\"`, several in one header separated by commas. */
export function warningsOf(header: string | string[] | undefined): string[] {
  const all = [header ?? []].flat().join(', ');
  return [...all.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => match[1].replace(/\\(.)/g, '$1'));
}

/** The moment that a `Date` header says. */
export function dateOf(header: string | string[] | undefined): number | undefined {
  const ms = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** Seconds that a `Retry-After` header asks for; a date is not used by API servers. */
export function secondsOf(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) : undefined;
}
