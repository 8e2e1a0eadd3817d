import { printable } from '../plan/answer';
import { CommandError } from '../plan/command-error';
import { Unreachable } from './api-server';
import { Interrupted } from './attempt';

/** Does the work; gives in words what kept it from being done, of what may happen to any run. */
export async function inWords(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return error.troubles.map(({ what }) => what).join('; ');
    if (error instanceof Unreachable || error instanceof Interrupted) return printable(error.message);
    throw error;
  }
}
