import { type Trouble, troubleText } from '../../src/core/private/trouble';

/** What an exit code of the command means; each means one thing, whatever the verb. */
export const ExitCode = {
  /** Done, or nothing differs. */
  OK: 0,
  /** Wrong usage or configuration, or a fault of the command itself. */
  USAGE: 1,
  /** A comparison found differences. */
  CHANGES: 2,
  /** The input is wrong; nothing was written. */
  INVALID_INPUT: 3,
  /** Some objects failed; what depends on them was not tried and nothing was pruned. */
  FAILED: 4,
  /** Everything was written, but waiting took longer than allowed. */
  TIMED_OUT: 5,
  /** A conflict or a replacement needs a person's decision; nothing was written. */
  CONFLICT: 6,
  /** Another run holds the lock. */
  LOCKED: 7,
  /** The plan is older than what it would change, or this is another cluster than it was made for. */
  STALE: 8,
  /** The server does not know who we are, or does not allow it. */
  DENIED: 9,
  /** Applied, but a part could not be pruned or checked. */
  INCOMPLETE: 10,
  /** Ended by Ctrl-C, with a record that is whole; a second Ctrl-C does not wait for that. */
  INTERRUPTED: 130,
  /** The same, by SIGTERM. */
  TERMINATED: 143,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What ends a command: troubles that a person can act on, all at once, and the exit code of their class. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly exitCode: ExitCode,
    readonly troubles: readonly Trouble[],
  ) {
    super(troubles.map(troubleText).join('\n'));
  }
}
