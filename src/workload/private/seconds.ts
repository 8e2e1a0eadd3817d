import type { Duration } from 'cdk8s';
import type { Trouble } from '../../core/private/trouble';
import { MAX_INT32 } from './counts';

/** A duration as Kubernetes takes it; undefined when its seconds are not whole. */
export function seconds(duration: Duration | undefined): number | undefined {
  const amount = duration?.toSeconds({ integral: false });
  return Number.isInteger(amount) ? amount : undefined;
}

/** What is wrong with durations, by prop: Kubernetes counts in whole seconds. Each may be left out. */
export function secondsTroubles(durations: { readonly [prop: string]: Duration | undefined }): Trouble[] {
  return Object.entries(durations)
    .filter(([, duration]) => duration !== undefined && !((seconds(duration) ?? Infinity) <= MAX_INT32))
    .map(([prop, duration]) => ({
      what: `\`${prop}\` must be a whole number of seconds, got ${duration?.toSeconds({ integral: false })}`,
      fix: `give whole seconds, at most ${MAX_INT32}`,
    }));
}
