import { CommandError, ExitCode } from '../plan/command-error';
import type { Plan } from '../plan/plan';
import type { Context } from './context';

/** Throws when nobody is there to be asked. Said before any server is. */
export function expectAnswer(context: Context): void {
  if (context.stdin.isTTY && context.stderr.isTTY) return;
  throw new CommandError(ExitCode.USAGE, [
    {
      what: 'apply asks before it writes, and nobody can answer here',
      fix: 'have the output of `cdk8s-karmada plan` reviewed, then add --yes',
    },
  ]);
}

/**
 * Asks whether to write to these servers; throws for any other answer than the one that is wanted.
 *
 * @param wanted `yes`, or the number of objects that are deleted
 */
export async function confirm({ planes }: Plan, context: Context, wanted = 'yes'): Promise<void> {
  const servers = planes.map(({ plane, name, url, unopened }) => {
    return `  ${plane.padEnd(7)}  ${[name, url, unopened].filter(Boolean).join('   ')}\n`;
  });
  const question =
    wanted === 'yes'
      ? 'Only "yes" is taken for an answer: '
      : `${wanted} objects are deleted. Only that number is taken for an answer: `;
  context.stderr.write(`Apply this to\n${servers.join('')}${question}`);
  const answer = await context.stdin.line();
  if (answer?.trim() === wanted) return;
  throw new CommandError(ExitCode.USAGE, [
    { what: `not applied: the answer was not "${wanted}"; nothing was written` },
  ]);
}
