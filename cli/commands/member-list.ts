import { listClusters } from '../apply/joining/clusters';
import { ExitCode } from '../plan/command-error';
import { memberRows } from '../plan/joining/member-row';
import { memberListText } from '../render/member-list-text';
import type { Context } from './context';
import { patienceOf, withKarmada } from './fleet-karmada';
import type { ServerOptions } from './servers';

/** The members of a Karmada, whoever joined them. */
export async function memberList(options: ServerOptions, context: Context): Promise<number> {
  const rows = memberRows(await withKarmada(options, context, (server) => listClusters(server, patienceOf(context))));
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', members: rows }, null, 2)}\n`);
  } else {
    const width = Math.min(context.stdout.columns ?? 120, 160);
    context.stdout.write(memberListText(rows, width, context.now()));
  }
  return ExitCode.OK;
}
