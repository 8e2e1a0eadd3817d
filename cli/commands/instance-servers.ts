import type { ApiServer } from '../apply/api-server';
import type { Patience } from '../apply/attempt';
import { hostedInstanceNamed, hostedInstances, pkiPlanOf } from '../apply/instance/hosted-instances';
import { type Reached, reach } from '../apply/instance/reach';
import type { PkiPlan } from '../apply/pki/plan';
import { Planes } from '../apply/planes';
import { CommandError } from '../plan/command-error';
import type { HostedInstance } from '../plan/instance/hosted-instance';
import type { Context } from './context';
import { patienceOf } from './fleet-karmada';
import type { GlobalOptions } from './options';
import { planeFlags } from './servers';

/** Options of the verbs about instances that their hosts know. */
export interface HostOptions extends GlobalOptions {
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

/** Does something with one instance that its host knows, whether or not the code still names it. */
export async function withInstance<T>(
  name: string,
  options: HostOptions,
  context: Context,
  use: (found: AtHost) => Promise<T>,
): Promise<T> {
  const planes = planesFor(name, options, context);
  let reached: Promise<Reached> | undefined;
  let own: Planes | undefined;
  try {
    const host = await planes.host();
    const patience = patienceOf(context);
    const hosted = await hostedInstanceNamed(host, name, patience);
    const open = async () => {
      own ??= planesFor(name, options, context, readablePlan(hosted));
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
