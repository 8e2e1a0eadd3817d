import { keyText } from '../../src/core/object-key';
import { nameTroubles } from '../../src/core/private/cluster-names';
import { Interrupted } from '../apply/attempt';
import { type PlannedToken, planToken } from '../apply/joining/bootstrap-token';
import { CommandError, ExitCode } from '../plan/command-error';
import type { KubeconfigEntry } from '../plan/instance/kubeconfig-entry';
import { type BootstrapToken, tokenUser, ttlTroubles } from '../plan/joining/bootstrap-token';
import { clusterInCode } from '../plan/joining/code';
import { base64 } from '../plan/joining/kubeconfig-text';
import { agentUser } from '../plan/joining/names';
import { stepLine } from '../render/join-text';
import { paint } from '../render/paint';
import { handedText, tokenText } from '../render/token-text';
import { askForYes } from './confirm';
import type { Context } from './context';
import { milliseconds } from './duration';
import { patienceOf, withFleet } from './fleet-karmada';
import { fileTroubles, writeKubeconfig } from './kubeconfig-file';
import { coloured } from './options';
import { formatTroubles } from './output-file';
import type { ServerOptions } from './servers';

export interface MemberTokenOptions extends Omit<ServerOptions, 'output'> {
  /** A file of its own. */
  readonly output?: string;
  readonly ttl: string;
  readonly karmadaEndpoint?: string;
  readonly yes?: boolean;
}

/** Makes a token with which somebody without rights on Karmada has a cluster join, and a file that holds it. */
export async function memberToken(name: string, options: MemberTokenOptions, context: Context): Promise<number> {
  const ttlMs = milliseconds(options.ttl, '--ttl');
  const wrong = [
    ...nameTroubles(name),
    ...ttlTroubles(ttlMs, options.ttl),
    ...formatTroubles(options.output, 'member token', `write \`-o ${name}.bootstrap.kubeconfig\`, or leave it out`),
  ];
  if (wrong.length) throw new CommandError(ExitCode.USAGE, wrong);
  const file = options.output ?? `${name}.bootstrap.kubeconfig`;
  const taken = fileTroubles(file, entryName(name), context);
  const patience = { ...patienceOf(context), signal: context.interrupts() };
  try {
    return await withFleet({ ...options, output: 'text' }, context, async ({ karmada, input }) => {
      const { karmadaEndpoint } = options;
      const request = { name, ttlMs, karmadaEndpoint, code: clusterInCode(input, name) };
      const plan = await planToken(karmada, request, patience, taken);
      const colours = paint(coloured(context.stderr, options, context));
      const { entrance, atOnce, earlier, warnings } = plan;
      const steps = plan.looked.map(({ step: { on, manifest }, outcome }) => ({ on, manifest, outcome }));
      const shown = { name, server: karmada, entrance: entrance.server, ttl: options.ttl, atOnce, steps };
      context.stderr.write(tokenText({ ...shown, earlier, file, warnings }, colours));
      if (!options.yes) await askForYes('token', `no token was made for ${name}`, context);
      const { id, expires } = await plan.run(
        context.now(),
        ({ on, manifest }, outcome) => {
          if (outcome !== 'unchanged')
            context.stderr.write(`${stepLine({ on, manifest, outcome }, colours)} ${outcome}\n`);
        },
        (token) => writeKubeconfig(file, entryOf(name, plan, token), context),
      );
      for (const key of earlier) context.stderr.write(`  - karmada: ${keyText(key)} deleted\n`);
      const facts = { name, file, expires, atOnce, holder: tokenUser(id), agent: agentUser(name) };
      context.stderr.write(handedText(facts));
      return ExitCode.OK;
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    context.stderr.write('interrupted; run it again for a token\n');
    return ExitCode.INTERRUPTED;
  }
}

/** Of the context, the cluster and the user in the file. */
function entryName(name: string): string {
  return `${name}-bootstrap`;
}

function entryOf(name: string, { entrance }: PlannedToken, { id, secret }: BootstrapToken): KubeconfigEntry {
  const { server, authority } = entrance;
  return {
    name: entryName(name),
    cluster: { server, ...(authority && { 'certificate-authority-data': base64(authority) }) },
    user: { token: `${id}.${secret}` },
  };
}
