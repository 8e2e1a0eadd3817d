import { keyText } from '../../src/core/object-key';
import { type Operated, Rollout } from '../apply/day-two/rollout';
import { findTargets, type Target } from '../apply/day-two/target';
import { ExitCode } from '../plan/command-error';
import { parseNames } from '../plan/day-two/named';
import { firsts } from '../render/words';
import type { Context } from './context';
import { patienceOf, withKarmada } from './fleet-karmada';
import type { ServerOptions } from './servers';

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

/** Lets paused workloads go on. */
export function workloadResume(names: readonly string[], options: ServerOptions, context: Context): Promise<number> {
  return operate(names, options, context, 'resumed', (rollout, target) => rollout.resume(target));
}

/** Makes the pods of workloads anew, everywhere. */
export function workloadRestart(names: readonly string[], options: ServerOptions, context: Context): Promise<number> {
  const at = new Date(context.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  return operate(names, options, context, 'restarts', (rollout, target) => rollout.restart(target, at));
}

async function operate(
  names: readonly string[],
  options: ServerOptions,
  context: Context,
  words: string,
  act: (rollout: Rollout, target: Target) => Promise<Operated>,
): Promise<number> {
  const named = parseNames(names);
  const patience = patienceOf(context);
  const results = await withKarmada(options, context, async (server) => {
    const rollout = new Rollout(server, patience);
    const done: Operated[] = [];
    // each as a whole before the next: what is refused stops the rest
    for (const target of await findTargets(server, named, patience)) done.push(await act(rollout, target));
    return done;
  });
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', workloads: results }, null, 2)}\n`);
  } else for (const result of results) context.stdout.write(line(result, words));
  return ExitCode.OK;
}

const MOST_CLUSTERS = 5;

function line({ key, written, clusters }: Operated, words: string): string {
  if (!written.length) return `${keyText(key)}: it was so already\n`;
  const through = written.filter(({ kind }) => kind.endsWith('PropagationPolicy')).map(keyText);
  const where = clusters.length ? ` on ${firsts(clusters, MOST_CLUSTERS)}` : ', which is on no cluster';
  return `${keyText(key)}: ${words}${where}${through.length ? ` (through ${through.join(', ')})` : ''}\n`;
}
