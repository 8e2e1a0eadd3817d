import { readJourney, readMembers, readOthers } from '../apply/day-two/journey';
import { findTargets } from '../apply/day-two/target';
import { ExitCode } from '../plan/command-error';
import { type Foretold, foretold, type Surroundings } from '../plan/day-two/foretold';
import { parseNames } from '../plan/day-two/named';
import { traceOf } from '../plan/day-two/trace';
import { targetsOf } from '../plan/readiness/propagation';
import { paint } from '../render/paint';
import { workloadTraceText } from '../render/workload-trace-text';
import type { Context } from './context';
import { patienceOf, withKarmada } from './fleet-karmada';
import { coloured } from './options';
import type { ServerOptions } from './servers';

const EXIT = { done: ExitCode.OK, open: ExitCode.TIMED_OUT, failed: ExitCode.FAILED };

/** Where a template has got to on its way to the members, and what is missing. */
export async function workloadTrace(name: string, options: ServerOptions, context: Context): Promise<number> {
  const named = parseNames([name]);
  const patience = patienceOf(context);
  const trace = await withKarmada(options, context, async (server) => {
    const [target] = await findTargets(server, named, patience);
    const [journey, others] = await Promise.all([readJourney(server, target, patience), readOthers(server, patience)]);
    const clusters = journey.binding ? targetsOf(journey.binding) : [];
    const members = await readMembers(server, target, clusters, patience);
    return traceOf({ ...journey, members }, ifKnown(target.live, { ...journey, others }));
  });
  if (options.output === 'json') context.stdout.write(`${JSON.stringify({ schema: '1', ...trace }, null, 2)}\n`);
  else context.stdout.write(workloadTraceText(trace, paint(coloured(context.stdout, options, context))));
  return EXIT[trace.state];
}

/** What is there is shown all the same where Karmada holds something that a preview refuses. */
function ifKnown(template: any, surroundings: Surroundings): Foretold | undefined {
  try {
    return foretold(template, surroundings);
  } catch {
    return undefined;
  }
}
