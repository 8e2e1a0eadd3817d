import { version } from '../../package.json';
import { Interrupted } from '../apply/attempt';
import { withCrds } from '../apply/crds/filling';
import { crdReader } from '../apply/crds/reading';
import type { LeaveOptions } from '../apply/departures';
import { Answers } from '../apply/dry-run';
import { applyInput, planLive } from '../apply/engine';
import type { Wait } from '../apply/execution';
import { refusalOfPlan } from '../apply/refusal';
import { withSecretValues } from '../apply/secret-values';
import { CommandError, ExitCode } from '../plan/command-error';
import { hasChanges, type Plan } from '../plan/plan';
import type { ApplyEvent, ApplySummary, ObjectResult } from '../plan/progress';
import { massPrune } from '../plan/prune';
import type { SavedPlan } from '../plan/saved-plan';
import { summaryText } from '../render/apply-text';
import { paint } from '../render/paint';
import { findingsData, findingsText, type ObjectFinding } from '../render/plan-findings';
import { planText } from '../render/plan-text';
import { checked } from './checks';
import { confirm, expectAnswer } from './confirm';
import type { Context } from './context';
import { milliseconds } from './duration';
import { coloured, writeFitted } from './options';
import { Progress, type ProgressOptions, type Tell } from './progress';
import { leaveOptions, type PruneOptions } from './prune-options';
import { openSavedPlan, stillPlanned } from './saved-plan';
import { secretReader } from './secret-reader';
import { readRun, type ServerOptions, withServers } from './servers';
import { readWaiting } from './waiting';
import { refuseLateWarnings, refuseWarnings, type WarningOptions } from './warnings';

export interface ApplyOptions extends ServerOptions, PruneOptions, WarningOptions, ProgressOptions {
  readonly yes?: boolean;
  readonly wait: Wait;
  readonly waitClusters?: string;
  readonly timeout: string;
  readonly runTimeout: string;
  readonly readyRules?: string;
  readonly failFast?: boolean;
  readonly stealLock?: boolean;
  /** A file that `plan --out` wrote. */
  readonly plan?: string;
}

/** Makes the servers as the input says, after showing the plan. */
export async function apply(given: ApplyOptions, context: Context): Promise<number> {
  const saved = given.plan === undefined ? undefined : openSavedPlan(given.plan, context);
  const options = saved
    ? { ...given, instance: given.instance ?? saved.instance, only: given.only ?? saved.only }
    : given;
  const timeoutMs = milliseconds(options.timeout, '--timeout');
  const runTimeoutMs = milliseconds(options.runTimeout, '--run-timeout');
  const waiting = {
    wait: options.wait,
    timeoutMs,
    runTimeoutMs,
    failFast: options.failFast,
    ...readWaiting(options, context),
  };
  if (!options.yes && !saved) expectAnswer(context);
  const read = await readRun(options, context);
  const findings = checked(read, options.assume ?? []);
  const readSecret = secretReader(context);
  const run = { ...read, input: await withCrds(withSecretValues(read.input, readSecret), crdReader(context)) };
  const signal = context.interrupts();
  const known = {
    toolVersion: version,
    now: context.now,
    signal,
    answers: new Answers(context.now), // the plan that is shown, and the one that is carried out
    ...(saved ? approvedLeave(saved) : leaveOptions(options)),
  };
  const report = new Report(run.input.instance, findings, options, context, signal);
  try {
    const summary = await withServers(
      run,
      options,
      context,
      async (servers) => {
        // who has seen the number and typed it has acknowledged it
        if (saved) report.follow(await stillPlanned(saved, run.input, servers, { ...known, only: options.only }));
        else if (!options.yes)
          known.allowedCount = await report.approve(await planLive(run.input, servers, known), known);
        const { stealLock } = options;
        const holder = context.who;
        return report.while((tell) =>
          applyInput(run.input, servers, { ...known, ...waiting, readSecret, holder, stealLock, tell }),
        );
      },
      true,
    );
    report.end(summary);
    return summary.interrupted && signal.reason === 'SIGTERM' ? ExitCode.TERMINATED : summary.exitCode;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    context.stderr.write('interrupted; nothing was written\n');
    return signal.reason === 'SIGTERM' ? ExitCode.TERMINATED : ExitCode.INTERRUPTED;
  }
}

/** Tells the run as it goes on: progress to standard error, the result to standard output. */
class Report {
  private readonly progress: Progress;
  private readonly results: ObjectResult[] = [];
  private readonly warnings: string[] = [];
  private approved?: Plan;
  private plan?: Plan;

  constructor(
    private readonly instance: string,
    private readonly findings: readonly ObjectFinding[],
    private readonly options: ApplyOptions,
    private readonly context: Context,
    signal: AbortSignal,
  ) {
    this.progress = Progress.of({ verb: 'Apply', instance, identify: digest }, options, context, signal);
  }

  /** Shows a plan that was approved before. */
  follow(plan: Plan): void {
    this.show(plan);
    this.approved = plan;
  }

  /** Shows the plan and asks; gives how many objects may be deleted. */
  async approve(plan: Plan, leave: LeaveOptions): Promise<number> {
    this.show(plan);
    const { prune } = plan.totals;
    const refusal = refusalOfPlan(plan, { ...leave, allowedCount: prune });
    if (refusal) throw refusal;
    refuseWarnings(plan, this.findings, this.options);
    const many = massPrune(plan) !== undefined && prune > (leave.allowedCount ?? 0);
    if (hasChanges(plan)) await confirm(plan, this.context, { wanted: many ? `${prune}` : 'yes' });
    this.progress.answered();
    this.approved = plan;
    return prune;
  }

  /** Tells what happens meanwhile. */
  while(run: (tell: Tell) => Promise<ApplySummary>): Promise<ApplySummary> {
    const findings = findingsData(this.findings);
    return this.progress.during((tell) => run((event) => this.hear(event, tell)), { findings });
  }

  private hear(event: ApplyEvent, tell: Tell): void {
    if (event.type === 'plan') {
      this.plan = event.plan;
      // told before the first write: what was not approved is not written
      if (!this.approved) this.show(event.plan);
      else if (digest(this.approved) !== digest(event.plan)) throw stale();
      refuseWarnings(event.plan, this.findings, this.options);
    }
    if (event.type === 'warning') this.warnings.push(`${event.plane}: ${event.text}`);
    if (event.type === 'object') this.results.push(event.result);
    tell(event);
  }

  end(summary: ApplySummary): void {
    const { plan, results } = this;
    const { stdout } = this.context;
    const { output } = this.options;
    if (output === 'json') {
      const findings = findingsData(this.findings);
      const all = { schema: '1', instance: this.instance, plan, findings, results, summary };
      stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    }
    if (output === 'text') writeFitted(stdout, summaryText(summary, this.paint('stdout')));
    if (summary.exitCode === ExitCode.OK) refuseLateWarnings(this.warnings, this.options);
  }

  private show(plan: Plan): void {
    const colours = this.paint('stderr');
    const findings = findingsText(this.findings, colours);
    this.progress.say(`${planText(plan, this.instance, colours, findings)}\n`);
  }

  private paint(stream: 'stdout' | 'stderr') {
    return paint(coloured(this.context[stream], this.options, this.context));
  }
}

/** Whoever approved the plan has seen what it deletes. */
function approvedLeave({ leave: { allowed, prune, count }, replace }: SavedPlan) {
  return { allowed, prune, allowedCount: count, replace };
}

function stale(): CommandError {
  return new CommandError(ExitCode.STALE, [
    { what: 'the servers have changed since the plan was shown; nothing was written', fix: 'run apply again' },
  ]);
}

/** What was approved: which objects, what happens to them, and what is issued. */
function digest({ objects, sets, issues, restarts, prunes }: Plan): string {
  return JSON.stringify({
    prunes,
    restarts,
    objects: objects.map(({ notes: _, ...object }) => object),
    sets,
    issues: issues.map(({ key, action }) => ({ key, action })),
  });
}
