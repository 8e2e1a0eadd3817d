import type { ObjectKey } from '../../src/core/object-key';
import { printable } from '../plan/answer';
import type { DesiredObject } from '../plan/chart-input';
import { sameValue } from '../plan/field-path';
import type { ApplyNews, Unready } from '../plan/progress';
import { isTemplate, type Wait } from '../plan/readiness/awaited';
import type { Chain, Reach } from '../plan/readiness/propagation';
import { readinessOf } from '../plan/readiness/readiness';
import { ruleFor, type UserRules } from '../plan/readiness/user-rule';
import { failed, LONG_GRACE_MS, type Readiness, type Surroundings } from '../plan/readiness/verdict';
import type { ApiServer } from './api-server';
import { attempt, type Patience, pause } from './attempt';
import type { Resource } from './discovery';
import { eventCauses, podCauses } from './readiness/causes';
import { Chains, type Template } from './readiness/chains';
import { Following } from './readiness/following';
import { Leases } from './readiness/leases';

/** An object that the next wave needs ready. */
export interface Awaited {
  readonly server: ApiServer;
  readonly key: ObjectKey;
  readonly resource: Resource;
  /** As it was seen last. */
  readonly live: any;
  readonly object?: DesiredObject;
  /** It was written in this run. */
  readonly fresh?: boolean;
  /** A policy of the code selects it. */
  readonly propagates?: boolean;
}

/** What is waited for, and how long. */
export interface Waiting {
  /** @default 'ready' */
  readonly wait?: Wait;
  /** Members that have to be there. @default 'all' */
  readonly clusters?: Reach['clusters'];
  /** What users say about when a kind is ready. */
  readonly rules?: UserRules;
  /** What has failed is not given time to recover. */
  readonly failFast?: boolean;
  /** A watch that says nothing for so long is taken to be dead. @default 60000 */
  readonly silenceMs?: number;
}

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
/** How often the pods of what is not ready are asked. */
const PODS_MS = 10_000;
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

/** One wait. */
class Gate {
  private readonly start: number;
  private readonly servers = new Map<ApiServer, Followed>();
  private readonly failedSince = new Map<Awaited, number>();
  private readonly seen = new Map<Awaited, any>();
  private readonly pods = new Map<Awaited, readonly string[]>();
  private lookedAtPods: number;
  private told: readonly Unready[] = [];
  private changed?: () => void;

  constructor(
    private readonly name: string,
    private readonly awaited: readonly Awaited[],
    private readonly options: GateOptions,
  ) {
    this.start = options.now();
    this.lookedAtPods = this.start;
    for (const each of awaited) this.seen.set(each, each.live);
  }

  async wait(): Promise<Unready[]> {
    // what was seen already may do
    if (!this.lacking().length) return [];
    try {
      await this.follow();
      return await this.untilReady();
    } finally {
      await Promise.all([...this.servers.values()].map(({ all, chains }) => Promise.all([all.stop(), chains?.stop()])));
    }
  }

  private async untilReady(): Promise<Unready[]> {
    const { timeoutMs, now, tell, patience } = this.options;
    const end = this.start + timeoutMs;
    for (;;) {
      const lacking = this.lacking();
      const unready = lacking.map(([each, readiness]) => this.unready(each, readiness));
      if (!unready.length) {
        if (this.told.length) tell({ type: 'ready', gate: this.name });
        return [];
      }
      if (!sameValue(this.told, unready)) tell({ type: 'waiting', gate: this.name, unready });
      this.told = unready;
      const isOver = unready.some((each) => each.failed) || now() >= end || patience.signal?.aborted;
      if (isOver) return this.withCauses(lacking, unready);
      await this.change(Math.min(LOOK_MS, Math.max(0, end - now())));
      await this.look(lacking);
    }
  }

  /** A change, or the time until the next look; what changes together is looked at once. */
  private async change(longestMs: number): Promise<void> {
    const { signal } = this.options.patience;
    const waited = new AbortController();
    const stop = () => waited.abort();
    this.changed = stop;
    signal?.addEventListener('abort', stop);
    await pause(longestMs, waited.signal);
    signal?.removeEventListener('abort', stop);
    this.changed = undefined;
    if (waited.signal.aborted && !signal?.aborted) await pause(Math.min(SETTLE_MS, longestMs), signal);
  }

  private async follow(): Promise<void> {
    const { now, patience, silenceMs } = this.options;
    const follow = { patience, silenceMs, changed: () => this.changed?.() };
    await Promise.all(
      [...new Set(this.awaited.map(({ server }) => server))].map(async (server) => {
        const own = this.awaited.filter((each) => each.server === server);
        const templates = own.filter((each) => this.isTemplate(each)).map(templateOf);
        const all = new Following(server, follow);
        const chains = templates.length ? new Chains(server, now, follow) : undefined;
        this.servers.set(server, { all, chains, leases: new Leases(server, now, patience) });
        await Promise.all([all.follow(own), chains?.follow(templates, this.reach), this.storage(server, own)]);
      }),
    );
  }

  private async storage(server: ApiServer, own: readonly Awaited[]): Promise<void> {
    if (server.plane !== 'host' || !own.some(({ key }) => key.kind === 'PersistentVolumeClaim')) return;
    const path = '/apis/storage.k8s.io/v1/storageclasses';
    const response = await attempt(server, { method: 'GET', path }, this.options.patience);
    const followed = this.servers.get(server);
    if (response.status === 200 && followed) followed.storageClasses = response.body.items ?? [];
  }

  private lacking(): [Awaited, Readiness | Chain][] {
    const lacking: [Awaited, Readiness | Chain][] = [];
    for (const each of this.awaited) {
      const readiness = this.judge(each);
      if (readiness.state !== 'failed' && readiness.state !== 'absent') this.failedSince.delete(each);
      else if (!this.failedSince.has(each)) this.failedSince.set(each, this.options.now());
      if (readiness.state !== 'current') lacking.push([each, readiness]);
    }
    return lacking;
  }

  private judge(each: Awaited): Readiness | Chain {
    const { server, key, resource, object, live: written } = each;
    const { now, rules } = this.options;
    const followed = this.servers.get(server);
    const refusal = followed?.all.refusal(key) ?? (this.isTemplate(each) ? followed?.chains?.refusal : undefined);
    if (refusal) return failed(`it cannot be watched: ${refusal}`, 0);
    const live = followed ? followed.all.find({ key, resource }) : written;
    if (live) this.seen.set(each, live);
    const waitedMs = now() - this.start;
    const user = ruleFor(key, object?.ready, rules);
    const subject = { plane: server.plane, key, live, seen: this.seen.get(each), uid: written?.metadata?.uid, user };
    const surroundings: Surroundings = {
      nowMs: now(),
      sinceMs: this.start,
      storageClasses: followed?.storageClasses,
      publishesStatus: resource.hasStatus,
    };
    const isChain = this.isTemplate(each) && live && user === undefined && !live.metadata.deletionTimestamp;
    if (isChain && !followed) return { state: 'in-progress', message: 'nobody has looked yet' };
    const readiness: Readiness | Chain =
      isChain && followed?.chains && live.metadata.uid === subject.uid
        ? followed.chains.of(templateOf(each), live, this.reach, waitedMs)
        : readinessOf(subject, surroundings);
    return this.stuck(each, readiness, waitedMs);
  }

  /** Pods that do not get better by themselves, and a time that the user set. */
  private stuck(each: Awaited, readiness: Readiness, waitedMs: number): Readiness {
    if (readiness.state !== 'in-progress') return readiness;
    const ownMs = each.object?.readyTimeoutMs;
    if (ownMs !== undefined && waitedMs >= ownMs)
      return failed(`${readiness.message}; its own time, ${ownMs / 1000} s, is over`, 0);
    const [cause] = this.pods.get(each) ?? [];
    return cause === undefined ? readiness : failed(`${readiness.message}: ${cause}`, LONG_GRACE_MS);
  }

  private unready(each: Awaited, readiness: Readiness | Chain): Unready {
    const { server, key } = each;
    const since = this.failedSince.get(each) ?? this.options.now();
    const graceMs = readiness.state === 'failed' ? readiness.graceMs : LONG_GRACE_MS;
    const isFinal =
      (readiness.state === 'failed' || readiness.state === 'absent') &&
      (this.options.failFast || this.options.now() - since >= graceMs);
    const clusters = 'clusters' in readiness && readiness.clusters.length ? readiness.clusters : undefined;
    const step = 'step' in readiness ? readiness.step : undefined;
    const nobody = step && this.servers.get(server)?.leases.cause(step);
    const message = readiness.state === 'current' ? '' : readiness.message;
    return {
      plane: server.plane,
      key,
      reason: printable(nobody ? `${message}; ${nobody}` : message),
      ...(isFinal ? { failed: true as const } : {}),
      ...(clusters ? { clusters: clusters.map((one) => ({ ...one, detail: printable(one.detail) })) } : {}),
    };
  }

  /** Asks for what no watch tells. */
  private async look(lacking: readonly (readonly [Awaited, Readiness | Chain])[]): Promise<void> {
    const { now, patience } = this.options;
    if (now() - this.lookedAtPods >= PODS_MS || this.options.failFast) {
      this.lookedAtPods = now();
      this.pods.clear();
      const first = lacking.filter(([{ server }]) => server.plane === 'host').slice(0, MOST_CAUSES);
      await Promise.all(
        first.map(async ([each]) => {
          this.pods.set(each, await podCauses(each.server, each, this.seen.get(each), patience));
        }),
      );
    }
    if (now() - this.start < PODS_MS) return;
    for (const [server, { leases }] of this.servers) {
      const steps = lacking.flatMap(([each, readiness]) =>
        each.server === server && 'step' in readiness ? [readiness.step] : [],
      );
      await leases.look(steps);
    }
  }

  /** When the wait has ended: why, as far as the servers say. */
  private async withCauses(
    lacking: readonly (readonly [Awaited, Readiness])[],
    unready: readonly Unready[],
  ): Promise<Unready[]> {
    const { signal: _, ...patience } = this.options.patience;
    return Promise.all(
      unready.map(async (each, i) => {
        if (i >= MOST_CAUSES || this.options.patience.signal?.aborted) return each;
        const [subject] = lacking[i];
        const live = this.seen.get(subject);
        const brief = { ...patience, attempts: 1 };
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

  private isTemplate({ key, object }: Awaited): boolean {
    return isTemplate(this.options.wait ?? 'ready', object, key);
  }

  private get reach(): Reach {
    const { wait, clusters = 'all' } = this.options;
    return { until: wait === 'scheduled' || wait === 'applied' ? wait : 'healthy', clusters };
  }
}

/** What is followed on one server. */
interface Followed {
  readonly all: Following;
  readonly chains?: Chains;
  readonly leases: Leases;
  storageClasses?: readonly any[];
}

function templateOf({ key, resource, object, live, fresh = false, propagates = false }: Awaited): Template {
  return { key, resource, manifest: object?.manifest ?? live, propagates, fresh };
}
