import { Interrupted } from '../apply/attempt';
import { IssueRun } from '../apply/issue-run';
import { CommandError, ExitCode } from '../plan/command-error';
import { type IssuePlan, type IssueSummary, isDue } from '../plan/instance/issue-plan';
import type { ApplyNews } from '../plan/progress';
import { ProgressText } from '../render/apply-text';
import { issuePlanText, issueSummaryText } from '../render/issue-text';
import { paint } from '../render/paint';
import { confirm, expectAnswer } from './confirm';
import type { Context } from './context';
import { milliseconds } from './duration';
import { withIssued } from './issued-instance';
import { coloured } from './options';
import type { ServerOptions } from './servers';

export interface IssueOptions extends ServerOptions {
  readonly yes?: boolean;
  readonly wait: 'ready' | 'none';
  readonly timeout: string;
  readonly stealLock?: boolean;
}

/** Issues the keys, certificates and CA bundles that an instance lacks, after showing which. */
export async function instanceIssue(
  name: string | undefined,
  options: IssueOptions,
  context: Context,
): Promise<number> {
  const timeoutMs = milliseconds(options.timeout, '--timeout');
  if (!options.yes) expectAnswer(context, 'instance issue');
  const signal = context.interrupts();
  const progress = new ProgressText(paint(coloured(context.stderr, options, context)));
  const start = context.now();
  const results: ApplyNews[] = [];
  const tell = (news: ApplyNews) => {
    if (['issued', 'restarted', 'filled'].includes(news.type)) results.push(news);
    const line = progress.line({ ...news, atMs: context.now() - start } as any);
    if (line !== undefined) context.stderr.write(`${line}\n`);
  };
  try {
    return await withIssued(name, options, context, async (target) => {
      const run = new IssueRun(target, {
        holder: context.who,
        stealLock: options.stealLock,
        wait: options.wait === 'ready',
        timeoutMs,
        patience: { ...target.patience, signal },
        signal,
        now: context.now,
        tell,
      });
      const plan = await run.plan();
      context.stderr.write(`${issuePlanText(plan, paint(coloured(context.stderr, options, context)))}\n`);
      if (isDue(plan) && !options.yes)
        await confirm(plan, context, { question: 'Write this to', declined: 'not issued' });
      const summary = await run.run(plan);
      context.stdout.write(result(plan, results, summary, options, context));
      return summary.interrupted && signal.reason === 'SIGTERM' ? ExitCode.TERMINATED : summary.exitCode;
    });
  } catch (error) {
    if (error instanceof CommandError && results.length) context.stderr.write(`${SO_FAR}\n`);
    if (!(error instanceof Interrupted)) throw error;
    context.stderr.write(`interrupted; ${results.length ? SO_FAR : 'nothing was written'}\n`);
    return signal.reason === 'SIGTERM' ? ExitCode.TERMINATED : ExitCode.INTERRUPTED;
  }
}

const SO_FAR = 'what is issued so far stays, and the next run goes on from there';

function result(
  plan: IssuePlan,
  results: readonly ApplyNews[],
  summary: IssueSummary,
  options: IssueOptions,
  context: Context,
): string {
  if (options.output !== 'json') return issueSummaryText(summary, paint(coloured(context.stdout, options, context)));
  return `${JSON.stringify({ schema: '1', instance: plan.instance, plan, results, summary }, null, 2)}\n`;
}
