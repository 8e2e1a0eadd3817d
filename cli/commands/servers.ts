import { INSTANCE } from '../../src/core/private/keys';
import type { Plane } from '../apply/api-server';
import { isPkiPlan, readPkiPlan } from '../apply/pki/plan';
import type { PlaneFlags } from '../apply/plane-choice';
import { Planes } from '../apply/planes';
import type { Servers } from '../apply/preparation';
import { type Input, objectsOf, readCharts } from '../plan/chart-input';
import type { Document } from '../plan/document';
import type { Context } from './context';
import { readInput } from './input';
import type { GlobalOptions } from './options';

/** Options of the commands that ask servers. */
export interface ServerOptions extends GlobalOptions {
  readonly filename?: readonly string[];
  readonly assume?: readonly string[];
  readonly only?: string;
  readonly instance?: string;
  readonly hostContext?: string;
  readonly hostKubeconfig?: string;
  readonly karmadaContext?: string;
  readonly karmadaKubeconfig?: string;
  readonly as?: string;
  readonly asGroup?: readonly string[];
  readonly expectClusterUid?: readonly string[];
}

/** The options that say which servers, and as whom. */
export function planeFlags(options: ServerOptions): PlaneFlags {
  const { hostContext, hostKubeconfig, karmadaContext, karmadaKubeconfig, as, asGroup, expectClusterUid } = options;
  return {
    ...{ hostContext, hostKubeconfig, karmadaContext, karmadaKubeconfig },
    ...{ as, asGroup, expectClusterUids: expectClusterUid },
  };
}

/** What the run is about, and all documents that it was chosen from. */
export interface Run {
  readonly documents: readonly Document[];
  readonly input: Input;
}

export async function readRun(options: ServerOptions, context: Context): Promise<Run> {
  const documents = await readInput(options.filename, context);
  const { instance, only } = options;
  return { documents, input: readCharts(documents, { instance, only }) };
}

/**
 * Does something with the servers that the run needs, and closes them. `reviving`: the run may bring a Karmada up of which
 * no API server is ready, so that it need not be there before.
 */
export async function withServers<T>(
  { documents, input }: Run,
  options: ServerOptions,
  context: Context,
  use: (servers: Servers) => Promise<T>,
  reviving = false,
): Promise<T> {
  const planes = planesOf(documents, input, options, context, needs(input));
  try {
    const revives = reviving && input.charts.some(({ plane }) => plane === 'host');
    return await use(await open(planes, needs(input), revives));
  } finally {
    await planes.close();
  }
}

/** Objects on Karmada whose CA bundle is filled in need the host: the authority is there. */
function needs({ charts }: Input): Plane[] {
  const host = charts.some((chart) => chart.plane === 'host' || chart.objects.some((object) => object.injectCa));
  const karmada = charts.some((chart) => chart.plane === 'karmada');
  return [...(host ? (['host'] as const) : []), ...(karmada ? (['karmada'] as const) : [])];
}

/** The servers of the instance in the input, of which these are needed. */
export function planesOf(
  documents: readonly Document[],
  input: Input,
  options: ServerOptions,
  context: Context,
  needed: readonly Plane[],
): Planes {
  const pkiPlan = objectsOf(input.all).find((object) => object.plane === 'host' && isPkiPlan(object.manifest));
  const instances = documents.flatMap(({ manifest }) => manifest.metadata?.annotations?.[INSTANCE] ?? []);
  return new Planes({
    instance: input.instance,
    // an instance that the user chose is as good as the only one
    instances: options.instance === undefined ? [...new Set<string>(instances)] : [input.instance],
    needs: needed,
    flags: planeFlags(options),
    folder: context.cwd,
    workingFolder: context.cwd,
    environment: context.env,
    pkiPlan: pkiPlan && readPkiPlan(pkiPlan.manifest),
  });
}

async function open(planes: Planes, wanted: readonly Plane[], revives: boolean): Promise<Servers> {
  const host = wanted.includes('host') ? await planes.host() : undefined;
  if (!wanted.includes('karmada')) return { host };
  const down = revives && (await planes.isDown());
  const karmada = down ? undefined : await planes.karmada();
  if (karmada) return { host, karmada };
  return {
    host,
    ...(down ? { unopened: 'none of its API servers is ready; this run brings them up' } : {}),
    openKarmada: async () => {
      const opened = await planes.karmada();
      if (!opened) throw new Error('its admin kubeconfig is not on the host yet');
      return opened;
    },
  };
}
