import type { Context } from './context';
import type { ServerOptions } from './servers';
import { operate } from './workload-rollout';

export interface PauseOptions extends ServerOptions {
  /** Karmada sends nothing, instead of the workload standing still. */
  readonly sending?: boolean;
}

/** Stops the changes of workloads, or their sending, until they are resumed. */
export function workloadPause(names: readonly string[], options: PauseOptions, context: Context): Promise<number> {
  const { sending = false } = options;
  const words = sending ? 'Karmada sends no change of it' : 'paused';
  return operate(names, options, context, words, (rollout, target) => rollout.pause(target, sending));
}
