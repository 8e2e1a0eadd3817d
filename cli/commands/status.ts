import { version } from '../../package.json';
import { withCrds } from '../apply/crds/filling';
import { crdReader } from '../apply/crds/reading';
import { withKnownSecretValues } from '../apply/secret-values';
import { statusOf } from '../apply/status';
import { ExitCode } from '../plan/command-error';
import type { StatusReport } from '../plan/status';
import { paint } from '../render/paint';
import { statusText } from '../render/status-text';
import type { Context } from './context';
import { coloured } from './options';
import { secretReader } from './secret-reader';
import { readRun, type ServerOptions, withServers } from './servers';
import { readWaiting, type WaitingOptions } from './waiting';

export interface StatusOptions extends ServerOptions, WaitingOptions {
  readonly drift?: boolean;
}

/** How what the code names is doing, each object and on each member. */
export async function status(options: StatusOptions, context: Context): Promise<number> {
  const run = await readRun(options, context);
  const { clusters, rules } = readWaiting(options, context);
  const { drift = false } = options;
  const known = withKnownSecretValues(run.input, secretReader(context));
  // without drift nothing is compared, so nothing has to be fetched
  const input = drift ? await withCrds(known, crdReader(context)) : known;
  const report = await withServers(run, options, context, (servers) =>
    statusOf(input, servers, { toolVersion: version, now: context.now, rules, clusters, drift }),
  );
  const { instance } = run.input;
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', instance, ...report }, null, 2)}\n`);
  } else {
    const width = Math.min(context.stdout.columns ?? 120, 160);
    const colours = paint(coloured(context.stdout, options, context));
    context.stdout.write(statusText(report, { instance, drift, width, now: context.now() }, colours));
  }
  return exitCodeOf(report);
}

/** What needs a person most comes first. */
function exitCodeOf({ totals }: StatusReport): ExitCode {
  if (totals.failed + totals.missing > 0) return ExitCode.FAILED;
  if (totals.drifted > 0) return ExitCode.CHANGES;
  return totals.notReady > 0 ? ExitCode.TIMED_OUT : ExitCode.OK;
}
