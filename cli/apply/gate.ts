import type { ObjectKey } from '../../src/core/object-key';
import { printable } from '../plan/answer';
import { sameValue } from '../plan/field-path';
import type { ApplyNews, Unready } from '../plan/progress';
import type { ApiServer } from './api-server';
import { inWindow, type Patience, pause } from './attempt';
import type { Resource } from './discovery';
import { get } from './live';
import { readinessOf } from './readiness/readiness';

/** An object that the next wave needs ready. */
export interface Awaited {
  readonly server: ApiServer;
  readonly key: ObjectKey;
  readonly resource: Resource;
  /** As it was seen last. */
  readonly live: any;
}

export interface GateOptions {
  readonly timeoutMs: number;
  readonly window: number;
  readonly patience: Patience;
  now(): number;
  tell(news: ApplyNews): void;
}

const FIRST_LOOK_MS = 250;
const SLOWEST_LOOK_MS = 2000;

/** Waits until all are ready; gives those that are not when the time is over or the run is interrupted. */
export async function waitUntilReady(
  gate: string,
  awaited: readonly Awaited[],
  options: GateOptions,
): Promise<Unready[]> {
  const { now, tell, timeoutMs, patience, window } = options;
  const end = now() + timeoutMs;
  const lives = new Map(awaited.map((each) => [each, each.live]));
  let told: readonly Unready[] = [];
  for (let pauseMs = FIRST_LOOK_MS; ; pauseMs = Math.min(pauseMs * 1.5, SLOWEST_LOOK_MS)) {
    const unready = awaited.flatMap((each) => lacks(each, lives.get(each)));
    if (!unready.length) {
      if (told.length) tell({ type: 'ready', gate });
      return [];
    }
    if (!sameValue(told, unready)) tell({ type: 'waiting', gate, unready });
    told = unready;
    if (now() >= end || patience.signal?.aborted) return unready;
    await pause(Math.min(pauseMs, Math.max(0, end - now())), patience.signal);
    const names = new Set(unready.map(({ key }) => key));
    await inWindow(
      window,
      awaited.filter(({ key }) => names.has(key)),
      async (each) => {
        const found = await get(each.server, each, patience);
        lives.set(each, 'live' in found ? found.live : undefined);
      },
    );
  }
}

function lacks(each: Awaited, live: any): Unready[] {
  const { plane } = each.server;
  const reason = live === undefined ? 'it is not there any more' : readinessOf(plane, each.key)?.(live);
  return reason === undefined ? [] : [{ plane, key: each.key, reason: printable(reason) }];
}
