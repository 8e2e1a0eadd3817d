import { answerText, classify, printable } from '../plan/answer';
import type { ChartInput } from '../plan/chart-input';
import { CommandError, ExitCode } from '../plan/command-error';
import { holderOf, LEASE_SECONDS, LEASE_VERSION, type LeaseHolder, leaseOf, lockedTrouble } from '../plan/lease';
import type { Plane } from '../plan/plan';
import type { ApiRequest, ApiResponse, ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';
import { collectionPath, objectPath, type Resource } from './discovery';

/** The lock of one chart, as far as this run knows it. */
interface Lock {
  readonly chart: ChartInput;
  readonly server: ApiServer;
  /** As it was read or written last; undefined: there is none. */
  lease: any;
  /** This run has it, since then in the time of the server. */
  heldSinceMs?: number;
  /** When it was renewed last, in our own time. */
  renewedMs: number;
}

export interface LockOptions {
  /** Who we are, as others are told. */
  readonly holder: string;
  /** Takes locks that others have. */
  readonly steal?: boolean;
  /** @default 10000 */
  readonly renewMs?: number;
  readonly patience: Patience;
  now(): number;
  /** Told when a lock is taken from somebody, or by somebody. */
  tell(chart: ChartInput, text: string): void;
  /** Told when a lock is ours. */
  held?(chart: ChartInput, holder: string): void;
}

const LEASES: Resource = { plural: 'leases', namespaced: true };
const RENEW_MS = (LEASE_SECONDS / 3) * 1000;

/**
 * The locks of a run, one for each chart: another run at the same chart says who is there, and goes. A lock is renewed
 * while the run goes on, and free some time after its holder was heard of last; the clock is that of the server.
 */
export class Locks {
  private readonly locks = new Map<string, Lock>();
  /** How far the clock of a server is ahead of ours. */
  private readonly ahead = new WeakMap<ApiServer, number>();
  private readonly forgotten = new Set<string>();
  private readonly taken = new AbortController();
  private timer?: NodeJS.Timeout;
  /** The last renewal, which may be under way. */
  private renewing: Promise<void> = Promise.resolve();
  /** A lock that was needed on the way belonged to somebody else. */
  refused = false;

  constructor(private readonly options: LockOptions) {}

  /** Aborts when somebody took one of the locks, or one could not be renewed: the run has to end. */
  get lost(): AbortSignal {
    return this.taken.signal;
  }

  /** Reads the locks of charts, before anything else of them is read. Throws when another run has one. */
  async look(server: ApiServer, charts: readonly ChartInput[]): Promise<void> {
    const unknown = charts.filter(({ path }) => this.locks.get(path)?.heldSinceMs === undefined);
    await Promise.all(
      unknown.map(async (chart) => {
        const lease = await this.read(server, chart);
        this.locks.set(chart.path, { chart, server, lease, renewedMs: 0 });
      }),
    );
    this.refuse(unknown.map(({ path }) => this.locks.get(path) as Lock));
  }

  /**
   * Takes the locks of all charts that were looked at, but of those whose namespace is still to come. False: another run
   * was at one of them since it was looked at.
   */
  async take(): Promise<boolean> {
    const free = [...this.locks.values()].filter((lock) => lock.heldSinceMs === undefined);
    const taken = await Promise.all(free.map((lock) => this.hold(lock)));
    return taken.every(Boolean);
  }

  /** Takes the lock of a chart before the first write that it guards. */
  async need(path: string): Promise<void> {
    const lock = this.locks.get(path);
    if (!lock || lock.heldSinceMs !== undefined) return;
    const alone = await this.hold(lock);
    if (lock.heldSinceMs !== undefined) return;
    const what = alone ? `the namespace of the lock of ${path} is not there` : `another run was at ${path} meanwhile`;
    throw new CommandError(ExitCode.STALE, [{ what, fix: 'run apply again' }]);
  }

  /** A chart is gone, or its record goes with its namespace: its lock is renewed no more, and goes when it is let go. */
  forget(path: string): void {
    this.forgotten.add(path);
  }

  /** Lets go those of a server on which nothing more is to be done, or all. */
  async release(plane?: Plane): Promise<void> {
    if (!plane) clearInterval(this.timer);
    await this.renewing; // else a lock would be written twice at a time
    const held = [...this.locks.values()].filter(
      ({ heldSinceMs, chart }) => heldSinceMs !== undefined && (!plane || chart.plane === plane),
    );
    // what cannot be let go is free by itself after a while
    await Promise.allSettled(
      held.map((lock) => {
        const gone = this.forgotten.has(lock.chart.path) ? this.delete(lock) : this.write(lock, undefined, QUICK);
        lock.heldSinceMs = undefined; // it is not renewed meanwhile
        return gone;
      }),
    );
  }

  private async hold(lock: Lock): Promise<boolean> {
    const { holder, patience, tell, steal } = this.options;
    const before = holderOf(lock.lease);
    const answer = await this.write(lock, holder, patience);
    const kind = classify(answer);
    if (kind === 'absent' || kind === 'terminating') {
      lock.lease = undefined;
      return true; // its namespace comes in this run, or is on its way out, and with it all that the lock guards
    }
    if (kind === 'stale') {
      lock.lease = await this.read(lock.server, lock.chart);
      if (holderOf(lock.lease)?.name === holder) return this.kept(lock); // the answer to our first attempt was lost
      this.refuse([lock]);
      return false;
    }
    if (kind !== 'ok') throw notUsable(lock, answer);
    if (before)
      tell(
        lock.chart,
        `took the lock of ${lock.chart.path} from ${printable(before.name)}${steal ? '' : ', which is gone'}`,
      );
    return this.kept(lock);
  }

  private kept(lock: Lock): boolean {
    lock.heldSinceMs = this.serverNow(lock.server);
    lock.renewedMs = this.options.now();
    this.options.held?.(lock.chart, this.options.holder);
    this.timer ??= setInterval(() => (this.renewing = this.renew()), this.options.renewMs ?? RENEW_MS).unref();
    return true;
  }

  private async renew(): Promise<void> {
    const held = [...this.locks.values()].filter(
      ({ heldSinceMs, chart }) => heldSinceMs !== undefined && !this.forgotten.has(chart.path),
    );
    await Promise.all(held.map((lock) => this.renewOne(lock)));
  }

  private async renewOne(lock: Lock): Promise<void> {
    const { holder, now } = this.options;
    try {
      const answer = await this.write(lock, holder, QUICK);
      if (classify(answer) === 'ok') {
        lock.renewedMs = now();
        return;
      }
      const lease = await this.read(lock.server, lock.chart);
      const other = holderOf(lease);
      if (other?.name !== holder) return this.lose(lock, other);
      lock.lease = lease;
    } catch {
      // the server may be away for a moment
    }
    if (now() - lock.renewedMs > LEASE_SECONDS * 1000) this.lose(lock, undefined);
  }

  private lose(lock: Lock, other: LeaseHolder | undefined): void {
    lock.heldSinceMs = undefined;
    const { path } = lock.chart;
    const why = other
      ? `${printable(other.name)} took the lock of ${path}`
      : `the lock of ${path} could not be renewed`;
    this.options.tell(lock.chart, `${why}; nothing more is begun`);
    this.taken.abort(why);
  }

  private refuse(locks: readonly Lock[]): void {
    if (this.options.steal) return;
    const troubles = locks.flatMap(({ lease, chart, server }) => {
      const other = holderOf(lease);
      const now = this.serverNow(server);
      if (!other || other.name === this.options.holder || other.expiresMs <= now) return [];
      return [lockedTrouble(chart, { ...other, name: printable(other.name) }, now)];
    });
    if (!troubles.length) return;
    this.refused = true;
    throw new CommandError(ExitCode.LOCKED, troubles);
  }

  private async read(server: ApiServer, chart: ChartInput): Promise<any> {
    const request: ApiRequest = { method: 'GET', path: pathOf(chart) };
    const answer = await this.ask(server, request, this.options.patience);
    if (answer.status === 200) return answer.body;
    if (answer.status === 404) return undefined;
    throw notUsable({ chart }, answer);
  }

  /** Makes or replaces it as it was read: refused when somebody else did in between. */
  private async write(lock: Lock, holder: string | undefined, patience: Patience): Promise<ApiResponse> {
    const { chart, server, lease } = lock;
    const now = this.serverNow(server);
    const body = leaseOf(chart, holder, lock.heldSinceMs ?? now, now, lease);
    const path = lease ? pathOf(chart) : collectionPath(LEASE_VERSION, LEASES, chart.parent.key.namespace);
    const query = { fieldManager: 'cdk8s-karmada' };
    const answer = await this.ask(server, { method: lease ? 'PUT' : 'POST', path, query, body }, patience);
    if (classify(answer) === 'ok') lock.lease = answer.body;
    return answer;
  }

  private delete({ chart, server, lease }: Lock): Promise<ApiResponse> {
    const { uid, resourceVersion } = lease.metadata;
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid, resourceVersion } };
    return this.ask(server, { method: 'DELETE', path: pathOf(chart), body }, QUICK);
  }

  private async ask(server: ApiServer, request: ApiRequest, patience: Patience): Promise<ApiResponse> {
    const answer = await attempt(server, request, patience);
    if (answer.date !== undefined) this.ahead.set(server, answer.date - this.options.now());
    return answer;
  }

  private serverNow(server: ApiServer): number {
    return this.options.now() + (this.ahead.get(server) ?? 0);
  }
}

/** A lock is renewed or let go soon, or not at all. */
const QUICK: Patience = { longestMs: { busy: 5000, network: 5000, fault: 5000, webhook: 0, 'webhook-certificate': 0 } };

function pathOf({ parent: { key } }: ChartInput): string {
  return objectPath({ ...key, apiVersion: LEASE_VERSION, kind: 'Lease' }, LEASES);
}

function notUsable({ chart }: Pick<Lock, 'chart'>, answer: ApiResponse): CommandError {
  const { namespace, name } = chart.parent.key;
  const key = { apiVersion: LEASE_VERSION, kind: 'Lease', namespace, name };
  const denied = classify(answer) === 'forbidden';
  return new CommandError(denied ? ExitCode.DENIED : ExitCode.FAILED, [
    {
      what: `the lock of ${chart.path} cannot be read or written: ${answerText(key, answer)}`,
      at: `${chart.plane}: Lease/${namespace}/${name}`,
      fix: denied
        ? `use credentials that may get, create and update Leases in namespace ${namespace}`
        : 'mend that and apply again',
    },
  ]);
}
