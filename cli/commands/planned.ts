import { ExitCode } from '../plan/command-error';
import type { Context } from './context';

/** The answer of a part that this release does not have. */
export function unsupported(what: string, output: string, context: Context): number {
  if (output === 'json') context.stdout.write(`${JSON.stringify({ schema: '1', unsupported: [{ what }] })}\n`);
  context.stderr.write(`unsupported: ${what} is not part of this release of cdk8s-karmada\n`);
  return ExitCode.USAGE;
}

/** Commands that later releases bring, so that their names are known and nothing else takes them. */
export const PLANNED: { readonly [command: string]: { readonly summary: string; readonly verbs: readonly string[] } } =
  {
    instance: {
      summary: 'Karmada control planes',
      verbs: ['list', 'status', 'kubeconfig', 'doctor', 'hosts', 'certs', 'issue', 'orphans', 'upgrade', 'destroy'],
    },
    member: { summary: 'member clusters', verbs: ['list', 'join', 'unjoin', 'cordon', 'uncordon'] },
  };
