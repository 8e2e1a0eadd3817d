import { CommandError, ExitCode } from '../plan/command-error';
import type { Plan } from '../plan/plan';
import type { Context } from './context';

/** Throws when nobody is there to be asked. Said before any server is. */
export function expectAnswer(context: Context, verb = 'apply'): void {
  if (canAnswer(context)) return;
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
  await expectTyped(wanted, declined, 'nothing was written', context);
}

/** Is somebody there who sees a question and can type an answer? */
export function canAnswer({ stdin, stderr }: Context): boolean {
  return Boolean(stdin.isTTY && stderr.isTTY);
}

/**
 * Reads the answer to a question that stands there. Throws for any other than the one that is wanted.
 *
 * @param declined what then is not done
 * @param unharmed such as `nothing was written`
 */
export async function expectTyped(
  wanted: string,
  declined: string,
  unharmed: string,
  { stdin }: Context,
): Promise<void> {
  if ((await stdin.line())?.trim() === wanted) return;
  throw new CommandError(ExitCode.USAGE, [{ what: `${declined}: the answer was not "${wanted}"; ${unharmed}` }]);
}

/**
 * Asks a person, who has seen what is going to be written.
 *
 * @param declined what then is not done
 */
export async function askForYes(verb: string, declined: string, context: Context): Promise<void> {
  if (!canAnswer(context)) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: `${verb} asks before it writes, and nobody can answer here; nothing was written`,
        fix: 'have this plan reviewed, then add --yes',
      },
    ]);
  }
  context.stderr.write('Only "yes" is taken for an answer: ');
  await expectTyped('yes', declined, 'nothing was written', context);
}
