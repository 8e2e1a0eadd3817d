import type { Duration } from 'cdk8s';

/** The seconds of a duration; undefined when they are not whole. */
export function wholeSeconds(duration: Duration): number | undefined {
  const seconds = duration.toSeconds({ integral: false });
  return Number.isInteger(seconds) ? seconds : undefined;
}
