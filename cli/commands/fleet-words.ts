import type { Command } from 'commander';
import type { Context } from './context';
import { addServers, type Done, examples, FORMAT, INPUT } from './option-words';

/** The words of `fleet`: the member clusters as data. */
export function addFleet(fleet: Command, context: Context, done: Done): void {
  addServers(fleet.command('pull').description('read them from Karmada into a file for `preview --fleet`'))
    .addOption(INPUT())
    .option('-o, --output <file>', 'the file to write; else standard output')
    .option('--policies <file>', "also other people's policies, overrides and quotas, for `preview --existing`")
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada fleet pull -o fleet.yaml', 'of what cdk8s wrote'],
        ['cdk8s-karmada fleet pull --karmada-context prod', 'on standard output'],
      ),
    )
    .action(async (_, command) =>
      done(
        await (require('./fleet-pull') as typeof import('./fleet-pull')).fleetPull(command.optsWithGlobals(), context),
      ),
    );
  addServers(fleet.command('show').description('a table: where they are, ready, taints, what is free'))
    .addOption(INPUT())
    .option('--fleet <file>', 'of a file; else Karmada is asked')
    .addOption(FORMAT())
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada fleet show --fleet fleet.yaml', 'of a file'],
        ['cdk8s-karmada fleet show --karmada-context prod', 'as it is now'],
      ),
    )
    .action(async (_, command) =>
      done(
        await (require('./fleet-show') as typeof import('./fleet-show')).fleetShow(command.optsWithGlobals(), context),
      ),
    );
}
