import type { Command } from 'commander';
import { ExitCode } from '../plan/command-error';
import type { Context } from './context';
import { type Done, FORMAT } from './option-words';

/** The answer of a part that this release does not have. */
export function unsupported(what: string, output: string, context: Context): number {
  if (output === 'json') context.stdout.write(`${JSON.stringify({ schema: '1', unsupported: [{ what }] })}\n`);
  context.stderr.write(`unsupported: ${what} is not part of this release of cdk8s-karmada\n`);
  return ExitCode.USAGE;
}

/** A verb that a later release brings, so that its name is known and nothing else takes it. */
export function addPlanned(noun: Command, verb: string, context: Context, done: Done): void {
  noun
    .command(verb)
    .description('not part of this release')
    .addOption(FORMAT())
    .argument('[arguments...]')
    .allowUnknownOption()
    .action((_, options) => done(unsupported(`\`${noun.name()} ${verb}\``, options.output, context)));
}
