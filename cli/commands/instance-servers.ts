import type { ApiServer } from '../apply/api-server';
import type { Patience } from '../apply/attempt';
import { hostedInstanceNamed, hostedInstances, pkiPlanOf } from '../apply/instance/hosted-instances';
import { type Reached, reach } from '../apply/instance/reach';
import type { PkiPlan } from '../apply/pki/plan';
import { Planes } from '../apply/planes';
import { CommandError, ExitCode } from '../plan/command-error';
import { byName, type HostedInstance } from '../plan/instance/hosted-instance';
import type { Context } from './context';
import { patienceOf } from './fleet-karmada';
import type { GlobalOptions } from './options';
import { planeFlags } from './servers';

/** Options of the verbs about instances that their hosts know. */
export interface HostOptions extends GlobalOptions {
  readonly as?: string;
  readonly asGroup?: readonly string[];
  readonly expectClusterUid?: readonly string[];
  readonly hostContext?: string;
  readonly hostKubeconfig?: string;
  readonly karmadaContext?: string;
  readonly karmadaKubeconfig?: string;
}

/** An instance as its host knows it, and its servers. */
export interface AtHost {
  readonly host: ApiServer;
  readonly hosted: HostedInstance;
  /** Karmada's API server, or why it does not answer. It is opened when it is first asked for. */
  karmada(): Promise<Reached>;
  readonly patience: Patience;
}

/** Does something with the host of an instance, and with all instances that it has; closes it. */
export async function withHost<T>(
  instance: string | undefined,
  options: HostOptions,
  context: Context,
  use: (host: ApiServer, instances: readonly HostedInstance[], patience: Patience) => Promise<T>,
): Promise<T> {
  const planes = planesFor(instance ?? '', options, context);
  try {
    const host = await planes.host();
    const patience = patienceOf(context);
    return await use(host, await hostedInstances(host, patience), patience);
  } finally {
    await planes.close();
  }
}

/** Does something with one instance that its host knows, whether or not the code still names it: the only one without a name. */
export async function withInstance<T>(
  name: string | undefined,
  options: HostOptions,
  context: Context,
  use: (found: AtHost) => Promise<T>,
): Promise<T> {
  const planes = planesFor(name ?? '', options, context);
  let reached: Promise<Reached> | undefined;
  let own: Planes | undefined;
  try {
    const host = await planes.host();
    const patience = patienceOf(context);
    const hosted = await hostedInstance(host, name, patience);
    const open = async () => {
      own ??= planesFor(hosted.instanceName, options, context, readablePlan(hosted));
      return own.karmada();
    };
    const karmada = () => {
      reached ??= reach(open);
      return reached;
    };
    return await use({ host, hosted, karmada, patience });
  } finally {
    await Promise.all([planes.close(), own?.close()]);
  }
}

/** The instance of this name on the host; without a name, the only one. */
export async function hostedInstance(
  host: ApiServer,
  name: string | undefined,
  patience: Patience,
): Promise<HostedInstance> {
  if (name !== undefined) return hostedInstanceNamed(host, name, patience);
  const all = byName(await hostedInstances(host, patience));
  if (all.length === 1) return all[0];
  const names = all.map(({ instanceName }) => `"${instanceName}"`).join(', ');
  throw new CommandError(ExitCode.USAGE, [
    {
      what: all.length ? `the host has ${all.length} instances: ${names}` : 'the host has no instance',
      at: `${host.name ?? 'host'}, ${host.url}`,
      fix: all.length ? 'name the one that is meant' : 'give the right host with --host-context',
    },
  ]);
}

/** The servers of an instance, with the host that the options say; no input is needed. */
export function planesFor(instance: string, options: HostOptions, context: Context, pkiPlan?: PkiPlan): Planes {
  return new Planes({
    instance,
    instances: [],
    needs: ['host'],
    flags: planeFlags(options),
    folder: context.cwd,
    workingFolder: context.cwd,
    environment: context.env,
    pkiPlan,
  });
}

/** A plan of another release is as good as none: the Karmada cannot be found by it. */
export function readablePlan(hosted: HostedInstance): PkiPlan | undefined {
  try {
    return pkiPlanOf(hosted);
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}
