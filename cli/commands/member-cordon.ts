import { cordonMembers } from '../apply/joining/cordoning';
import { ExitCode } from '../plan/command-error';
import { clusterInCode } from '../plan/joining/code';
import { codeAdvice, codeSays } from '../plan/joining/cordon';
import type { Context } from './context';
import { patienceOf, withFleet } from './fleet-karmada';
import type { ServerOptions } from './servers';

/** Keeps new workloads away from members; what runs there stays. */
export function memberCordon(names: readonly string[], options: ServerOptions, context: Context): Promise<number> {
  return cordonOrNot(names, true, options, context);
}

/** Lets new workloads in again. */
export function memberUncordon(names: readonly string[], options: ServerOptions, context: Context): Promise<number> {
  return cordonOrNot(names, false, options, context);
}

async function cordonOrNot(
  names: readonly string[],
  cordoned: boolean,
  options: ServerOptions,
  context: Context,
): Promise<number> {
  const members = await withFleet(options, context, async ({ karmada, input }) => {
    const done = await cordonMembers(karmada, [...new Set(names)], cordoned, patienceOf(context));
    return done.map(({ inCode, ...each }) => {
      const code = codeSays(clusterInCode(input, each.name), input !== undefined, inCode);
      return { ...each, advice: codeAdvice(each.name, cordoned, code) ?? null };
    });
  });
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', members }, null, 2)}\n`);
    return ExitCode.OK;
  }
  const word = cordoned ? 'cordoned: it gets nothing new, what runs there stays' : 'uncordoned';
  for (const { name, changed, advice } of members) {
    context.stdout.write(`${name}: ${changed ? word : 'it was so already'}\n`);
    if (advice) context.stderr.write(`note: ${advice}\n`);
  }
  return ExitCode.OK;
}
