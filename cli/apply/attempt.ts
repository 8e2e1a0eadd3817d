import type { ObjectKey } from '../../src/core/object-key';
import { answerText, classify, printable } from '../plan/answer';
import { type ApiRequest, type ApiResponse, type ApiServer, Unreachable } from './api-server';

/** How requests are tried again, and who hears of it. */
export interface Patience {
  /** Attempts of one request. @default 5 */
  readonly attempts?: number;
  /** First pause; doubled each time, and shortened by chance so that many clients do not come back at once. @default 200 */
  readonly pauseMs?: number;
  /** Told before each new attempt. */
  retrying?(server: ApiServer, key: ObjectKey | undefined, reason: string): void;
  /** Told each warning that a server sends. */
  warned?(server: ApiServer, text: string): void;
  readonly signal?: AbortSignal;
}

const LONGEST_PAUSE_MS = 10_000;

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
  const { attempts = 5, pauseMs = 200, retrying, warned, signal } = patience;
  for (let n = 1; ; n++) {
    let response: ApiResponse | undefined;
    let reason: string;
    try {
      response = await server.request(request);
      for (const warning of response.warnings) warned?.(server, printable(warning));
      if (n === attempts || classify(response) !== 'passing') return response;
      reason = key ? answerText(key, response) : `the server answered ${response.status}`;
    } catch (error) {
      if (!(error instanceof Unreachable) || !error.passing || n === attempts) throw error;
      reason = 'no answer came';
    }
    if (signal?.aborted) {
      if (response) return response;
      throw new Interrupted();
    }
    retrying?.(server, key, reason);
    const backoff = Math.min(LONGEST_PAUSE_MS, pauseMs * 2 ** (n - 1)) * (0.5 + Math.random() / 2);
    await pause(response?.retryAfter === undefined ? backoff : response.retryAfter * 1000, signal);
  }
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

/** Runs the work for each item, at most `window` at a time, in order of the items. */
export async function inWindow<T>(
  window: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(window, items.length) }, worker));
}
