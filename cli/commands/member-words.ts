import { type Command, Option } from 'commander';
import type { Context } from './context';
import { addServers, type Done, examples, FORMAT, INPUT, list, PLANES_HELP } from './option-words';

/** The words of `member`: clusters that join a Karmada, and leave it. */
export function addMember(member: Command, context: Context, done: Done): void {
  const verb = (name: string, summary: string) =>
    addServers(member.command(name).description(summary)).addOption(INPUT()).addOption(FORMAT());

  const access = (command: Command) =>
    command
      .option('--member-context <name>', 'context of the member; never guessed')
      .option('--member-kubeconfig <file>', 'kubeconfig of the member');

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

  access(verb('join', 'make a cluster a member: shows what it writes on both sides, and asks'))
    .argument('<name>', 'its name in Karmada: at most 48 lower case letters, digits and -')
    .addOption(
      new Option('--mode <mode>', 'push: Karmada writes to it; pull: its agent fetches').choices(['push', 'pull']),
    )
    .option('--member-endpoint <url>', "push: the member's URL as Karmada calls it, where the kubeconfig has another")
    .option('--proxy-url <url>', 'push: the proxy between, where the kubeconfig has another')
    .option('--permissions <ClusterRole>', 'push: what Karmada may do there; else all (see docs/members.md)')
    .option('--bootstrap-kubeconfig <file>', 'pull, without rights on Karmada: what `member token` wrote')
    .option('--agent <path>', 'pull: what its KarmadaAgent was written to; else others apply it')
    .option('--karmada-endpoint <url>', "pull: Karmada's URL as the agent calls it")
    .option('--provider <name>', 'where it is, for a member that is not in the code')
    .option('--region <name>', 'the same')
    .addOption(new Option('--zone <name>', 'the same; repeatable').argParser(list))
    .option('--yes', 'do not ask')
    .addOption(new Option('--wait <how>', 'until Karmada calls it ready').choices(['ready', 'none']).default('ready'))
    .option('--timeout <duration>', 'longest wait for that (2m), and with a token for an approval (10m)')
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada member join paris --member-context paris', 'push'],
        ['cdk8s-karmada member join oslo --mode pull --agent dist/oslo.yaml --member-context oslo', 'pull'],
      ),
    )
    .action(async (name: string, _, command) => {
      const { memberJoin } = require('./member-join') as typeof import('./member-join');
      done(await memberJoin(name, command.optsWithGlobals(), context));
    });

  addServers(member.command('token').description('a token with which the owner of a cluster has it join, in pull mode'))
    .addOption(INPUT())
    .argument('<name>', 'its name in Karmada: at most 48 lower case letters, digits and -')
    .option('-o, --output <file>', 'where it is written, for you alone (default: <name>.bootstrap.kubeconfig)')
    .option('--ttl <duration>', 'how long it is good: a minute to 7d', '24h')
    .option('--karmada-endpoint <url>', "pull: Karmada's URL as the agent calls it")
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `${examples(
        ['cdk8s-karmada member token oslo', 'writes oslo.bootstrap.kubeconfig'],
        ['cdk8s-karmada member token oslo --ttl 2h -o /secure/oslo', 'there'],
      )}
It makes the rights of that agent on Karmada, too. An earlier token of the member
goes. The owner needs no rights: \`member join oslo --bootstrap-kubeconfig <file>\`.
${PLANES_HELP}\n`,
    )
    .action(async (name: string, _, command) => {
      const { memberToken } = require('./member-token') as typeof import('./member-token');
      done(await memberToken(name, command.optsWithGlobals(), context));
    });

  access(verb('unjoin', 'take a member out, and all that joining made'))
    .argument('<name>', 'its name in Karmada')
    .option('--allow-loss <number>', 'how many workloads may lose their only place')
    .option('--force', 'when it does not answer: let go after the wait, and leave on it what is there')
    .option('--yes', 'do not ask for the name')
    .option('--timeout <duration>', 'longest wait for Karmada to take away what it sent', '2m')
    .addHelpText(
      'after',
      `${examples(
        ['cdk8s-karmada member unjoin paris --member-context paris', 'both sides'],
        ['cdk8s-karmada member unjoin paris --force --yes', 'a cluster that is lost'],
      )}
Karmada deletes from it what it sent, but for what policies preserve. Without
--member-context the accounts on the member stay there.
${PLANES_HELP}\n`,
    )
    .action(async (name: string, _, command) => {
      const { memberUnjoin } = require('./member-unjoin') as typeof import('./member-unjoin');
      done(await memberUnjoin(name, command.optsWithGlobals(), context));
    });

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
