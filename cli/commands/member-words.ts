import type { Command } from 'commander';
import type { Context } from './context';
import { addServers, type Done, examples, FORMAT, INPUT, PLANES_HELP } from './option-words';
import { addPlanned } from './planned';

/** The words of `member`: clusters that join a Karmada, and leave it. */
export function addMember(root: Command, context: Context, done: Done): void {
  const member = root.command('member').description('member clusters');
  const verb = (name: string, summary: string) =>
    addServers(member.command(name).description(summary)).addOption(INPUT()).addOption(FORMAT());

  verb('list', 'the members of a Karmada: mode, ready, version, where they are, taints, in the code or not')
    .addHelpText(
      'after',
      `${examples(
        ['cdk8s-karmada member list', 'of what cdk8s wrote'],
        ['cdk8s-karmada member list --karmada-context prod -o json', 'as data'],
      )}${PLANES_HELP}\n`,
    )
    .action(async (_, command) => {
      const { memberList } = require('./member-list') as typeof import('./member-list');
      done(await memberList(command.optsWithGlobals(), context));
    });

  for (const planned of ['join', 'unjoin']) addPlanned(member, planned, context, done);

  verb('cordon', 'keep new workloads away from members; what runs there stays')
    .argument('<name...>', 'names of members')
    .addHelpText(
      'after',
      `${examples(['cdk8s-karmada member cordon paris', 'the taint of `karmadactl cordon`'])}
An apply of code that does not speak of it leaves it. In the code it is
\`schedulingPaused\` of MemberCluster.
${PLANES_HELP}\n`,
    )
    .action(async (names: string[], _, command) => {
      const { memberCordon } = require('./member-cordon') as typeof import('./member-cordon');
      done(await memberCordon(names, command.optsWithGlobals(), context));
    });

  verb('uncordon', 'let new workloads in again')
    .argument('<name...>', 'names of members')
    .addHelpText('after', `${examples(['cdk8s-karmada member uncordon paris', 'it is schedulable'])}${PLANES_HELP}\n`)
    .action(async (names: string[], _, command) => {
      const { memberUncordon } = require('./member-cordon') as typeof import('./member-cordon');
      done(await memberUncordon(names, command.optsWithGlobals(), context));
    });
}
