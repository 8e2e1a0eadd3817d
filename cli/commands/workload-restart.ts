import type { Context } from './context';
import type { ServerOptions } from './servers';
import { operate } from './workload-rollout';

/** Makes the pods of workloads anew, everywhere. */
export function workloadRestart(names: readonly string[], options: ServerOptions, context: Context): Promise<number> {
  const at = new Date(context.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  return operate(names, options, context, 'restarts', (rollout, target) => rollout.restart(target, at));
}
