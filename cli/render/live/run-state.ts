import { keyText, type ObjectKey } from '../../../src/core/object-key';
import type { Plan, Plane } from '../../plan/plan';
import { type ApplyEvent, type ObjectResult, type Outcome, type Unready, urgency } from '../../plan/progress';
import type { ClusterProgress } from '../../plan/readiness/member-progress';

/** An object that something keeps waiting. */
export interface Held {
  readonly plane: Plane;
  /** Left out for a request that is about no object. */
  readonly key?: ObjectKey;
  /** Since when, in milliseconds since the start of the run. */
  readonly sinceMs: number;
  readonly reason: string;
  /** It does not get there by itself. */
  readonly failed?: true;
  /** Its request is tried again; else a gate waits until it is ready. */
  readonly again?: true;
  readonly clusters?: readonly ClusterProgress[];
}

/** What a gate waits for, and of how many. */
export interface GateState {
  readonly name: string;
  readonly of: number;
  readonly unready: number;
}

/** Speed is that of this time. */
const WINDOW_MS = 3000;
/** A request that is about no object is told for so long after it was tried again. */
const AGAIN_MS = 10_000;

/** How far a run is on one server. */
export class PlaneState {
  throttled = 0;
  /** Why nothing is sent there yet. */
  unopened?: string;
  private readonly outcomes = new Map<string, Outcome>();
  private readonly onTheWay = new Set<string>();
  private written: number[] = [];

  constructor(
    readonly plane: Plane,
    /** Objects that the run is about. */
    readonly total: number,
  ) {}

  get done(): number {
    return this.outcomes.size;
  }

  get inFlight(): number {
    return this.onTheWay.size;
  }

  count(outcome: Outcome): number {
    return [...this.outcomes.values()].filter((each) => each === outcome).length;
  }

  /** Objects that were written in a second, of late. */
  rate(atMs: number): number {
    this.written = this.written.filter((each) => each > atMs - WINDOW_MS);
    const seconds = Math.max(1000, atMs - (this.written[0] ?? atMs)) / 1000;
    return Math.round(this.written.length / seconds);
  }

  send(key: ObjectKey): void {
    this.onTheWay.add(idOf(key));
  }

  end({ key, outcome }: ObjectResult, atMs: number): void {
    this.outcomes.set(idOf(key), outcome);
    this.onTheWay.delete(idOf(key));
    if (outcome !== 'unchanged' && outcome !== 'blocked') this.written.push(atMs);
  }
}

/** What a run has told so far, as much of it as a view of the present needs. */
export class RunState {
  plan?: Plan;
  holder?: string;
  gate?: GateState;
  readonly planes = new Map<Plane, PlaneState>();
  private readonly waiting = new Map<string, Held>();
  private readonly retried = new Map<string, Held & { readonly lastMs: number }>();
  private readonly blockers = new Map<string, number>();

  hear(event: ApplyEvent): void {
    if (event.type === 'plan') this.begin(event.plan);
    else if (event.type === 'locked') this.holder = event.holder;
    else if (event.type === 'sending') this.planes.get(event.plane)?.send(event.key);
    else if (event.type === 'object') this.end(event.result, event.atMs);
    else if (event.type === 'waiting') this.wait(event.gate, event.of, event.unready, event.atMs);
    else if (event.type === 'ready') this.ready(event.gate);
    else if (event.type === 'opened') this.open(event.plane);
    else if (event.type === 'retry') this.retry(event);
  }

  /** What is kept waiting, the longest first. */
  held(atMs: number): Held[] {
    const again = [...this.retried.values()].filter(({ key, lastMs }) => key || atMs - lastMs < AGAIN_MS);
    const all = [...this.waiting.values(), ...again];
    return all.sort((a, b) => a.sinceMs - b.sinceMs || urgency(b) - urgency(a));
  }

  /** What blocks objects, and how many of them. */
  blocked(): ReadonlyMap<string, number> {
    return this.blockers;
  }

  private begin(plan: Plan): void {
    this.plan = plan;
    for (const { plane, unopened } of plan.planes) {
      const going = plan.prunes.filter((each) => each.plane === plane && each.action !== 'keep');
      const state = new PlaneState(plane, plan.objects.filter((each) => each.plane === plane).length + going.length);
      state.unopened = unopened;
      this.planes.set(plane, state);
    }
  }

  private open(plane: Plane): void {
    const state = this.planes.get(plane);
    if (state) state.unopened = undefined;
  }

  private end(result: ObjectResult, atMs: number): void {
    const { plane, key, outcome, message } = result;
    this.planes.get(plane)?.end(result, atMs);
    this.retried.delete(`${plane} ${idOf(key)}`);
    if (outcome === 'blocked' && message) this.blockers.set(message, (this.blockers.get(message) ?? 0) + 1);
  }

  private wait(name: string, of: number, unready: readonly Unready[], atMs: number): void {
    const before = new Map(this.waiting);
    this.gate = { name, of, unready: unready.length };
    this.waiting.clear();
    for (const { plane, key, reason, failed, clusters } of unready) {
      const id = `${plane} ${idOf(key)}`;
      const sinceMs = before.get(id)?.sinceMs ?? atMs;
      this.waiting.set(id, { plane, key, reason, failed, clusters, sinceMs });
    }
  }

  private ready(name: string): void {
    this.waiting.clear();
    if (this.gate) this.gate = { ...this.gate, name, unready: 0 };
  }

  private retry({ plane, key, reason, hurdle, atMs }: ApplyEvent & { readonly type: 'retry' }): void {
    const state = this.planes.get(plane);
    if (hurdle === 'busy' && state) state.throttled++;
    const id = key ? `${plane} ${idOf(key)}` : `${plane} ${reason}`;
    const sinceMs = this.retried.get(id)?.sinceMs ?? atMs;
    this.retried.set(id, { plane, key, reason, again: true, sinceMs, lastMs: atMs });
  }
}

function idOf(key: ObjectKey): string {
  return `${key.apiVersion} ${keyText(key)}`;
}
