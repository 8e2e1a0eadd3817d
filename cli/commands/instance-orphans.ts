import { KARMADA_PARENT_NAMESPACE } from '../../src/core/private/keys';
import type { Patience } from '../apply/attempt';
import { forgottenOn } from '../apply/instance/forgotten';
import { recordsIn } from '../apply/instance/hosted-instances';
import { reach } from '../apply/instance/reach';
import { ExitCode } from '../plan/command-error';
import type { HostedInstance } from '../plan/instance/hosted-instance';
import { listed } from '../plan/instance/instance-row';
import { type Orphan, orphanCharts, orphansOf } from '../plan/instance/orphan';
import { orphansText } from '../render/instance-orphans-text';
import { paint } from '../render/paint';
import type { Context } from './context';
import { type CodeOptions, inCode, withHosts } from './instance-code';
import { planesFor, readablePlan } from './instance-servers';
import { coloured } from './options';

/** What is on the hosts and nobody looks after. */
export async function instanceOrphans(options: CodeOptions, context: Context): Promise<number> {
  const code = await inCode(options, context);
  const orphans: Orphan[] = [];
  const unread: string[] = [];
  await withHosts(options, context, async (host, instances, patience) => {
    const forgotten = await forgottenOn(host, patience);
    orphans.push(...orphansOf(instances, forgotten.sets, code?.instances, namedHost(options)));
    unread.push(...forgotten.unread);
    if (!code) return;
    for (const hosted of listed(instances, 'name').filter(({ instanceName }) => code.instances.has(instanceName))) {
      const found = await chartsOf(hosted, code.charts, options, context, patience);
      if ('silent' in found) unread.push(`the Karmada of "${hosted.instanceName}" was not looked at: ${found.silent}`);
      else orphans.push(...found.orphans);
    }
  });
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', orphans, unread }, null, 2)}\n`);
  } else {
    const colours = paint(coloured(context.stdout, options, context));
    context.stdout.write(orphansText(orphans, context.now(), colours));
    for (const each of unread) context.stderr.write(`warning: ${each}\n`);
  }
  return unread.length ? ExitCode.INCOMPLETE : ExitCode.OK;
}

/** What is on the Karmada of an instance that the code names, and that no chart of the code has. */
async function chartsOf(
  hosted: HostedInstance,
  charts: ReadonlySet<string>,
  options: CodeOptions,
  context: Context,
  patience: Patience,
): Promise<{ readonly orphans: readonly Orphan[] } | { readonly silent: string }> {
  const planes = planesFor(hosted.instanceName, options, context, readablePlan(hosted));
  try {
    const reached = await reach(() => planes.karmada());
    if ('silent' in reached) return reached;
    const records = await recordsIn(reached.server, KARMADA_PARENT_NAMESPACE, patience);
    if ('refused' in records) return { silent: `its records cannot be read: status ${records.refused.status}` };
    return { orphans: orphanCharts(hosted, records.items, charts) };
  } finally {
    await planes.close();
  }
}

/** The host as this command line names it, so that what is said can be run as it stands. */
function namedHost({ hostContext, hostKubeconfig }: CodeOptions): string {
  return [
    ...(hostContext === undefined ? [] : ['--host-context', hostContext]),
    ...(hostKubeconfig === undefined ? [] : ['--host-kubeconfig', hostKubeconfig]),
  ].join(' ');
}
