import { INSTANCE } from '../../src/core/private/keys';
import type { Patience } from '../apply/attempt';
import { pkiPlanOf } from '../apply/instance/hosted-instances';
import type { IssueTarget } from '../apply/issue-run';
import { pkiPlanIn } from '../apply/issuing';
import type { PkiPlan } from '../apply/pki/plan';
import type { Planes } from '../apply/planes';
import { type ChartInput, type Input, readCharts } from '../plan/chart-input';
import { CommandError, ExitCode } from '../plan/command-error';
import type { Document } from '../plan/document';
import type { HostedInstance } from '../plan/instance/hosted-instance';
import type { Context } from './context';
import { patienceOf } from './fleet-karmada';
import { hasInput, readInput } from './input';
import { hostedInstance, planesFor } from './instance-servers';
import { planesOf, type ServerOptions } from './servers';

/** An instance with a PKI plan: of the code where it is in it, else of its host. */
export interface IssuedInstance extends IssueTarget {
  readonly patience: Patience;
}

/** Does something with the keys and certificates of an instance, and closes its servers. */
export async function withIssued<T>(
  name: string | undefined,
  options: ServerOptions,
  context: Context,
  use: (instance: IssuedInstance) => Promise<T>,
): Promise<T> {
  const opened: Planes[] = [];
  const open = (planes: Planes) => {
    opened.push(planes);
    return planes;
  };
  const wanted = name ?? options.instance;
  try {
    const documents = hasInput(options.filename, context) ? await readInput(options.filename, context) : [];
    const named = instancesIn(documents);
    // what the input does not have the host may have
    if (documents.length && (wanted === undefined || named.includes(wanted)))
      return await use(await ofCode(documents, wanted, options, context, open));
    return await use(await ofHost(wanted, options, context, open));
  } finally {
    await Promise.all(opened.map((planes) => planes.close()));
  }
}

function instancesIn(documents: readonly Document[]): string[] {
  return documents.flatMap(({ manifest }) => manifest.metadata?.annotations?.[INSTANCE] ?? []);
}

async function ofCode(
  documents: readonly Document[],
  name: string | undefined,
  options: ServerOptions,
  context: Context,
  open: (planes: Planes) => Planes,
): Promise<IssuedInstance> {
  const input = readCharts(documents, { instance: name });
  const plan = pkiPlanIn(input.all);
  const chart = input.all.find(({ plane }) => plane === 'host');
  if (!plan || !chart) throw notInstalled(input);
  const chosen = { ...options, instance: input.instance };
  const planes = () => open(planesOf(documents, input, chosen, context, ['host']));
  const host = await planes().host();
  return { plan, host, chart, input, patience: patienceOf(context), openKarmada: async () => planes().karmada() };
}

async function ofHost(
  name: string | undefined,
  options: ServerOptions,
  context: Context,
  open: (planes: Planes) => Planes,
): Promise<IssuedInstance> {
  const patience = patienceOf(context);
  const planes = (pkiPlan?: PkiPlan) => open(planesFor(name ?? '', options, context, pkiPlan));
  const host = await planes().host();
  const hosted = await hostedInstance(host, name, patience);
  const plan = pkiPlanOf(hosted);
  if (!plan) throw unplanned(hosted);
  const openKarmada = async () => planes(plan).karmada();
  return { plan, host, chart: chartOf(hosted), patience, openKarmada };
}

/** What a lock needs to know of the chart of an instance that left the code. */
function chartOf({ instanceName, version, chart, record, parent }: HostedInstance): ChartInput {
  return {
    plane: 'host',
    instance: instanceName,
    version,
    path: chart,
    parent: { key: record, id: '', manifest: parent, source: { file: '', document: 0 } },
    objects: [],
  };
}

function notInstalled({ instance }: Input): CommandError {
  return new CommandError(ExitCode.USAGE, [
    {
      what: `the input does not install "${instance}": it has no PKI plan`,
      fix: 'give the output of the app with its MulticloudInstance; the certificates of other installations are their own business',
    },
  ]);
}

function unplanned({ instanceName, namespace }: HostedInstance): CommandError {
  return new CommandError(ExitCode.USAGE, [
    {
      what: `the PKI plan of "${instanceName}" is not on its host`,
      at: `host: ConfigMap/${namespace}/${instanceName}-pki-plan`,
      fix: 'give the output of the app with its MulticloudInstance with -f, or restore the ConfigMap from a backup',
    },
  ]);
}
