import { keyText } from '../../src/core/object-key';
import { type Rebalanced, rebalance, type Shares } from '../apply/day-two/rebalancing';
import { findTargets } from '../apply/day-two/target';
import { ExitCode } from '../plan/command-error';
import { parseNames } from '../plan/day-two/named';
import type { Context } from './context';
import { milliseconds } from './duration';
import { patienceOf, withKarmada } from './fleet-karmada';
import type { ServerOptions } from './servers';

export interface WorkloadRebalanceOptions extends ServerOptions {
  /** Longest wait for the scheduler. */
  readonly timeout: string;
}

const EXIT = { done: ExitCode.OK, open: ExitCode.TIMED_OUT, failed: ExitCode.FAILED };

/** Has Karmada place workloads anew, and says what that moves. */
export async function workloadRebalance(
  names: readonly string[],
  options: WorkloadRebalanceOptions,
  context: Context,
): Promise<number> {
  const named = parseNames(names);
  const timeoutMs = milliseconds(options.timeout, '--timeout');
  const patience = patienceOf(context);
  const result = await withKarmada(options, context, async (server) => {
    const targets = await findTargets(server, named, patience);
    return rebalance(server, targets, { now: () => context.now(), timeoutMs }, patience);
  });
  if (options.output === 'json') context.stdout.write(`${JSON.stringify({ schema: '1', ...result }, null, 2)}\n`);
  else for (const workload of result.workloads) context.stdout.write(`${keyText(workload.key)}: ${words(workload)}\n`);
  return EXIT[result.state];
}

function words({ result, reason, before, after }: Rebalanced): string {
  if (result === 'Failed') return `failed${reason ? ` (${reason})` : ''}`;
  if (!after) return `not decided yet; it is on ${sharesText(before)}`;
  const [was, is] = [sharesText(before), sharesText(after)];
  return was === is ? `stays as it is: ${is}` : `${was} → ${is}`;
}

function sharesText(shares: Shares): string {
  const names = Object.keys(shares).sort();
  return names.map((name) => [name, shares[name]].filter((each) => each !== null).join(' ')).join(', ') || 'no cluster';
}
