import { version } from '../../package.json';
import { Interrupted } from '../apply/attempt';
import { emptied, leftBehind, withoutRetained } from '../apply/destruction';
import { applyInput, planLive } from '../apply/engine';
import { withoutKinds } from '../apply/instance/instance-destruction';
import type { Servers } from '../apply/preparation';
import { refusalOfPlan } from '../apply/refusal';
import type { Input } from '../plan/chart-input';
import { CommandError, ExitCode } from '../plan/command-error';
import type { InstanceLeave } from '../plan/instance/instance-leave';
import { hasChanges, type Plan } from '../plan/plan';
import type { ObjectResult } from '../plan/progress';
import { summaryText } from '../render/apply-text';
import { paint } from '../render/paint';
import { planText } from '../render/plan-text';
import { DESTROY_WORDS } from '../render/prune-text';
import { canAnswer, expectTyped } from './confirm';
import type { Context } from './context';
import { milliseconds } from './duration';
import { coloured, writeFitted } from './options';
import { Progress, type ProgressOptions } from './progress';
import { leaveOptions, type PruneOptions } from './prune-options';
import { readRun, type ServerOptions, withServers } from './servers';

/** Options of the verbs that delete what was applied. */
export interface DestructionOptions extends ProgressOptions, PruneOptions {
  readonly yes?: boolean;
  readonly wait: 'ready' | 'none';
  readonly timeout: string;
  readonly stealLock?: boolean;
}

export type DestroyOptions = DestructionOptions & ServerOptions;

/** What is deleted, and what a person is told and asked. */
export interface Destruction {
  /** Of what nothing is left. */
  readonly input: Input;
  readonly servers: Servers;
  /** Of an instance. */
  readonly leave?: InstanceLeave;
  /** What stays, in sentences. */
  readonly notes: readonly string[];
  /** The name that a person types. */
  readonly name: string;
  /** Why it is refused, said when the plan was shown. */
  readonly refusal?: CommandError;
  /** The plan as it is shown. @default - whole */
  readonly shown?: (plan: Plan) => Plan;
  /** Nothing is deleted: the plan is shown. */
  readonly planOnly?: boolean;
}

/** Deletes what the charts of the input have applied, after showing it and asking for the name. */
export async function destroy(options: DestroyOptions, context: Context): Promise<number> {
  const run = await readRun(options, context);
  return destroying(options, context, (signal, carryOut) =>
    withServers(run, options, context, async (servers) => {
      const going = withoutRetained(run.input);
      const input = emptied(going.input, servers);
      const left = await leftBehind(going.input, servers, new Date(context.now()), { signal });
      return carryOut({
        input,
        servers,
        notes: [...going.notes, ...left],
        name: options.only ?? run.input.instance,
        shown: withoutKinds,
      });
    }),
  );
}

/** Runs what ends in a destruction: an interrupt ends it well. */
export async function destroying(
  options: DestructionOptions,
  context: Context,
  find: (signal: AbortSignal, carryOut: (destruction: Destruction) => Promise<number>) => Promise<number>,
): Promise<number> {
  const timeoutMs = milliseconds(options.timeout, '--timeout');
  const signal = context.interrupts();
  try {
    return await find(signal, (destruction) => carryOut(destruction, options, timeoutMs, signal, context));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    context.stderr.write('interrupted; nothing was deleted\n');
    return signal.reason === 'SIGTERM' ? ExitCode.TERMINATED : ExitCode.INTERRUPTED;
  }
}

async function carryOut(
  { input, servers, leave, notes, name, refusal, shown = (plan) => plan, planOnly }: Destruction,
  options: DestructionOptions,
  timeoutMs: number,
  signal: AbortSignal,
  context: Context,
): Promise<number> {
  const { instance } = input;
  const known = {
    toolVersion: version,
    now: context.now,
    signal,
    ...leaveOptions(options),
    destroy: true,
    ...(leave ? { instance: leave } : {}),
  };
  const identify = (each: Plan) => digest(shown(each));
  const progress = Progress.of({ verb: 'Destroy', instance, identify }, options, context, signal);
  const found = shown(await planLive(input, servers, known));
  const plan: Plan = { ...found, notes: [...found.notes, ...notes] };
  if (planOnly && options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', instance, plan }, null, 2)}\n`);
  } else {
    const stream = planOnly ? context.stdout : context.stderr;
    const colours = paint(coloured(stream, options, context));
    const text = `${planText(plan, instance, colours, '', DESTROY_WORDS)}\n`;
    if (planOnly) writeFitted(stream, text);
    else progress.say(text);
  }
  if (refusal) throw refusal;
  if (planOnly) return hasChanges(plan) ? ExitCode.CHANGES : ExitCode.OK;
  if (!options.yes) known.allowedCount = plan.totals.prune;
  const refused = refusalOfPlan(plan, known);
  if (refused) throw refused;
  if (hasChanges(plan) && !options.yes) {
    await askForName(name, plan, context);
    progress.answered();
  }
  const results: ObjectResult[] = [];
  const summary = await progress.during((tell) =>
    applyInput(input, servers, {
      ...known,
      wait: options.wait,
      timeoutMs,
      holder: context.who,
      stealLock: options.stealLock,
      tell: (event) => {
        if (event.type === 'plan' && identify(event.plan) !== digest(plan)) throw stale();
        if (event.type === 'object') results.push(event.result);
        tell(event);
      },
    }),
  );
  const { stdout } = context;
  if (options.output === 'json')
    stdout.write(`${JSON.stringify({ schema: '1', instance, plan, results, summary }, null, 2)}\n`);
  if (options.output === 'text')
    writeFitted(stdout, summaryText(summary, paint(coloured(stdout, options, context)), DESTROY));
  return summary.interrupted && signal.reason === 'SIGTERM' ? ExitCode.TERMINATED : summary.exitCode;
}

const DESTROY = { verb: 'destroy', name: 'Destroy', done: 'Destroyed' };

/** Only the name is taken for an answer: it says which one a person means. */
async function askForName(name: string, { totals, planes }: Plan, context: Context): Promise<void> {
  if (!canAnswer(context)) {
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
  await expectTyped(name, 'not destroyed', 'nothing was deleted', context);
}

function digest({ prunes, sets }: Plan): string {
  return JSON.stringify({ prunes, sets });
}

function stale(): CommandError {
  return new CommandError(ExitCode.STALE, [
    { what: 'the servers have changed since the plan was shown; nothing was deleted', fix: 'run destroy again' },
  ]);
}
