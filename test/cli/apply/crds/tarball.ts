import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

/** An entry of an archive: a file with a text, or whatever its header says. */
export interface Entry extends Partial<Header> {
  readonly name: string;
  readonly text?: string | Buffer;
}

/** A `.tar.gz` as `tar cz` makes it. */
export async function tarball(...entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const { text, ...header } of entries) archive.entry(header, text ?? '');
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}
