import type { ObjectKey } from '../../src/core/object-key';
import { answerText, printable } from '../plan/answer';
import { type Hurdle, hurdleOf } from '../plan/hurdle';
import { type ApiRequest, type ApiResponse, type ApiServer, Unreachable } from './api-server';

/** How requests are tried again, and who hears of it. */
export interface Patience {
  /** Attempts of one request at most. @default - as many as the time allows */
  readonly attempts?: number;
  /** Longest first pause; doubled each time. @default 200 */
  readonly pauseMs?: number;
  /** How long a request is tried again, by what stands in its way. @default - `LONGEST_MS` */
  readonly longestMs?: { readonly [hurdle in Hurdle]?: number };
  /** Told before each new attempt. */
  retrying?(server: ApiServer, key: ObjectKey | undefined, reason: string, hurdle?: Hurdle): void;
  /** Told each warning that a server sends. */
  warned?(server: ApiServer, text: string): void;
  readonly signal?: AbortSignal;
}

/** How long a request is tried again unless said otherwise. */
const LONGEST_MS: { readonly [hurdle in Hurdle]: number } = {
  busy: 5 * 60_000,
  webhook: 2 * 60_000,
  'webhook-certificate': 30_000,
  fault: 30_000,
  network: 2 * 60_000,
};
/** A server that has never answered is more likely one that nobody runs; and nothing of this run mends what fails to be read. */
const SOON_MS = 4000;
const LONGEST_PAUSE_MS = 10_000;

/** Servers that have answered in this process. */
const known = new WeakSet<ApiServer>();

/**
 * Sends a request, again where that may help: no answer came, the server is busy, a webhook of it does not answer. All
 * that is sent here may be sent twice. An answer that stays a refusal is returned; that no answer comes is thrown.
 */
export async function attempt(
  server: ApiServer,
  request: ApiRequest,
  patience: Patience,
  key?: ObjectKey,
): Promise<ApiResponse> {
  const { attempts = Number.POSITIVE_INFINITY, retrying, warned, signal } = patience;
  let since = performance.now();
  let before: Hurdle | undefined;
  for (let n = 1; ; n++) {
    const { response, error, hurdle, reason } = await once(server, request, key);
    for (const warning of response?.warnings ?? []) warned?.(server, printable(warning));
    if (hurdle !== before) since = performance.now(); // each hurdle has its own time
    before = hurdle;
    const pauseMs = pauseBefore(n, patience, response);
    const longest = hurdle && longestOf(hurdle, server, request, patience);
    const over = longest === undefined || n >= attempts || performance.now() - since + pauseMs > longest;
    if (over || (signal?.aborted && response)) {
      if (response) return response;
      throw error;
    }
    if (signal?.aborted) throw new Interrupted();
    retrying?.(server, key, reason, hurdle);
    await pause(pauseMs, signal);
  }
}

interface Attempted {
  readonly response?: ApiResponse;
  readonly error?: unknown;
  /** Undefined: it is of no use to try again. */
  readonly hurdle?: Hurdle;
  readonly reason: string;
}

async function once(server: ApiServer, request: ApiRequest, key: ObjectKey | undefined): Promise<Attempted> {
  try {
    const response = await server.request(request);
    known.add(server);
    const reason = key ? answerText(key, response) : `the server answered ${response.status}`;
    return { response, hurdle: hurdleOf(response), reason };
  } catch (error) {
    const passing = error instanceof Unreachable && error.passing;
    return { error, hurdle: passing ? 'network' : undefined, reason: 'no answer came' };
  }
}

function longestOf(hurdle: Hurdle, server: ApiServer, { method }: ApiRequest, { longestMs }: Patience): number {
  const longest = longestMs?.[hurdle] ?? LONGEST_MS[hurdle];
  const soon = hurdle === 'network' ? !known.has(server) : hurdle !== 'busy' && method === 'GET';
  return soon ? Math.min(longest, SOON_MS) : longest;
}

/** As long as the server asks for; else up to twice as long each time, by chance, so that many do not come at once. */
function pauseBefore(n: number, { pauseMs = 200 }: Patience, response: ApiResponse | undefined): number {
  const backoff = Math.min(LONGEST_PAUSE_MS, pauseMs * 2 ** (n - 1)) * Math.random();
  return response?.retryAfter === undefined ? backoff : response.retryAfter * 1000 + Math.min(backoff, 1000);
}

/** The run was interrupted while it waited. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('the run was interrupted');
  }
}

/** A pause that ends early when the run is interrupted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}

/**
 * Runs the work for each item, at most `window` at a time (as many as it says then), in order of the items. After a
 * failure nothing more is begun, and it is thrown when all that was begun has ended.
 */
export async function inWindow<T>(
  window: number | (() => number),
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const size = typeof window === 'number' ? () => window : window;
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for (const item of items) {
    if (failures.length) break;
    const one = work(item)
      .catch((error) => void failures.push(error))
      .finally(() => running.delete(one));
    running.add(one);
    while (running.size >= size()) await Promise.race(running);
  }
  await Promise.all(running);
  if (failures.length) throw failures[0];
}
