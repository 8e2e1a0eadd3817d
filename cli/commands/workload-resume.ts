import type { Context } from './context';
import type { ServerOptions } from './servers';
import { operate } from './workload-rollout';

/** Lets paused workloads go on. */
export function workloadResume(names: readonly string[], options: ServerOptions, context: Context): Promise<number> {
  return operate(names, options, context, 'resumed', (rollout, target) => rollout.resume(target));
}
