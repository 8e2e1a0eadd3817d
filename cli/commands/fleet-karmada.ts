import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiServer } from '../apply/api-server';
import type { Patience } from '../apply/attempt';
import { noKarmada } from '../apply/joining/clusters';
import { listAll } from '../apply/listing';
import { PLANES_FILE } from '../apply/plane-choice';
import { Planes } from '../apply/planes';
import type { Input } from '../plan/chart-input';
import { CommandError, ExitCode } from '../plan/command-error';
import { CLUSTERS, type RecordedKind, recorded } from '../plan/fleet-record';
import type { Context } from './context';
import { planeFlags, planesOf, readRun, type ServerOptions } from './servers';

/** What a Karmada holds, as it is recorded. */
export interface PulledFleet {
  readonly clusters: readonly any[];
  /** Objects of the other kinds that were asked for; a kind that this Karmada does not have has none. */
  readonly others: readonly any[];
}

/** Reads the member clusters of a Karmada, and all objects of these other kinds. */
export function pullFleet(
  options: ServerOptions,
  context: Context,
  otherKinds: readonly RecordedKind[] = [],
): Promise<PulledFleet> {
  return withKarmada(options, context, async (server) => {
    const patience = patienceOf(context);
    // before the first request: what is recorded is at least as new as it says
    const asOf = new Date(context.now()).toISOString().replace(/\.\d+Z$/, 'Z');
    const read = async (kind: RecordedKind) =>
      (await listAll(server, kind, patience))?.map((object) => recorded(kind, object, asOf));
    const clusters = await read(CLUSTERS);
    if (!clusters) throw noKarmada(server);
    const others: any[] = [];
    for (const kind of otherKinds) others.push(...((await read(kind)) ?? []));
    return { clusters, others };
  });
}

/** Tries again as ever, and says what the server warns of. */
export function patienceOf(context: Context): Patience {
  return { warned: (_: ApiServer, text: string) => context.stderr.write(`warning: ${text}\n`) };
}

/**
 * Does something with Karmada's API server, and closes it. Which one it is the options say, or the file of planes; without
 * both it is that of the input, as for `plan`.
 */
export function withKarmada<T>(
  options: ServerOptions,
  context: Context,
  use: (server: ApiServer) => Promise<T>,
): Promise<T> {
  return withFleet(options, context, ({ karmada }) => use(karmada));
}

/** A Karmada with what the input says of it. */
export interface FleetServers {
  readonly karmada: ApiServer;
  /** The code; undefined when the options alone say which Karmada it is. */
  readonly input?: Input;
  /** The cluster that runs it; undefined unless the input needs it. */
  readonly host?: ApiServer;
}

/** The same, with the code and, where it is needed, the host. */
export async function withFleet<T>(
  options: ServerOptions,
  context: Context,
  use: (servers: FleetServers) => Promise<T>,
  needsHost: (input: Input) => boolean = () => false,
): Promise<T> {
  const { planes, input } = await find(options, context, needsHost);
  try {
    const karmada = await planes.karmada();
    if (karmada)
      return await use({ karmada, input, host: input && needsHost(input) ? await planes.host() : undefined });
    throw new CommandError(ExitCode.USAGE, [
      {
        what: 'this Karmada is not installed yet: its admin kubeconfig is not on the host',
        fix: 'install it with `cdk8s-karmada apply`, or name its context with --karmada-context',
      },
    ]);
  } finally {
    await planes.close();
  }
}

async function find(
  options: ServerOptions,
  context: Context,
  needsHost: (input: Input) => boolean,
): Promise<{ readonly planes: Planes; readonly input?: Input }> {
  const { karmadaContext, karmadaKubeconfig, instance, filename } = options;
  const named = karmadaContext !== undefined || karmadaKubeconfig !== undefined;
  const inFile = instance !== undefined && existsSync(join(context.cwd, PLANES_FILE));
  if ((named || inFile) && !filename) {
    const planes = new Planes({
      instance: instance ?? '',
      instances: [],
      needs: ['karmada'],
      flags: planeFlags(options),
      folder: context.cwd,
      workingFolder: context.cwd,
      environment: context.env,
    });
    return { planes };
  }
  if (!filename && !existsSync(join(context.cwd, 'cdk8s.yaml'))) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: 'nothing says which Karmada is meant',
        at: context.cwd,
        fix: 'name its context with --karmada-context, or go to the folder of cdk8s.yaml',
      },
    ]);
  }
  const { documents, input } = await readRun(options, context);
  const needed = needsHost(input) ? (['host', 'karmada'] as const) : (['karmada'] as const);
  return { planes: planesOf(documents, input, options, context, needed), input };
}
