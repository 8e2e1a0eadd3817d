import { keyText } from '../../src/core/object-key';
import { type Operated, Rollout } from '../apply/day-two/rollout';
import { findTargets, type Target } from '../apply/day-two/target';
import { ExitCode } from '../plan/command-error';
import { parseNames } from '../plan/day-two/named';
import { firsts } from '../render/words';
import type { Context } from './context';
import { patienceOf, withKarmada } from './fleet-karmada';
import type { ServerOptions } from './servers';

/** Does something to each of the named workloads, and says what. */
export async function operate(
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
