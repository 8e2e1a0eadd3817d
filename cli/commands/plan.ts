import { version } from '../../package.json';
import { planLive } from '../apply/engine';
import { Issuing } from '../apply/issuing';
import { withKnownSecretValues } from '../apply/secret-values';
import { ExitCode } from '../plan/command-error';
import { planOnEmptyServers } from '../plan/empty-servers';
import { hasChanges, type Plan } from '../plan/plan';
import { paint } from '../render/paint';
import { findingsData, findingsText } from '../render/plan-findings';
import { planText } from '../render/plan-text';
import { checked } from './checks';
import type { Context } from './context';
import { coloured } from './options';
import { leaveOptions, type PruneOptions } from './prune-options';
import { secretReader } from './secret-reader';
import { type Run, readRun, type ServerOptions, withServers } from './servers';

export interface PlanOptions extends ServerOptions, PruneOptions {
  readonly empty?: boolean;
}

/** What apply would change. */
export async function plan(options: PlanOptions, context: Context): Promise<number> {
  const run = await readRun(options, context);
  const findings = checked(run, options.assume ?? []);
  const made = options.empty ? await offline(run, context) : await live(run, options, context);
  if (options.output === 'json') {
    const whole = { schema: '1', instance: run.input.instance, ...made, findings: findingsData(findings) };
    context.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
  } else {
    const colours = paint(coloured(context.stdout, options, context));
    context.stdout.write(planText(made, run.input.instance, colours, findingsText(findings, colours)));
  }
  return hasChanges(made) ? ExitCode.CHANGES : ExitCode.OK;
}

async function offline({ input }: Run, context: Context): Promise<Plan> {
  const issuing = await Issuing.read(input, undefined);
  return planOnEmptyServers(input, issuing.planned(new Date(context.now())));
}

function live(run: Run, options: PlanOptions, context: Context): Promise<Plan> {
  return withServers(run, options, context, (servers) =>
    planLive(withKnownSecretValues(run.input, secretReader(context)), servers, {
      toolVersion: version,
      now: context.now,
      ...leaveOptions(options),
    }),
  );
}
