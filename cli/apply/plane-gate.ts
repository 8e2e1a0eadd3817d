import { printable } from '../plan/answer';
import type { ApplyNews } from '../plan/progress';
import type { ApiServer } from './api-server';
import { type Patience, pause } from './attempt';

export interface PlaneGateOptions {
  /** 0: one look. */
  readonly timeoutMs: number;
  readonly patience: Patience;
  now(): number;
  tell(news: ApplyNews): void;
}

const GATE = 'Karmada API server';
const LOOK_MS = 1000;
/** One good answer may come from a server that is about to restart. */
const ANSWERS = 3;

/** Waits until the Karmada API server of this run answers that it is ready, several times in a row. */
export async function openKarmada(
  open: () => Promise<ApiServer>,
  options: PlaneGateOptions,
): Promise<{ readonly server: ApiServer } | { readonly why: string }> {
  const { now, timeoutMs, patience, tell } = options;
  const end = now() + timeoutMs;
  let told = '';
  for (;;) {
    const why = await tryOpen(open, patience);
    if (typeof why !== 'string') {
      if (told) tell({ type: 'ready', gate: GATE });
      return { server: why };
    }
    if (now() >= end || patience.signal?.aborted) return { why: `the Karmada API server cannot be reached: ${why}` };
    if (why !== told) {
      const key = { apiVersion: 'v1', kind: 'Server', namespace: '', name: 'karmada' };
      tell({ type: 'waiting', gate: GATE, of: 1, unready: [{ plane: 'karmada', key, reason: why }] });
    }
    told = why;
    await pause(Math.min(LOOK_MS, Math.max(0, end - now())), patience.signal);
  }
}

/** The server, or why it is not open. */
async function tryOpen(open: () => Promise<ApiServer>, patience: Patience): Promise<ApiServer | string> {
  let server: ApiServer | undefined;
  try {
    server = await open();
    for (let n = 0; n < ANSWERS; n++) {
      if (n) await pause(LOOK_MS / ANSWERS, patience.signal);
      const { status } = await server.request({ method: 'GET', path: '/readyz', accept: '*/*' });
      if (status !== 200) {
        await server.close();
        return `/readyz answers ${status}`;
      }
    }
    return server;
  } catch (error) {
    await server?.close();
    return printable(String((error as Error).message).split('\n')[0]);
  }
}
