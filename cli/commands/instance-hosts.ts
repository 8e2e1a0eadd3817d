import { inWindow } from '../apply/attempt';
import { inWords } from '../apply/in-words';
import { seenOfHost } from '../apply/instance/host-contexts';
import { ExitCode } from '../plan/command-error';
import { type HostCandidate, hostCandidate, type SeenOfHost } from '../plan/instance/host-candidate';
import { instanceHostsText } from '../render/instance-hosts-text';
import { paint } from '../render/paint';
import type { Context } from './context';
import { milliseconds } from './duration';
import { type HostOptions, planesFor } from './instance-servers';
import { coloured } from './options';

export interface InstanceHostsOptions extends HostOptions {
  readonly timeout: string;
}

const WINDOW = 8;

/** The contexts of a kubeconfig, and which of their clusters could host an instance. */
export async function instanceHosts(options: InstanceHostsOptions, context: Context): Promise<number> {
  const timeoutMs = milliseconds(options.timeout, '--timeout');
  const planes = planesFor('', options, context);
  const { contexts, currentContext, files } = planes.hostKubeconfig();
  const found: HostCandidate[] = [];
  await inWindow(WINDOW, contexts, async ({ name }) => {
    let seen: SeenOfHost = {};
    let server: string | undefined;
    // one that is not whole is told like one that does not answer
    const wrong = await inWords(async () => {
      const opened = planes.openHost(name);
      server = opened.url;
      try {
        seen = await seenOfHost(opened, timeoutMs);
      } finally {
        await opened.close();
      }
    });
    const at = { context: name, current: name === currentContext, ...(server ? { server } : {}) };
    found.push(hostCandidate(at, wrong ? { silent: wrong } : seen));
  });
  await planes.close();
  // those that fit first, then by name
  const hosts = found.sort((a, b) => Number(b.fits) - Number(a.fits) || (a.context < b.context ? -1 : 1));
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', kubeconfigs: files, hosts }, null, 2)}\n`);
  } else {
    const width = Math.min(context.stdout.columns ?? 120, 160);
    const colours = paint(coloured(context.stdout, options, context));
    context.stdout.write(instanceHostsText(hosts, files, width, colours));
  }
  return hosts.some(({ fits }) => fits) ? ExitCode.OK : ExitCode.FAILED;
}
