import { setTimeout as pause } from 'node:timers/promises';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { CommandError, ExitCode } from '../../plan/command-error';
import { environmentHasProxy, isLoopback } from '../connections';
import { wordsOf } from '../unreachable';
import { BOUNDS } from './archive';

/** What a download may take. */
export interface DownloadOptions {
  /** Authorities besides those that Node.js trusts (`NODE_EXTRA_CA_CERTS` adds to these). */
  readonly ca?: string;
  /** How long all of it may take, in milliseconds. @default 60000 */
  readonly timeoutMs?: number;
  /** How long to wait before each further try, in milliseconds. @default [1000, 3000] */
  readonly pausesMs?: readonly number[];
}

const CONNECT_MS = 10_000;
/** GitHub sends on to its storage. */
const REDIRECTS = 5;
const MOVED = [301, 302, 303, 307, 308];

/** A failure, and whether another try may end better. */
class Failure extends Error {
  constructor(
    message: string,
    readonly passing = false,
  ) {
    super(message);
  }
}

/**
 * A file from a server that asks nobody who they are, through the proxy that the environment names.
 *
 * @throws if it does not come, or is larger than a release ever was
 */
export async function download(url: string, options: DownloadOptions = {}): Promise<Buffer> {
  const { pausesMs = [1_000, 3_000], timeoutMs = 60_000 } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  for (let tries = 0; ; tries++) {
    try {
      return await fetched(url, options.ca, signal);
    } catch (error: any) {
      const failure = signal.aborted ? new Failure(`nothing came within ${timeoutMs / 1000} s`) : failureOf(error);
      if (failure.passing && tries < pausesMs.length) {
        await pause(pausesMs[tries], undefined, { signal }).catch(() => undefined);
        continue;
      }
      throw new CommandError(ExitCode.USAGE, [
        {
          what: `${url} cannot be fetched: ${failure.message}`,
          at: '`crds` of the instance, and in the record of its Karmada',
          fix: 'fetch it where that is possible, and give `crds` CrdSource.file, or CrdSource.tarball with a server that this machine reaches (HTTPS_PROXY and NO_PROXY are heeded)',
        },
      ]);
    }
  }
}

function failureOf(error: any): Failure {
  if (error instanceof Failure) return error;
  const { cause } = error;
  return new Failure(wordsOf(cause instanceof Error ? cause : error), true);
}

async function fetched(first: string, ca: string | undefined, signal: AbortSignal): Promise<Buffer> {
  let url = new URL(first);
  for (let hops = 0; hops <= REDIRECTS; hops++) {
    if (url.protocol !== 'https:') throw new Failure(`it leads to ${url.protocol}//${url.host}, which is not https`);
    const dispatcher = dispatcherFor(url, ca);
    try {
      const answer = await dispatcher.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'GET',
        headers: { accept: 'application/gzip, application/octet-stream', 'user-agent': 'cdk8s-karmada' },
        signal,
      });
      const { statusCode, headers, body } = answer;
      const { location } = headers;
      if (MOVED.includes(statusCode) && typeof location === 'string') {
        url = new URL(location, url);
        continue;
      }
      if (statusCode !== 200)
        throw new Failure(`${url.host} answers ${statusCode}`, statusCode >= 500 || statusCode === 429);
      return await whole(body);
    } finally {
      await dispatcher.destroy();
    }
  }
  throw new Failure(`it is sent on more than ${REDIRECTS} times`);
}

async function whole(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > BOUNDS.packed) throw new Failure('it has more than 16 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function dispatcherFor({ hostname }: URL, ca: string | undefined): Dispatcher {
  const tls = { timeout: CONNECT_MS, ...(ca !== undefined && { ca }) };
  if (!environmentHasProxy() || isLoopback(hostname)) return new Agent({ connect: tls });
  return new EnvHttpProxyAgent({ connect: tls, requestTls: tls, proxyTls: { timeout: CONNECT_MS } });
}
