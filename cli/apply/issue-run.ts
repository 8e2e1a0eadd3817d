import { setMaxListeners } from 'node:events';
import { printable } from '../plan/answer';
import type { ChartInput, Input } from '../plan/chart-input';
import { objectsOf } from '../plan/chart-input';
import { CommandError, ExitCode } from '../plan/command-error';
import { digestOf, type IssuePlan, type IssueSummary, isDue } from '../plan/instance/issue-plan';
import type { PlannedPlane } from '../plan/plan';
import type { ApplyNews } from '../plan/progress';
import { type ApiServer, Unreachable } from './api-server';
import type { Patience } from './attempt';
import { Bundles } from './bundles';
import { type Awaited, waitUntilReady } from './gate';
import { Issuing } from './issuing';
import { Locks } from './locks';
import { getNamespace } from './pki/namespace';
import type { PkiPlan } from './pki/plan';

/** An instance whose keys and certificates are looked after. */
export interface IssueTarget {
  readonly plan: PkiPlan;
  readonly host: ApiServer;
  /** Its chart on the host, whose lock is taken. */
  readonly chart: ChartInput;
  /** Its charts; left out when it left the code. */
  readonly input?: Input;
  /** Karmada's API server, with the credentials that the host has now; undefined while it has none. */
  openKarmada(): Promise<ApiServer | undefined>;
}

export interface IssueOptions {
  readonly holder: string;
  readonly stealLock?: boolean;
  /** Until all that starts anew is ready. */
  readonly wait: boolean;
  readonly timeoutMs: number;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  now(): number;
  tell(news: ApplyNews): void;
}

const WINDOW = 16;

/** Issues what an instance lacks, and nothing else: whoever carries the rest of it is not disturbed. */
export class IssueRun {
  private issuing!: Issuing;
  private bundles?: Bundles;

  constructor(
    private readonly target: IssueTarget,
    private readonly options: IssueOptions,
  ) {}

  /** What there is to do. Writes nothing. */
  async plan(patience = this.options.patience): Promise<IssuePlan> {
    const { plan, host } = this.target;
    await getNamespace(host, plan.namespace, patience);
    this.issuing = await Issuing.of(plan, host, patience);
    const now = new Date(this.options.now());
    const issues = this.issuing.planned(now); // what cannot be done is said before Karmada is asked
    const unlooked = await this.look(patience);
    return {
      instance: plan.instance,
      planes: [planned(host), ...(this.karmada ? [planned(this.karmada)] : [])],
      issues,
      restarts: this.issuing.restarts(now),
      bundles: this.bundles?.planned() ?? [],
      ...(unlooked ? { unlooked } : {}),
    };
  }

  private karmada?: ApiServer;

  /** Reads the CA bundles on Karmada; gives in words why it could not. */
  private async look(patience: Patience): Promise<string | undefined> {
    const { input } = this.target;
    this.bundles = undefined;
    if (!input) return 'its code is not here, which says what they are on';
    const objects = objectsOf(input.all).filter(({ injectCa }) => injectCa);
    if (!objects.length) return undefined;
    const lacking = objects.find(({ injectCa = '' }) => !this.issuing.authority(injectCa));
    if (lacking) return `Secret ${lacking.injectCa} is not there yet`;
    try {
      this.karmada = await this.target.openKarmada();
      if (!this.karmada) return 'the admin kubeconfig is not there yet';
      this.bundles = await Bundles.read(this.karmada, objects, (secret) => this.issuing.authority(secret), patience);
      return undefined;
    } catch (error) {
      if (error instanceof Unreachable) return `Karmada does not answer: ${printable(error.message)}`;
      if (error instanceof CommandError && error.exitCode === ExitCode.DENIED)
        return `Karmada refuses: ${error.troubles.map(({ what }) => printable(what)).join('; ')}`;
      throw error;
    }
  }

  /** Does it. Throws, before anything is written, when it is no longer what was approved. */
  async run(approved: IssuePlan): Promise<IssueSummary> {
    const { target, options } = this;
    const { host, chart } = target;
    const { patience, now, tell } = options;
    const locks = new Locks({
      holder: options.holder,
      steal: options.stealLock,
      patience: { signal: options.signal },
      now,
      tell: ({ plane }, text) => tell({ type: 'warning', plane, text }),
    });
    const signal = AbortSignal.any([options.signal, locks.lost]);
    setMaxListeners(0, signal); // every pause listens
    const guarded = { ...patience, signal };
    try {
      await locks.look(host, [chart]);
      if (isDue(approved)) {
        await locks.take();
        await locks.need(chart.path);
        if (digestOf(await this.plan(guarded)) !== digestOf(approved)) throw stale();
      }
      return await this.write(approved, guarded, locks);
    } finally {
      await locks.release();
    }
  }

  private async write(approved: IssuePlan, patience: Patience, locks: Locks): Promise<IssueSummary> {
    const { target, options } = this;
    const at = new Date(options.now());
    const counts = { issued: 0, restarted: 0, filled: 0 };
    await this.issuing.issue(target.host, at, patience, (news) => {
      counts[news.type === 'issued' ? 'issued' : 'restarted']++;
      options.tell(news);
    });
    // with what was issued Karmada may answer now
    const unlooked = this.bundles && !counts.issued ? approved.unlooked : await this.look(patience);
    await this.bundles?.fill(patience, (key) => {
      counts.filled++;
      options.tell({ type: 'filled', key });
    });
    const unready = options.wait ? await this.waitForRestarts(patience) : [];
    const absent = (this.bundles?.planned() ?? []).filter(({ action }) => action === 'absent');
    const later = [
      ...(unlooked && target.input ? [`CA bundles on Karmada were not looked at: ${unlooked}`] : []),
      ...absent.map(({ key }) => `karmada: ${key.kind}/${key.name} is not there yet, so it has no CA bundle`),
    ];
    const interrupted = options.signal.aborted;
    const codes: readonly (readonly [boolean, number])[] = [
      [locks.lost.aborted && !interrupted, ExitCode.LOCKED],
      [interrupted, ExitCode.INTERRUPTED],
      [unready.some(({ failed }) => failed), ExitCode.FAILED],
      [unready.length > 0, ExitCode.TIMED_OUT],
      [later.length > 0, ExitCode.INCOMPLETE],
    ];
    return { ...counts, unready, later, interrupted, exitCode: codes.find(([holds]) => holds)?.[1] ?? ExitCode.OK };
  }

  private waitForRestarts(patience: Patience) {
    const { host } = this.target;
    const { timeoutMs, now, tell } = this.options;
    const awaited = this.issuing.allRestarted().map(
      ({ key, plural, live }): Awaited => ({
        server: host,
        key,
        resource: { plural, namespaced: true, hasStatus: true },
        live,
        fresh: true,
      }),
    );
    if (!awaited.length) return [];
    return waitUntilReady('restarts', awaited, { timeoutMs, window: WINDOW, patience, now, tell });
  }
}

function planned({ plane, name, url }: ApiServer): PlannedPlane {
  return { plane, ...(name ? { name } : {}), url };
}

function stale(): CommandError {
  return new CommandError(ExitCode.STALE, [
    { what: 'the servers have changed since the plan was shown; nothing was written', fix: 'run instance issue again' },
  ]);
}
