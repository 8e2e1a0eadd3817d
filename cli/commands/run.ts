import { CommanderError } from 'commander';
import type { Trouble } from '../../src/core/private/trouble';
import { Unreachable } from '../apply/api-server';
import { CommandError, ExitCode } from '../plan/command-error';
import { errorText, visible } from '../render/error-text';
import { paint } from '../render/paint';
import type { Context } from './context';
import { coloured } from './options';
import { program } from './program';

/** Runs a command line and gives its exit code. Nothing is thrown: what went wrong stands on standard error. */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  let code: number = ExitCode.OK;
  try {
    const done = (exitCode: number) => {
      code = exitCode;
    };
    await program(context, done, argv).parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // help and version end that way, and help for a command line that asks for nothing
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) {
      return error.exitCode;
    }
    const failure = asCommandError(error);
    // asked of the bare arguments, because they may be what is wrong
    const colours = paint(coloured(context.stderr, { color: !argv.includes('--no-color') }, context));
    context.stderr.write(failure ? errorText(failure.troubles, colours) : faultText(error));
    return failure?.exitCode ?? ExitCode.USAGE;
  }
}

function asCommandError(error: unknown): CommandError | undefined {
  if (error instanceof CommandError) return error;
  // its message is whole, with where and what to do
  if (error instanceof Unreachable) return new CommandError(error.exitCode, [{ what: error.message }]);
  if (error instanceof CommanderError) return new CommandError(ExitCode.USAGE, [usageTrouble(error)]);
  return undefined;
}

/** The argument parser's message, whose advice is in brackets on a second line, or in a second sentence. */
function usageTrouble(error: CommanderError): Trouble {
  const [what, ...rest] = error.message.replace(/^error: /, '').split(/\n|\. /);
  const advice = rest.join(' ').replace(/\.$/, '');
  const meant = advice.match(/^\(Did you mean (.*)\?\)$/)?.[1];
  if (meant) return { what, fix: `did you mean ${meant}?` };
  const fix = advice ? `${advice[0].toLowerCase()}${advice.slice(1)}` : 'see `cdk8s-karmada --help`';
  return { what: what.replace(/\.$/, ''), fix };
}

/** A fault of ours, with what is needed to report it. */
function faultText(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `error: cdk8s-karmada failed in a way that it does not know\n${visible(stack).replace(/^/gm, '  ')}\n`;
}
