import { CommandError, ExitCode } from '../plan/command-error';
import type { Plan } from '../plan/plan';
import type { Context } from './context';

/** Throws when nobody is there to be asked. Said before any server is. */
export function expectAnswer(context: Context, verb = 'apply'): void {
  if (context.stdin.isTTY && context.stderr.isTTY) return;
  throw new CommandError(ExitCode.USAGE, [
    {
      what: `${verb} asks before it writes, and nobody can answer here`,
      fix:
        verb === 'apply'
          ? 'have the output of `cdk8s-karmada plan` reviewed, then add --yes'
          : 'add --yes, which shows what is written and writes it',
    },
  ]);
}

/** How a verb asks. */
export interface Asking {
  /** `yes`, or the number of objects that are deleted. @default 'yes' */
  readonly wanted?: string;
  /** @default 'Apply this to' */
  readonly question?: string;
  /** What is said of another answer. @default 'not applied' */
  readonly declined?: string;
}

/** Asks whether to write to these servers; throws for any other answer than the one that is wanted. */
export async function confirm(
  { planes }: Pick<Plan, 'planes'>,
  context: Context,
  { wanted = 'yes', question = 'Apply this to', declined = 'not applied' }: Asking = {},
): Promise<void> {
  const servers = planes.map(({ plane, name, url, unopened }) => {
    return `  ${plane.padEnd(7)}  ${[name, url, unopened].filter(Boolean).join('   ')}\n`;
  });
  const taken =
    wanted === 'yes'
      ? 'Only "yes" is taken for an answer: '
      : `${wanted} objects are deleted. Only that number is taken for an answer: `;
  context.stderr.write(`${question}\n${servers.join('')}${taken}`);
  const answer = await context.stdin.line();
  if (answer?.trim() === wanted) return;
  throw new CommandError(ExitCode.USAGE, [
    { what: `${declined}: the answer was not "${wanted}"; nothing was written` },
  ]);
}
