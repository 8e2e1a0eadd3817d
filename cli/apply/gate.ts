import { printable } from '../plan/answer';
import { sameValue } from '../plan/field-path';
import type { ApplyNews, Unready } from '../plan/progress';
import { LONG_GRACE_MS } from '../plan/readiness/verdict';
import { type ApiServer, Unreachable } from './api-server';
import { Interrupted, type Patience, pause } from './attempt';
import { eventCauses, podCauses } from './readiness/causes';
import { allOf } from './readiness/following';
import { type Awaited, type Judgement, ServerWatch, type Waiting } from './readiness/server-watch';

export type { Awaited, Waiting };

export interface GateOptions extends Waiting {
  readonly timeoutMs: number;
  readonly window: number;
  readonly patience: Patience;
  now(): number;
  tell(news: ApplyNews): void;
}

/** Changes within this time are looked at together. */
const SETTLE_MS = 100;
/** Something may be due without any change: a grace, a lease, the causes in pods. */
const LOOK_MS = 1_000;
/** Objects whose causes are looked for. */
const MOST_CAUSES = 10;

/** Waits until all are ready; gives those that are not when the time is over, one has failed, or the run is interrupted. */
export async function waitUntilReady(
  gate: string,
  awaited: readonly Awaited[],
  options: GateOptions,
): Promise<Unready[]> {
  return new Gate(gate, awaited, options).wait();
}

type Lacking = readonly (readonly [Awaited, Judgement])[];

/** One wait. */
class Gate {
  private readonly start: number;
  private readonly watches = new Map<ApiServer, ServerWatch>();
  private readonly failedSince = new Map<Awaited, number>();
  private told: readonly Unready[] = [];
  private seen: readonly Unready[] = [];
  private wake?: () => void;

  constructor(
    private readonly name: string,
    private readonly awaited: readonly Awaited[],
    private readonly options: GateOptions,
  ) {
    this.start = options.now();
    for (const { server } of awaited) {
      if (this.watches.has(server)) continue;
      const own = awaited.filter((each) => each.server === server);
      this.watches.set(server, new ServerWatch(server, own, { ...options, changed: () => this.wake?.() }));
    }
  }

  async wait(): Promise<Unready[]> {
    // what was seen already may do
    if (!this.lacking().length) return [];
    const watches = [...this.watches.values()];
    try {
      await this.patiently(() => allOf(watches.map((watch) => watch.follow())));
      return await this.untilReady();
    } finally {
      await Promise.all(watches.map((watch) => watch.stop()));
    }
  }

  private async untilReady(): Promise<Unready[]> {
    const { timeoutMs, now, tell, patience } = this.options;
    const end = this.start + timeoutMs;
    for (;;) {
      const lacking = this.lacking();
      const unready = lacking.map(([each, judgement]) => this.unready(each, judgement));
      if (!unready.length) {
        if (this.told.length) tell({ type: 'ready', gate: this.name });
        return [];
      }
      const isOver = unready.some((each) => each.failed) || now() >= end || patience.signal?.aborted;
      // what passes within a look is no news
      const lasts = isOver || sameValue(this.seen, unready);
      this.seen = unready;
      if (lasts && !sameValue(this.told, unready)) {
        tell({ type: 'waiting', gate: this.name, of: this.awaited.length, unready });
        this.told = unready;
      }
      if (isOver) return this.withCauses(lacking, unready);
      await this.change(Math.min(LOOK_MS, Math.max(0, end - now())));
      const look = ([server, watch]: readonly [ApiServer, ServerWatch]) =>
        watch.look(lacking.filter(([each]) => each.server === server));
      await this.patiently(() => allOf([...this.watches].map(look)));
    }
  }

  /** Until it is done: a server that does not answer may do so again before the time is over. */
  private async patiently(work: () => Promise<void>): Promise<void> {
    const { timeoutMs, now, patience } = this.options;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Interrupted) return;
        if (!(error instanceof Unreachable) || !error.passing) throw error;
        if (now() >= this.start + timeoutMs || patience.signal?.aborted) return;
        await pause(LOOK_MS, patience.signal);
      }
    }
  }

  /** A change, or the time until the next look; what changes together is looked at once. */
  private async change(longestMs: number): Promise<void> {
    const { signal } = this.options.patience;
    const waited = new AbortController();
    const stop = () => waited.abort();
    this.wake = stop;
    signal?.addEventListener('abort', stop);
    await pause(longestMs, waited.signal);
    signal?.removeEventListener('abort', stop);
    this.wake = undefined;
    if (waited.signal.aborted) await pause(Math.min(SETTLE_MS, longestMs), signal);
  }

  private lacking(): [Awaited, Judgement][] {
    const lacking: [Awaited, Judgement][] = [];
    for (const each of this.awaited) {
      const judgement = this.watchOf(each).judge(each);
      if (!isLost(judgement)) this.failedSince.delete(each);
      else if (!this.failedSince.has(each)) this.failedSince.set(each, this.options.now());
      if (judgement.state !== 'current') lacking.push([each, judgement]);
    }
    return lacking;
  }

  private unready(each: Awaited, judgement: Judgement): Unready {
    const { server, key } = each;
    const { failFast, now } = this.options;
    const graceMs = judgement.state === 'failed' ? judgement.graceMs : LONG_GRACE_MS;
    const isFinal = isLost(judgement) && (failFast || now() - (this.failedSince.get(each) ?? now()) >= graceMs);
    const clusters = 'clusters' in judgement && judgement.clusters.length ? judgement.clusters : undefined;
    const message = judgement.state === 'current' ? '' : judgement.message;
    const nobody = this.watchOf(each).absentDoer(judgement);
    return {
      plane: server.plane,
      key,
      reason: printable(nobody ?? message),
      ...(isFinal ? { failed: true as const } : {}),
      ...(clusters ? { clusters: clusters.map((one) => ({ ...one, detail: printable(one.detail) })) } : {}),
    };
  }

  /** When the wait has ended: why, as far as the servers say. */
  private async withCauses(lacking: Lacking, unready: readonly Unready[]): Promise<Unready[]> {
    const { signal, ...patience } = this.options.patience;
    if (signal?.aborted) return [...unready];
    const brief = { ...patience, attempts: 1 };
    return Promise.all(
      unready.map(async (each, i) => {
        if (i >= MOST_CAUSES) return each;
        const [subject] = lacking[i];
        const live = this.watchOf(subject).live(subject);
        const found = await Promise.allSettled([
          subject.server.plane === 'host' ? podCauses(subject.server, subject, live, brief) : [],
          eventCauses(subject.server, subject, live, brief),
        ]);
        const causes = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
        const news = causes.filter((cause) => !each.reason.includes(cause)).slice(0, 3);
        return news.length ? { ...each, causes: news } : each;
      }),
    );
  }

  private watchOf({ server }: Awaited): ServerWatch {
    return this.watches.get(server) as ServerWatch;
  }
}

function isLost({ state }: Judgement): boolean {
  return state === 'failed' || state === 'absent';
}
