import { version } from '../../package.json';
import { Interrupted } from '../apply/attempt';
import { emptied, leftBehind } from '../apply/destruction';
import { applyInput, planLive } from '../apply/engine';
import { refusalOfPlan } from '../apply/refusal';
import { CommandError, ExitCode } from '../plan/command-error';
import { hasChanges, type Plan } from '../plan/plan';
import type { ObjectResult } from '../plan/progress';
import { ProgressText, summaryText } from '../render/apply-text';
import { paint } from '../render/paint';
import { planText } from '../render/plan-text';
import { DESTROY_WORDS } from '../render/prune-text';
import type { Context } from './context';
import { milliseconds } from './duration';
import { coloured } from './options';
import { leaveOptions, type PruneOptions } from './prune-options';
import { readRun, type ServerOptions, withServers } from './servers';

export interface DestroyOptions extends ServerOptions, PruneOptions {
  readonly yes?: boolean;
  readonly wait: 'ready' | 'none';
  readonly timeout: string;
  readonly stealLock?: boolean;
}

/** Deletes what the charts of the input have applied, after showing it and asking for the name. */
export async function destroy(options: DestroyOptions, context: Context): Promise<number> {
  const timeoutMs = milliseconds(options.timeout, '--timeout');
  const run = await readRun(options, context);
  const signal = context.interrupts();
  const known = { toolVersion: version, now: context.now, signal, ...leaveOptions(options), destroy: true };
  const results: ObjectResult[] = [];
  try {
    return await withServers(run, options, context, async (servers) => {
      const input = emptied(run.input, servers);
      const notes = await leftBehind(run.input, servers, new Date(context.now()), { signal });
      const found = await planLive(input, servers, known);
      const plan: Plan = { ...found, notes: [...found.notes, ...notes] };
      show(plan, run.input.instance, options, context);
      if (!options.yes) known.allowedCount = plan.totals.prune;
      const refusal = refusalOfPlan(plan, known);
      if (refusal) throw refusal;
      if (hasChanges(plan) && !options.yes) await askForName(options.only ?? run.input.instance, plan, context);
      const progress = new ProgressText(paint(coloured(context.stderr, options, context)));
      const summary = await applyInput(input, servers, {
        ...known,
        wait: options.wait,
        timeoutMs,
        holder: context.who,
        stealLock: options.stealLock,
        tell: (event) => {
          if (event.type === 'plan' && digest(event.plan) !== digest(plan)) throw stale();
          if (event.type === 'object') results.push(event.result);
          const line = progress.line(event);
          if (line !== undefined) context.stderr.write(`${line}\n`);
        },
      });
      const { instance } = run.input;
      context.stdout.write(
        options.output === 'json'
          ? `${JSON.stringify({ schema: '1', instance, plan, results, summary }, null, 2)}\n`
          : summaryText(summary, paint(coloured(context.stdout, options, context)), DESTROY),
      );
      return summary.interrupted && signal.reason === 'SIGTERM' ? ExitCode.TERMINATED : summary.exitCode;
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    context.stderr.write('interrupted; nothing was deleted\n');
    return signal.reason === 'SIGTERM' ? ExitCode.TERMINATED : ExitCode.INTERRUPTED;
  }
}

const DESTROY = { verb: 'destroy', name: 'Destroy', done: 'Destroyed' };

function show(plan: Plan, instance: string, options: DestroyOptions, context: Context): void {
  const colours = paint(coloured(context.stderr, options, context));
  context.stderr.write(`${planText(plan, instance, colours, '', DESTROY_WORDS)}\n`);
}

/** Only the name is taken for an answer: it says which one a person means. */
async function askForName(name: string, { totals, planes }: Plan, context: Context): Promise<void> {
  if (!context.stdin.isTTY || !context.stderr.isTTY) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: 'destroy asks for the name before it deletes, and nobody can answer here',
        fix: `have this plan reviewed, then add --yes --allow-prune ${totals.prune}`,
      },
    ]);
  }
  const servers = planes.map(
    ({ plane, name, url }) => `  ${plane.padEnd(7)}  ${[name, url].filter(Boolean).join('   ')}\n`,
  );
  context.stderr.write(`Delete this from\n${servers.join('')}Type ${name} to go on: `);
  const answer = await context.stdin.line();
  if (answer?.trim() === name) return;
  throw new CommandError(ExitCode.USAGE, [
    { what: `not destroyed: the answer was not "${name}"; nothing was deleted` },
  ]);
}

function digest({ prunes, sets }: Plan): string {
  return JSON.stringify({ prunes, sets });
}

function stale(): CommandError {
  return new CommandError(ExitCode.STALE, [
    { what: 'the servers have changed since the plan was shown; nothing was deleted', fix: 'run destroy again' },
  ]);
}
