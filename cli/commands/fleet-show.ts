import { Fleet } from '../../src/preview/fleet';
import { ExitCode } from '../plan/command-error';
import { fleetText } from '../render/fleet-text';
import { fleetView } from '../render/fleet-view';
import { paint } from '../render/paint';
import type { Context } from './context';
import { pullFleet } from './fleet-karmada';
import { readOption } from './input';
import { fromLibrary } from './library';
import { coloured } from './options';
import type { ServerOptions } from './servers';

export interface FleetShowOptions extends ServerOptions {
  /** A file that `fleet pull` or kubectl wrote; Karmada is asked when it is left out. */
  readonly fleet?: string;
}

/** The member clusters as a table: of a file, or as Karmada has them now. */
export async function fleetShow(options: FleetShowOptions, context: Context): Promise<number> {
  const clusters = await read(options, context);
  const view = fromLibrary(ExitCode.INVALID_INPUT, () => {
    Fleet.fromManifests(clusters); // says what in it is no cluster
    return fleetView(clusters);
  });
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', ...view }, null, 2)}\n`);
  } else {
    const width = Math.min(context.stdout.columns ?? 120, 160);
    context.stdout.write(fleetText(view, width, paint(coloured(context.stdout, options, context))));
  }
  return ExitCode.OK;
}

async function read(options: FleetShowOptions, context: Context): Promise<any[]> {
  if (options.fleet === undefined) return [...(await pullFleet(options, context)).clusters];
  const documents = await readOption(options.fleet, '--fleet', context, { mayBeEmpty: true });
  return documents.map(({ manifest }) => manifest);
}
