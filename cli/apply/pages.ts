import type { ObjectKey } from '../../src/core/object-key';
import type { ApiResponse, ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';

/** A list, as it is asked for. */
export interface Listed {
  readonly path: string;
  readonly labelSelector?: string;
  /** `Accept` header. */
  readonly accept?: string;
  /** Of an object of the kind, for the words of a new attempt. */
  readonly key?: ObjectKey;
  /** Which items are of interest; the others are not held. @default - all */
  readonly keep?: (item: any) => boolean;
}

/** All of a list at one moment, or the answer that kept us from reading it: half a list is never given. */
export type Pages =
  | { readonly items: any[]; readonly version?: string }
  /** `first`: already the first page. */
  | { readonly refused: ApiResponse; readonly first: boolean };

const PAGE = '500';
/** Times that a list is begun anew when the server has forgotten where it was, or does not know its own token any more. */
const RESTARTS = 3;

/** Reads a list in pages that show one moment. */
export async function readPages(
  server: ApiServer,
  list: Listed,
  patience: Patience,
  restarts = RESTARTS,
): Promise<Pages> {
  const { path, labelSelector, accept, key, keep = () => true } = list;
  const items: any[] = [];
  let next: string | undefined;
  for (;;) {
    const query = { limit: PAGE, ...(labelSelector ? { labelSelector } : {}), ...(next ? { continue: next } : {}) };
    const response = await attempt(
      server,
      { method: 'GET', path, query, ...(accept ? { accept } : {}) },
      patience,
      key,
    );
    const first = next === undefined;
    const forgotten = !first && (response.status === 410 || response.status === 400);
    if (forgotten && restarts > 0) return readPages(server, list, patience, restarts - 1);
    const { status, body } = response;
    const page = typeof body === 'object' ? (body?.items ?? []) : undefined;
    if (status !== 200 || !Array.isArray(page)) return { refused: response, first };
    for (const item of page) if (keep(item)) items.push(item);
    next = body?.metadata?.continue || undefined;
    if (next === undefined) return { items, version: body?.metadata?.resourceVersion };
  }
}
