import { setImmediate } from 'node:timers/promises';
import { version } from '../../package.json';
import { withCrds, withUnreadCrds } from '../apply/crds/filling';
import { crdReader } from '../apply/crds/reading';
import { Issuing } from '../apply/issuing';
import { Preparation } from '../apply/preparation';
import { withKnownSecretValues } from '../apply/secret-values';
import { CommandError, ExitCode } from '../plan/command-error';
import { planOnEmptyServers } from '../plan/empty-servers';
import { hasChanges, type Plan } from '../plan/plan';
import { paint } from '../render/paint';
import { findingsData, findingsText, type ObjectFinding } from '../render/plan-findings';
import { planMarkdown } from '../render/plan-markdown';
import { planText } from '../render/plan-text';
import { checked } from './checks';
import type { Context } from './context';
import { coloured } from './options';
import { leaveOptions, type PruneOptions } from './prune-options';
import { savePlan } from './saved-plan';
import { secretReader } from './secret-reader';
import { type Run, readRun, type ServerOptions, withServers } from './servers';
import { refuseWarnings, type WarningOptions } from './warnings';

export interface PlanOptions extends ServerOptions, PruneOptions, WarningOptions {
  readonly empty?: boolean;
  readonly rbac?: string | true;
  /** File to save the plan in. */
  readonly out?: string;
}

/** What apply would change. */
export async function plan(options: PlanOptions, context: Context): Promise<number> {
  const { rbac } = options;
  if (rbac !== undefined) {
    return (require('./plan-rbac') as typeof import('./plan-rbac')).planRbac({ ...options, rbac }, context);
  }
  const run = await readRun(options, context);
  let found: ObjectFinding[] | undefined;
  const check = () => {
    found ??= checked(run, options.assume ?? []);
    return found;
  };
  if (options.empty && options.out !== undefined) throw new CommandError(ExitCode.USAGE, [EMPTY_OUT]);
  const made = await (options.empty ? offline(run, context) : live(run, check, options, context)).catch((error) => {
    check(); // what is wrong with the objects is said before what is wrong with a server
    throw error;
  });
  const findings = check();
  if (options.output === 'json') {
    const whole = { schema: '1', instance: run.input.instance, ...made, findings: findingsData(findings) };
    context.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
  } else if (options.output === 'markdown') {
    context.stdout.write(planMarkdown(made, run.input.instance, findingsData(findings)));
  } else {
    const colours = paint(coloured(context.stdout, options, context));
    context.stdout.write(planText(made, run.input.instance, colours, findingsText(findings, colours)));
  }
  refuseWarnings(made, findings, options);
  return hasChanges(made) ? ExitCode.CHANGES : ExitCode.OK;
}

const EMPTY_OUT = {
  what: '--out and --empty do not go together: a saved plan is compared with what the servers have',
  fix: 'leave one of them out',
};

async function offline({ input }: Run, context: Context): Promise<Plan> {
  const issuing = await Issuing.read(input, undefined);
  return planOnEmptyServers(withUnreadCrds(input), issuing.planned(new Date(context.now())));
}

async function live(run: Run, check: () => void, options: PlanOptions, context: Context): Promise<Plan> {
  const startMs = context.now();
  const input = await withCrds(withKnownSecretValues(run.input, secretReader(context)), crdReader(context));
  const stop = new AbortController();
  const known = { toolVersion: version, now: context.now, signal: stop.signal, ...leaveOptions(options) };
  return withServers(
    run,
    options,
    context,
    async (servers) => {
      const preparing = Preparation.make(input, servers, known);
      preparing.catch(() => undefined); // thrown where it is awaited
      await setImmediate(); // the objects are looked at while the servers answer
      try {
        check();
      } catch (error) {
        stop.abort();
        throw error;
      }
      const preparation = await preparing;
      const made = preparation.plan();
      const { out, only } = options;
      const { instance } = input;
      if (out !== undefined) await savePlan(out, { preparation, plan: made, instance, only, startMs }, context);
      return made;
    },
    true,
  );
}
