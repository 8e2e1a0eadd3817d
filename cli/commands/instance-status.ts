import { seenOfInstance } from '../apply/instance/seen-of-instance';
import { ExitCode } from '../plan/command-error';
import { type InstanceStatus, instanceStatus as statusOf } from '../plan/instance/instance-status';
import { instanceStatusText } from '../render/instance-status-text';
import { paint } from '../render/paint';
import type { Context } from './context';
import { nameInInput } from './instance-code';
import { withInstance } from './instance-servers';
import { coloured } from './options';
import type { ServerOptions } from './servers';

/** How a control plane is doing, from what its host and its Karmada say. */
export async function instanceStatus(
  name: string | undefined,
  options: ServerOptions,
  context: Context,
): Promise<number> {
  const asked = name ?? options.instance ?? (await nameInInput(options, context));
  const status = await withInstance(asked, options, context, async ({ host, hosted, karmada, patience }) =>
    statusOf(hosted, await seenOfInstance(host, hosted, await karmada(), patience)),
  );
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', ...status }, null, 2)}\n`);
  } else {
    const width = Math.min(context.stdout.columns ?? 120, 160);
    const colours = paint(coloured(context.stdout, options, context));
    context.stdout.write(instanceStatusText(status, { width, now: context.now() }, colours));
  }
  return exitCodeOf(status, context.now());
}

/** What needs a person most comes first. */
function exitCodeOf({ installed, state, apiServer, nextExpiry }: InstanceStatus, now: number): ExitCode {
  const isExpired = nextExpiry !== undefined && Date.parse(nextExpiry.expires) <= now;
  if (!installed || state === 'missing' || isExpired) return ExitCode.FAILED;
  return state === 'ready' && apiServer.reachable ? ExitCode.OK : ExitCode.TIMED_OUT;
}
