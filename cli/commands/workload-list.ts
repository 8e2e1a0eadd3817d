import { listWorkloads } from '../apply/day-two/workloads';
import { ExitCode } from '../plan/command-error';
import { workloadListText } from '../render/workload-list-text';
import type { Context } from './context';
import { patienceOf, withKarmada } from './fleet-karmada';
import type { ServerOptions } from './servers';

export interface WorkloadListOptions extends ServerOptions {
  readonly kind?: readonly string[];
  readonly namespace?: string;
  readonly cluster?: string;
  readonly name?: string;
}

/** The workloads of a Karmada, whoever made them, the newest first. */
export async function workloadList(options: WorkloadListOptions, context: Context): Promise<number> {
  const { kind: kinds, namespace, cluster, name } = options;
  const wanted = { ...(kinds ? { kinds } : {}), namespace, cluster, name };
  const rows = await withKarmada(options, context, (server) => listWorkloads(server, wanted, patienceOf(context)));
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', workloads: rows }, null, 2)}\n`);
  } else {
    const width = Math.min(context.stdout.columns ?? 120, 160);
    context.stdout.write(workloadListText(rows, width, context.now()));
  }
  return ExitCode.OK;
}
