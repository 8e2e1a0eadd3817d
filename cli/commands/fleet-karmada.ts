import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiServer } from '../apply/api-server';
import type { Patience } from '../apply/attempt';
import { listAll } from '../apply/listing';
import { PLANES_FILE } from '../apply/plane-choice';
import { Planes } from '../apply/planes';
import { CommandError, ExitCode } from '../plan/command-error';
import { CLUSTERS, type RecordedKind, recorded } from '../plan/fleet-record';
import type { Context } from './context';
import { planesOf, readRun, type ServerOptions } from './servers';

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
    if (!clusters) throw noKarmada(server.url);
    const others: any[] = [];
    for (const kind of otherKinds) others.push(...((await read(kind)) ?? []));
    return { clusters, others };
  });
}

function noKarmada(url: string): CommandError {
  return new CommandError(ExitCode.USAGE, [
    {
      what: 'this server has no Clusters of cluster.karmada.io: it is no Karmada',
      at: url,
      fix: "give the context of Karmada's own API server with --karmada-context, not that of its host",
    },
  ]);
}

/** Tries again as ever, and says what the server warns of. */
export function patienceOf(context: Context): Patience {
  return { warned: (_: ApiServer, text: string) => context.stderr.write(`warning: ${text}\n`) };
}

/**
 * Does something with Karmada's API server, and closes it. Which one it is the options say, or the file of planes; without
 * both it is that of the input, as for `plan`.
 */
export async function withKarmada<T>(
  options: ServerOptions,
  context: Context,
  use: (server: ApiServer) => Promise<T>,
): Promise<T> {
  const planes = await find(options, context);
  try {
    const server = await planes.karmada();
    if (server) return await use(server);
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

async function find(options: ServerOptions, context: Context): Promise<Planes> {
  const { karmadaContext, karmadaKubeconfig, instance, filename } = options;
  const named = karmadaContext !== undefined || karmadaKubeconfig !== undefined;
  const inFile = instance !== undefined && existsSync(join(context.cwd, PLANES_FILE));
  if (named || (inFile && !filename)) {
    return new Planes({
      instance: instance ?? '',
      instances: [],
      needs: ['karmada'],
      flags: { karmadaContext, karmadaKubeconfig },
      folder: context.cwd,
      workingFolder: context.cwd,
      environment: context.env,
    });
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
  return planesOf(documents, input, options, context, ['karmada']);
}
