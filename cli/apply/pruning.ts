import { keyText } from '../../src/core/object-key';
import { answerText, classify } from '../plan/answer';
import { type Member, memberId } from '../plan/apply-set';
import type { Plane } from '../plan/plan';
import type { ApplyNews, ObjectResult } from '../plan/progress';
import { judge } from '../plan/prune';
import type { ApiServer } from './api-server';
import { attempt, inWindow, pause } from './attempt';
import { type Leaving, pruneStages } from './departures';
import type { Resource } from './discovery';
import { inWords } from './in-words';
import { get } from './live';
import type { Preparation } from './preparation';
import { withdraw } from './withdrawal';
import { deleteUnchanged, STALE_ATTEMPTS } from './write';

export interface PruningOptions {
  /** Waits until what is deleted is gone before it deletes what that depended on. */
  readonly wait: boolean;
  /** Of each turn. */
  readonly timeoutMs: number;
  /** UIDs of what this run has written: none of it is deleted. */
  readonly written: ReadonlySet<string>;
  tell(news: ApplyNews): void;
}

const WENT = 'it went to another chart since it was looked at';
const FIRST_LOOK_MS = 50;
const LOOK_MS = 1000;

/** Deletes what left the code, in the reverse of the order in which it was made; Karmada's turn is before its host's. */
export class Pruning {
  /** One for each object that was to be deleted. */
  readonly results: ObjectResult[] = [];
  timedOut = false;
  /** Servers that were looked at for the plan. */
  private readonly planned: ReadonlySet<Plane>;
  /** What is still there of each chart, and stays in its record. */
  private readonly remaining = new Map<string, Member[]>();

  constructor(
    private readonly preparation: Preparation,
    private readonly options: PruningOptions,
  ) {
    this.planned = new Set(preparation.surveys.keys());
    for (const each of preparation.leaving()) this.keep(each);
  }

  /** What is still there of a chart, and not in the code. */
  remains(plane: Plane, chart: string): readonly Member[] {
    return this.remaining.get(`${plane} ${chart}`) ?? [];
  }

  /** What leaves a server that this run has opened was in no plan that a person has seen: it stays until the next run. */
  keepUnseen(): void {
    for (const each of this.preparation.leaving()) if (!this.planned.has(each.planned.plane)) this.keep(each);
  }

  /** Says how much will go, before any of it does. */
  announce(): void {
    const objects = this.going.length;
    if (objects) this.options.tell({ type: 'pruning', objects });
  }

  /** Deletes what left the code on one server. */
  async run(plane: Plane): Promise<void> {
    const survey = this.preparation.surveys.get(plane);
    const going = this.going.filter(({ planned }) => planned.plane === plane);
    if (survey && going.length) await this.delete(survey.server, going);
  }

  private get going(): readonly Leaving[] {
    return this.preparation
      .leaving()
      .filter(({ planned }) => this.planned.has(planned.plane) && planned.action !== 'keep');
  }

  private async delete(server: ApiServer, going: readonly Leaving[]): Promise<void> {
    let stuck: string | undefined;
    for (const stage of pruneStages(going)) {
      if (stuck !== undefined || this.preparation.patience.signal?.aborted) {
        for (const each of stage) this.done(each, 'blocked', stuck ?? 'the run was interrupted');
        continue;
      }
      const asked: Leaving[] = [];
      await inWindow(this.preparation.window, stage, async (each) => {
        this.options.tell({ type: 'sending', plane: server.plane, key: each.planned.key });
        const wrong = await inWords(async () => {
          if (each.planned.action === 'withdraw') {
            const why = await withdraw(server, each, this.preparation.patience);
            return this.done(each, why === undefined ? 'withdrawn' : 'failed', why);
          }
          const why = await this.ask(server, each);
          if (why === undefined) asked.push(each);
          else this.done(each, 'failed', why);
        });
        if (wrong) this.done(each, 'failed', wrong);
      });
      await this.gone(server, asked);
      const left = stage.filter((each) =>
        this.results.some((result) => isOf(result, each) && result.outcome === 'failed'),
      );
      if (left.length) stuck = `${keyText(left[0].planned.key)} has to go first`;
    }
  }

  /** Has the object deleted, if it is still what was judged; gives why not. */
  private async ask(server: ApiServer, { member, live, resource, departure }: Leaving): Promise<string | undefined> {
    let seen = live;
    for (let n = 1; ; n++) {
      const { uid, deletionTimestamp } = seen.metadata;
      if (this.options.written.has(uid)) return 'this run has just written it';
      if (deletionTimestamp) return undefined;
      this.letGo(server, member);
      const request = deleteUnchanged(member, resource as Resource, seen);
      const answer = await attempt(server, request, this.preparation.patience, member);
      const kind = classify(answer);
      if (kind === 'ok' || kind === 'absent') return undefined;
      if (kind !== 'stale' || n === STALE_ATTEMPTS) return answerText(member, answer);
      const found = await get(server, { key: member, resource: resource as Resource }, this.preparation.patience);
      if ('refused' in found) return answerText(member, found.refused);
      if (!found.live) return undefined;
      if (found.live.metadata.uid !== uid) return 'somebody made it anew since it was looked at';
      const judgement = judge(member, found.live, departure);
      if (judgement.action !== 'prune') return ('why' in judgement && judgement.why) || WENT;
      seen = found.live;
    }
  }

  /** With the namespace of a record its lock goes: nobody can renew it then. */
  private letGo({ plane }: ApiServer, { apiVersion, kind, name }: Member): void {
    const { input, options } = this.preparation;
    if (apiVersion !== 'v1' || kind !== 'Namespace') return;
    for (const { path, parent, plane: of } of input.charts)
      if (of === plane && parent.key.namespace === name) options.locks?.forget(path);
  }

  /** Waits until they are gone: what deletes them in the end may be finalizers of others. */
  private async gone(server: ApiServer, asked: readonly Leaving[]): Promise<void> {
    const { options, patience, window } = this.preparation;
    if (!this.options.wait) {
      for (const each of asked) this.done(each, 'pruned');
      return;
    }
    const end = options.now() + this.options.timeoutMs;
    let left = asked;
    for (let wait = FIRST_LOOK_MS; left.length; wait = Math.min(LOOK_MS, wait * 2)) {
      const still = new Map<Leaving, any>();
      await inWindow(window, left, async (each) => {
        const { member, resource, live } = each;
        const found = await get(server, { key: member, resource: resource as Resource }, patience);
        if ('live' in found && found.live?.metadata.uid !== live.metadata.uid) this.done(each, 'pruned');
        else still.set(each, 'live' in found ? found.live : live);
      });
      left = [...still.keys()];
      if (!left.length) return;
      if (options.now() >= end || patience.signal?.aborted) {
        this.timedOut ||= !patience.signal?.aborted;
        for (const [each, live] of still) this.done(each, 'failed', stillThere(live));
        return;
      }
      await pause(wait, patience.signal);
    }
  }

  private done(each: Leaving, outcome: 'pruned' | 'withdrawn' | 'failed' | 'blocked', message?: string): void {
    const { plane, chart, key, path } = each.planned;
    const result = { plane, chart, key, wave: each.member.wave, path, outcome, ...(message ? { message } : {}) };
    this.results.push(result);
    if (outcome === 'pruned' || outcome === 'withdrawn') this.forget(each);
    this.options.tell({ type: 'object', result });
  }

  private keep({ planned, member }: Leaving): void {
    const set = `${planned.plane} ${planned.chart}`;
    this.remaining.set(set, [...(this.remaining.get(set) ?? []), member]);
  }

  private forget({ planned, member }: Leaving): void {
    const set = `${planned.plane} ${planned.chart}`;
    const others = (this.remaining.get(set) ?? []).filter((other) => memberId(other) !== memberId(member));
    this.remaining.set(set, others);
  }
}

function isOf(result: ObjectResult, { planned }: Leaving): boolean {
  return result.plane === planned.plane && memberId(result.key) === memberId(planned.key);
}

function stillThere(live: any): string {
  const finalizers: string[] = [...(live.metadata.finalizers ?? []), ...(live.spec?.finalizers ?? [])];
  const messages = (live.status?.conditions ?? [])
    .filter(
      ({ type, status }: any) =>
        /^NamespaceDeletion|^NamespaceContentRemaining|^NamespaceFinalizersRemaining/.test(type) && status === 'True',
    )
    .map(({ message }: any) => message);
  const why = finalizers.length ? `finalizers: ${finalizers.join(', ')}` : 'nothing says why';
  return `it is still being deleted (${[why, ...messages].join('; ')})`;
}
