import { version } from '../../package.json';
import { planLive } from '../apply/engine';
import { Issuing } from '../apply/issuing';
import { withKnownSecretValues } from '../apply/secret-values';
import { ExitCode } from '../plan/command-error';
import { planOnEmptyServers } from '../plan/empty-servers';
import { hasChanges, type Plan } from '../plan/plan';
import { paint } from '../render/paint';
import { planText } from '../render/plan-text';
import type { Context } from './context';
import { coloured } from './options';
import { secretReader } from './secret-reader';
import { type Run, readRun, type ServerOptions, withServers } from './servers';

export interface PlanOptions extends ServerOptions {
  readonly empty?: boolean;
}

/** What apply would change. */
export async function plan(options: PlanOptions, context: Context): Promise<number> {
  const run = await readRun(options, context);
  const made = options.empty ? await offline(run, context) : await live(run, options, context);
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', instance: run.input.instance, ...made }, null, 2)}\n`);
  } else {
    context.stdout.write(planText(made, run.input.instance, paint(coloured(context.stdout, options, context))));
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
    }),
  );
}
