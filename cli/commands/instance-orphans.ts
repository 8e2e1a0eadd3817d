import { forgottenOn } from '../apply/instance/forgotten';
import { ExitCode } from '../plan/command-error';
import { type Orphan, orphansOf } from '../plan/instance/orphan';
import { orphansText } from '../render/instance-orphans-text';
import { paint } from '../render/paint';
import type { Context } from './context';
import { type CodeOptions, inCode, withHosts } from './instance-code';
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

/** The host as this command line names it, so that what is said can be run as it stands. */
function namedHost({ hostContext, hostKubeconfig }: CodeOptions): string {
  return [
    ...(hostContext === undefined ? [] : ['--host-context', hostContext]),
    ...(hostKubeconfig === undefined ? [] : ['--host-kubeconfig', hostKubeconfig]),
  ].join(' ');
}
