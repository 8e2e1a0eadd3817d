import { identity } from '../plan/chart-input';
import { isDefinition } from '../plan/edges';
import type { Ordered } from '../plan/order';
import type { ApplyNews, Unready } from '../plan/progress';
import { isAwaited, propagates, type Wait } from '../plan/readiness/awaited';
import { type Awaited, type Waiting, waitUntilReady } from './gate';
import type { Preparation } from './preparation';
import { SERVED_MS } from './served-kinds';
import type { Survey, Surveyed } from './survey';

export interface GatesOptions extends Waiting {
  /** What the waves wait for. */
  readonly wait: Wait;
  /** Of each gate. */
  readonly timeoutMs: number;
  /** When no gate waits any longer, in milliseconds since 1970. */
  readonly endMs?: number;
  tell(news: ApplyNews): void;
}

/** The gates of a run: what each has to look at, and how long it may take. */
export class Gates {
  private readonly awaited: (Awaited & { readonly wave: number })[] = [];

  constructor(
    private readonly preparation: Preparation,
    private readonly options: GatesOptions,
  ) {}

  /** Remembers what the gate after its wave has to look at. */
  add({ wave, needs }: Ordered, { server }: Survey, surveyed: Surveyed, live: any): void {
    const { key, resource, object } = surveyed;
    // what ran and is gone is not waited for
    if (!resource || !live || !(isDefinition({ key }) || isAwaited(this.options.wait, server.plane, object, key)))
      return;
    const fresh = live !== surveyed.live;
    this.awaited.push({ server, key, resource, live, wave, object, fresh, propagates: propagates(key, needs) });
  }

  /** Waits until what a wave wrote runs; gives what does not. */
  async afterWave(wave: number): Promise<Unready[]> {
    const awaited = this.awaited.filter((each) => each.wave === wave && !isDefinition(each));
    if (this.options.wait === 'none' || !awaited.length) return [];
    return this.wait(`wave ${wave}`, awaited, this.options.timeoutMs);
  }

  /** Whatever the waiting: objects of a new kind can be written only when the kind is established. */
  ofDefinitions(names: ReadonlySet<string>): Promise<Unready[]> {
    const awaited = this.awaited.filter(({ server, key }) => names.has(identity({ plane: server.plane, key })));
    return this.wait('CRDs', awaited, SERVED_MS);
  }

  private wait(gate: string, awaited: readonly Awaited[], timeoutMs: number): Promise<Unready[]> {
    const { patience, window, options } = this.preparation;
    const { endMs = Number.POSITIVE_INFINITY } = this.options;
    const leftMs = Math.min(timeoutMs, Math.max(0, endMs - options.now()));
    return waitUntilReady(gate, awaited, { ...this.options, timeoutMs: leftMs, patience, window, now: options.now });
  }
}
