import type { ObjectKey } from '../../../src/core/object-key';
import type { DesiredObject } from '../../plan/chart-input';
import { isTemplate, type Wait } from '../../plan/readiness/awaited';
import type { Chain, Reach } from '../../plan/readiness/propagation';
import { readinessOf } from '../../plan/readiness/readiness';
import { ruleFor, type UserRules } from '../../plan/readiness/user-rule';
import { failed, inProgress, LONG_GRACE_MS, NO_GRACE_MS, type Readiness } from '../../plan/readiness/verdict';
import type { ApiServer } from '../api-server';
import { attempt, inWindow, type Patience } from '../attempt';
import type { Resource } from '../discovery';
import { get } from '../live';
import { podCauses } from './causes';
import { Chains, type Template } from './chains';
import { allOf, Following } from './following';
import { Leases } from './leases';

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

/** What is waited for. */
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

export interface WatchOptions extends Waiting {
  readonly patience: Patience;
  now(): number;
  /** Told after each change. */
  changed(): void;
}

/** How far an object is; of a template, on each member. */
export type Judgement = Readiness | Chain;

/** How often the pods of what is not ready are asked, and who has to carry a chain on. */
const LOOK_MS = 10_000;
/** Objects that are asked for by themselves, and whose pods are. */
const MOST = 10;

/** Everything that is awaited on one server. */
export class ServerWatch {
  private readonly start: number;
  private readonly all: Following;
  private readonly chains?: Chains;
  private readonly leases: Leases;
  private readonly lives = new Map<Awaited, any>();
  private readonly pods = new Map<Awaited, readonly string[]>();
  /** What has the name of an object that is not in its set any more. */
  private readonly others = new Map<Awaited, any>();
  private storageClasses?: readonly any[];
  private isFollowing = false;
  private lookedAt: number;

  constructor(
    private readonly server: ApiServer,
    private readonly awaited: readonly Awaited[],
    private readonly options: WatchOptions,
  ) {
    const { now, patience } = options;
    this.start = now();
    this.lookedAt = this.start;
    this.all = new Following(server, options);
    this.leases = new Leases(server, now, patience);
    if (awaited.some((each) => this.isTemplate(each))) this.chains = new Chains(server, now, options);
    for (const each of awaited) this.lives.set(each, each.live);
  }

  async follow(): Promise<void> {
    const templates = this.awaited.filter((each) => this.isTemplate(each)).map(templateOf);
    await allOf([this.all.follow(this.awaited), this.chains?.follow(templates), this.readClasses()]);
    this.isFollowing = true;
  }

  async stop(): Promise<void> {
    await Promise.all([this.all.stop(), this.chains?.stop()]);
  }

  /** As it was seen last. */
  live(each: Awaited): any {
    return this.lives.get(each);
  }

  /** Before anything is followed: by what was seen when it was written. */
  judge(each: Awaited): Judgement {
    const refusal = this.all.refusal(each.key) ?? (this.isTemplate(each) ? this.chains?.refusal : undefined);
    if (refusal) return failed(`it cannot be watched: ${refusal}`, NO_GRACE_MS);
    const live = this.isFollowing ? (this.all.find(each) ?? this.others.get(each)) : each.live;
    if (live) this.lives.set(each, live);
    return this.stuck(each, this.chain(each, live) ?? this.readiness(each, live));
  }

  /** Why nobody does the next step of a chain. */
  absentDoer(judgement: Judgement): string | undefined {
    return 'step' in judgement ? this.leases.cause(judgement.step) : undefined;
  }

  /** Asks for what no watch tells. */
  async look(lacking: readonly (readonly [Awaited, Judgement])[]): Promise<void> {
    const { now, patience, failFast } = this.options;
    const absent = lacking.filter(([, { state }]) => state === 'absent').slice(0, MOST);
    await inWindow(MOST, absent, async ([each]) => {
      const found = await get(this.server, each, patience);
      if ('live' in found && found.live) this.others.set(each, found.live);
    });
    if (now() - this.lookedAt < LOOK_MS && !failFast) return;
    this.lookedAt = now();
    this.pods.clear();
    const first = this.server.plane === 'host' ? lacking.slice(0, MOST) : [];
    await Promise.all([
      ...first.map(async ([each]) => {
        this.pods.set(each, await podCauses(this.server, each, this.live(each), patience));
      }),
      this.leases.look(lacking.flatMap(([, judgement]) => ('step' in judgement ? [judgement.step] : []))),
    ]);
  }

  /** A template that is there, under the name that was written, and that no user rule is about. */
  private chain(each: Awaited, live: any): Judgement | undefined {
    const { metadata } = live ?? {};
    const isOurs = metadata && metadata.uid === each.live?.metadata?.uid && !metadata.deletionTimestamp;
    if (!isOurs || !this.chains || !this.isTemplate(each) || this.userRule(each) !== undefined) return undefined;
    if (!this.isFollowing) return inProgress('nobody has looked yet');
    return this.chains.of(templateOf(each), live, this.reach, this.options.now() - this.start);
  }

  private readiness(each: Awaited, live: any): Readiness {
    const { key, resource, live: written } = each;
    const user = this.userRule(each);
    const uid = written?.metadata?.uid;
    const subject = { plane: this.server.plane, key, live, seen: this.lives.get(each), uid, user };
    const { storageClasses, start: sinceMs } = this;
    const publishesStatus = resource.hasStatus;
    return readinessOf(subject, { nowMs: this.options.now(), sinceMs, storageClasses, publishesStatus });
  }

  private userRule({ key, object }: Awaited) {
    return ruleFor(key, object?.ready, this.options.rules);
  }

  /** Pods that do not get better by themselves, and a time that the user set. */
  private stuck(each: Awaited, judgement: Judgement): Judgement {
    if (judgement.state !== 'in-progress') return judgement;
    const ownMs = each.object?.readyTimeoutMs;
    if (ownMs !== undefined && this.options.now() - this.start >= ownMs)
      return failed(`${judgement.message}; its own time, ${ownMs / 1000} s, is over`, NO_GRACE_MS);
    const [cause] = this.pods.get(each) ?? [];
    return cause === undefined ? judgement : failed(`${judgement.message}: ${cause}`, LONG_GRACE_MS);
  }

  private isTemplate({ key, object }: Awaited): boolean {
    return isTemplate(this.options.wait ?? 'ready', object, key);
  }

  private get reach(): Reach {
    const { wait, clusters = 'all' } = this.options;
    return { until: wait === 'scheduled' || wait === 'applied' ? wait : 'healthy', clusters };
  }

  private async readClasses(): Promise<void> {
    if (!this.awaited.some(({ key }) => key.kind === 'PersistentVolumeClaim')) return;
    const path = '/apis/storage.k8s.io/v1/storageclasses';
    const response = await attempt(this.server, { method: 'GET', path }, this.options.patience);
    if (response.status === 200) this.storageClasses = response.body.items ?? [];
  }
}

function templateOf({ key, resource, object, live, fresh = false, propagates = false }: Awaited): Template {
  return { key, resource, manifest: object?.manifest ?? live, propagates, fresh };
}
