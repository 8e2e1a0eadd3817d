import { CommandError, type ExitCode } from '../plan/command-error';

/**
 * Calls the library, whose errors are plain and have their whole text in the message (other languages see nothing else),
 * and gives them the exit code of what was asked wrongly. A fault of ours stays what it is.
 */
export function fromLibrary<T>(exitCode: ExitCode, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    throw new CommandError(exitCode, [{ what: error.message }]);
  }
}
