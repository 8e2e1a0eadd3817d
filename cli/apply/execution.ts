import { keyText } from '../../src/core/object-key';
import { type DesiredObject, identity } from '../plan/chart-input';
import { deniersIn } from '../plan/denial';
import { isDefinition } from '../plan/edges';
import { type Ordered, stagesOf } from '../plan/order';
import type { Plane } from '../plan/plan';
import type { ObjectResult, Outcome, Unready } from '../plan/progress';
import type { Wait } from '../plan/readiness/awaited';
import { notAllowed } from '../plan/replacement';
import { inWindow } from './attempt';
import { Gates, type GatesOptions } from './gates';
import { inWords } from './in-words';
import { ISSUE_WAVE } from './issuing';
import { injectCaBundle } from './pki/ca-bundle';
import { openKarmada } from './plane-gate';
import type { Preparation } from './preparation';
import { Pruning } from './pruning';
import { Records } from './records';
import { send } from './sending';
import { ServedKinds } from './served-kinds';
import type { Surveyed } from './survey';

export type { Wait };

export type ExecutionOptions = GatesOptions;

/** Waves of the control plane itself: when one fails, what stands on it is not tried. */
const LAST_WAVE_OF_CONTROL_PLANE = 6;

/** Writes what was prepared, wave by wave. */
export class Execution {
  readonly results = new Map<string, ObjectResult>();
  unready: readonly Unready[] = [];
  timedOut = false;
  issued = 0;
  restarted = 0;
  /** A record of a chart could not be written. */
  unrecorded = false;
  /** Why nothing more is begun, and from which wave on. */
  private halt?: { readonly wave: number; readonly why: string };
  private readonly served: ServedKinds;
  private readonly records: Records;
  /** Admission policies and webhooks that were written in this run. */
  private readonly deniers = new Set<string>();
  private readonly gates: Gates;
  readonly pruning: Pruning;

  constructor(
    private readonly preparation: Preparation,
    private readonly options: ExecutionOptions,
  ) {
    this.records = new Records(preparation);
    this.served = new ServedKinds(preparation);
    this.gates = new Gates(preparation, options);
    const { wait, timeoutMs, tell } = options;
    this.pruning = new Pruning(preparation, { wait: wait !== 'none', timeoutMs, written: this.records.uids, tell });
  }

  async run(): Promise<void> {
    let wave = -1;
    for (const stage of stagesOf(this.preparation.order)) {
      if (stage[0].wave > wave) {
        if (wave >= 0) await this.gate(wave);
        const objects = this.preparation.order.filter((each) => each.wave === stage[0].wave).length;
        await this.before(stage[0].wave, wave);
        wave = stage[0].wave;
        this.options.tell({ type: 'wave', wave, objects });
      }
      if (stage.some(({ object }) => object.plane === 'karmada')) await this.open(wave);
      // an object that has begun is ended, also after an interrupt: so no more begin than can be under way
      await inWindow(
        () => this.preparation.writesAtATime,
        stage,
        async (each) => {
          const wrong = await inWords(() => this.apply(each));
          if (wrong) this.done(each, 'failed', wrong);
        },
      );
      await this.definitions(stage);
    }
    await this.gate(wave);
    const pruning = this.prunes;
    if (pruning) this.pruning.announce();
    for (const plane of ['karmada', 'host'] as const) {
      if (pruning) await this.pruning.run(plane);
      // what is deleted on the host may be what Karmada runs on: its records and locks are done with before
      await this.close(plane);
    }
  }

  /** What left the code goes when all that is in it is there and runs; not when anything of it failed. */
  private get prunes(): boolean {
    const bad = [...this.results.values()].some(({ outcome }) => outcome === 'failed' || outcome === 'blocked');
    return !(bad || this.halt || this.timedOut || this.unready.length || this.interrupted);
  }

  /** Could something that may be in a set not be read? */
  get unread(): boolean {
    const sets = [...this.preparation.surveys.values()].flatMap((survey) => [...survey.sets.values()]);
    return sets.some((set) => set.incomplete);
  }

  private get interrupted(): boolean {
    return this.preparation.options.signal?.aborted ?? false;
  }

  private stop(wave: number, why: string): void {
    this.halt ??= { wave, why };
  }

  /** Keys and certificates are there before the first wave that mounts them. */
  private async before(wave: number, last: number): Promise<void> {
    const { input, servers, issuing, options, patience } = this.preparation;
    if (wave < ISSUE_WAVE || last >= ISSUE_WAVE || !servers.host || this.halt || this.interrupted) return;
    const { host } = servers;
    const wrong = await inWords(async () => {
      const at = new Date(options.now());
      const due = issuing.planned(at).some(({ action }) => action !== 'keep') || issuing.restarts(at).length > 0;
      const charts = input.charts.filter(({ plane }) => due && plane === 'host');
      for (const { path } of charts) await options.locks?.need(path);
      await issuing.issue(host, at, patience, (news) => {
        if (news.type === 'issued') this.issued++;
        else this.restarted++;
        this.options.tell(news);
      });
    });
    if (wrong) this.stop(wave, wrong);
  }

  /** The Karmada API server of this run, as soon as something goes there. */
  private async open(wave: number): Promise<void> {
    const { surveys, servers, patience, options } = this.preparation;
    if (surveys.has('karmada') || this.halt || this.interrupted || !servers.openKarmada) return;
    const { wait, timeoutMs, tell } = this.options;
    const opened = await openKarmada(servers.openKarmada, {
      timeoutMs: wait === 'none' ? 0 : timeoutMs,
      patience,
      now: options.now,
      tell,
    });
    if ('server' in opened) {
      tell({ type: 'opened', plane: 'karmada', url: opened.server.url });
      const wrong = await inWords(() => this.preparation.look(opened.server));
      if (wrong) this.stop(wave, wrong);
      else this.pruning.keepUnseen();
    } else {
      this.timedOut ||= wait !== 'none';
      this.stop(wave, opened.why);
    }
  }

  private async apply(each: Ordered): Promise<void> {
    const { object } = each;
    const survey = this.preparation.surveys.get(object.plane);
    const surveyed = survey?.objects.get(identity(object));
    const blocked = this.blocker(each, surveyed);
    if (blocked || !survey || !surveyed)
      return this.done(each, 'blocked', blocked ?? `${object.plane} was not reached`);
    const { verdict } = surveyed;
    const { replacement } = verdict;
    if (verdict.action === 'unchanged') {
      this.gates.add(each, survey, surveyed, this.preparation.issuing.restarted(surveyed.key) ?? surveyed.live);
      return this.done(each, 'unchanged');
    }
    // only after the Karmada of this run was opened: else the plan was refused before anything was written
    if (verdict.action === 'conflict' || verdict.action === 'refused') {
      const fields = verdict.conflicts.map(({ path, manager }) => `${path} belongs to ${manager}`);
      return this.done(each, 'failed', verdict.refusal?.message ?? fields.join(', '));
    }
    if (replacement && !replacement.allowed) return this.done(each, 'failed', notAllowed(replacement));
    const refused = this.records.standsIn(object) ? undefined : await this.records.open(object.chart);
    if (refused) return this.done(each, 'failed', refused);
    const resource = surveyed.resource ?? (await this.served.find(object, this.options.wait === 'none'));
    if (!resource)
      return this.done(each, 'failed', `${object.plane} does not serve ${object.key.kind} of ${object.key.apiVersion}`);
    const manifest = surveyed.manifest ?? this.withCa(object);
    if (!manifest) return this.done(each, 'failed', `Secret ${object.injectCa} with its authority is not there`);
    const { patience, options } = this.preparation;
    this.options.tell({ type: 'sending', plane: object.plane, key: surveyed.key });
    const sent = await send(
      {
        server: survey.server,
        object,
        key: surveyed.key,
        resource,
        manifest,
        live: surveyed.live,
        set: this.records.idOf(object.chart),
        recordedTaints: this.records.taintsOf(object.chart, surveyed.key),
        awaited: verdict.notes.length > 0,
        deniers: this.deniers,
        replace: replacement !== undefined,
      },
      { patience, leavingMs: options.leavingMs, now: options.now },
    );
    if (sent.outcome === 'failed') return this.done(each, 'failed', sent.message);
    this.records.applied(object, surveyed.key, sent.live);
    for (const denier of deniersIn(surveyed.key, object.manifest)) this.deniers.add(denier);
    this.gates.add(each, survey, { ...surveyed, resource }, sent.live);
    this.done(each, sent.outcome);
  }

  private blocker({ needs, wave }: Ordered, surveyed: Surveyed | undefined): string | undefined {
    if (this.interrupted) return 'the run was interrupted';
    const missing = needs.find((need) =>
      ['failed', 'blocked'].includes(this.results.get(identity(need))?.outcome ?? ''),
    );
    if (missing) return `it needs ${missing.plane}: ${keyText(missing.key)}`;
    // what is as wanted needs nothing, so it is not in the way of those who read the summary
    if (surveyed?.verdict.action === 'unchanged') return undefined;
    return this.halt && wave >= this.halt.wave ? this.halt.why : undefined;
  }

  private withCa(object: DesiredObject): any {
    const authority = object.injectCa && this.preparation.issuing.authority(object.injectCa);
    return authority && injectCaBundle(object.manifest, authority);
  }

  private done(each: Ordered, outcome: Outcome, message?: string): void {
    const { object, wave } = each;
    const { plane, chart, path, source } = object;
    const key = this.preparation.surveys.get(plane)?.objects.get(identity(object))?.key ?? object.key;
    const result = { plane, chart, key, wave, path, source, outcome, ...(message ? { message } : {}) };
    this.results.set(identity(object), result);
    this.options.tell({ type: 'object', result });
    if (outcome === 'failed' && wave <= LAST_WAVE_OF_CONTROL_PLANE) {
      this.stop(wave + 1, `wave ${wave} failed at ${plane}: ${keyText(key)}`);
    }
  }

  /** Holds the next wave back until what this one wrote runs. */
  private async gate(wave: number): Promise<void> {
    if (this.interrupted || this.halt) return;
    const left = await this.gates.afterWave(wave);
    if (!left.length || this.interrupted) return;
    this.unready = left;
    this.timedOut = true;
    const failed = left.find((each) => each.failed);
    const why = failed ? `failed at ${failed.plane}: ${keyText(failed.key)}` : 'did not become ready in time';
    this.stop(wave + 1, `wave ${wave} ${why}`);
  }

  /** Whatever the waiting: objects of a new kind can be written only when the kind is established and discovered. */
  private async definitions(stage: readonly Ordered[]): Promise<void> {
    const written = stage.filter(({ object }) => {
      const outcome = this.results.get(identity(object))?.outcome;
      return isDefinition(object) && (outcome === 'created' || outcome === 'updated');
    });
    if (!written.length) return;
    const names = new Set(written.map(({ object }) => identity(object)));
    const left = await this.gates.ofDefinitions(names);
    for (const unready of left) {
      const each = written.find(({ object }) => identity(object) === identity(unready));
      if (each) this.done(each, 'failed', `it was written, and cannot be used: ${unready.reason}`);
    }
    const usable = written.filter(({ object }) => this.results.get(identity(object))?.outcome !== 'failed');
    await this.served.waitFor(usable.map(({ object }) => object));
  }

  private async close(plane: Plane): Promise<void> {
    if (this.interrupted) return;
    for (const text of await this.records.close(plane, this.results, this.pruning)) {
      this.unrecorded = true;
      this.options.tell({ type: 'warning', plane, text });
    }
    await this.preparation.options.locks?.release(plane);
  }
}
