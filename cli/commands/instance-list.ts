import { readAllComponents } from '../apply/instance/seen-of-instance';
import { ExitCode } from '../plan/command-error';
import { byName, type HostedInstance, newestFirst } from '../plan/instance/hosted-instance';
import { type InstanceOrder, type InstanceRow, instanceRow, listed } from '../plan/instance/instance-row';
import { instanceListText } from '../render/instance-list-text';
import type { Context } from './context';
import { type CodeOptions, inCode, withHosts } from './instance-code';

export interface InstanceListOptions extends CodeOptions {
  readonly sort: InstanceOrder;
  /** Text in the name or the alias. */
  readonly name?: string;
}

/** The instances on the hosts that the options or the file of planes name. */
export async function instanceList(options: InstanceListOptions, context: Context): Promise<number> {
  const code = await inCode(options, context);
  const rows = new Map<HostedInstance, InstanceRow>();
  await withHosts(options, context, async (host, instances, patience) => {
    const all = listed(instances, options.sort, options.name);
    const components = await readAllComponents(host, all, patience);
    for (const hosted of all) {
      const at = host.name ?? host.url;
      rows.set(hosted, instanceRow(hosted, components.get(hosted) ?? [], at, code?.instances));
    }
  });
  const order = options.sort === 'name' ? byName([...rows.keys()]) : newestFirst([...rows.keys()]);
  const sorted = order.map((hosted) => rows.get(hosted) as InstanceRow);
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', instances: sorted }, null, 2)}\n`);
  } else {
    const width = Math.min(context.stdout.columns ?? 120, 160);
    context.stdout.write(instanceListText(sorted, width, context.now()));
  }
  return ExitCode.OK;
}
