import { type Command, Option } from 'commander';
import type { Context } from './context';
import { addServers, addUser, type Done, examples, FORMAT, INPUT, list } from './option-words';

const NAMES = ['<object...>', 'Kind[.group]/namespace/name, such as Deployment/shop/web'] as const;
const NAME = ['<object>', NAMES[1]] as const;

/** The words of `workload`: what is done with workloads from day to day, whoever made them. */
export function addWorkload(workload: Command, context: Context, done: Done): void {
  const verb = (name: string, summary: string) =>
    addServers(workload.command(name).description(summary)).addOption(INPUT()).addOption(FORMAT());

  verb('list', 'what runs on this Karmada, the newest first, whoever made it')
    .addOption(new Option('--kind <kind>', 'Kind[.group]; repeatable; else those that run pods').argParser(list))
    .option('-n, --namespace <name>', 'of one namespace')
    .option('--cluster <name>', 'that one member has, or is to have')
    .option('--name <text>', 'whose name holds this text')
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada workload list -n shop', 'of a team'],
        ['cdk8s-karmada workload list --cluster paris -o json', 'of a member, as data'],
      ),
    )
    .action(async (_, command) => {
      const { workloadList } = require('./workload-list') as typeof import('./workload-list');
      done(await workloadList(command.optsWithGlobals(), context));
    });

  verb('show', 'its manifest: the template, or what a member is given after overrides')
    .argument(...NAME)
    .option('--cluster <name>', 'what this member is given; a preview where Karmada has not rendered it')
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada workload show Deployment/shop/web', 'the template'],
        ['cdk8s-karmada workload show Deployment/shop/web --cluster c1', 'c1'],
      ),
    )
    .action(async (name: string, _, command) => {
      const { workloadShow } = require('./workload-show') as typeof import('./workload-show');
      done(await workloadShow(name, command.optsWithGlobals(), context));
    });

  verb('trace', 'template, policy, binding, work, member: where it has got to, and why')
    .argument(...NAME)
    .addHelpText('after', examples(['cdk8s-karmada workload trace Deployment/shop/web', 'how far it is']))
    .action(async (name: string, _, command) => {
      const { workloadTrace } = require('./workload-trace') as typeof import('./workload-trace');
      done(await workloadTrace(name, command.optsWithGlobals(), context));
    });

  verb('pause', 'stop changes of the pods (or new runs of a job) until it is resumed')
    .argument(...NAMES)
    .option('--sending', 'stop Karmada from sending any change of it, instead: through its policy')
    .addHelpText(
      'after',
      `${examples(
        ['cdk8s-karmada workload pause Deployment/shop/web', 'spec.paused'],
        ['cdk8s-karmada workload pause Service/shop/web --sending', 'its policy'],
      )}
What runs goes on running; a Job that is paused loses its pods. The next apply
leaves it paused. Where the code says \`paused\` or \`suspension\`, change the code.
`,
    )
    .action(async (names: string[], _, command) => {
      const { workloadPause } = require('./workload-pause') as typeof import('./workload-pause');
      done(await workloadPause(names, command.optsWithGlobals(), context));
    });

  verb('resume', 'undo `workload pause`, of either sort')
    .argument(...NAMES)
    .addHelpText('after', examples(['cdk8s-karmada workload resume Deployment/shop/web', 'it goes on']))
    .action(async (names: string[], _, command) => {
      const { workloadResume } = require('./workload-resume') as typeof import('./workload-resume');
      done(await workloadResume(names, command.optsWithGlobals(), context));
    });

  verb('restart', 'new pods on every cluster, as the strategy of each says')
    .argument(...NAMES)
    .addHelpText(
      'after',
      `${examples(['cdk8s-karmada workload restart Deployment/shop/web', 'all clusters at once'])}
The next apply does not undo it. In the code it is \`restartToken\`.
`,
    )
    .action(async (names: string[], _, command) => {
      const { workloadRestart } = require('./workload-restart') as typeof import('./workload-restart');
      done(await workloadRestart(names, command.optsWithGlobals(), context));
    });

  verb('rebalance', 'have Karmada place it anew, as if it were new, and say what moves')
    .argument(...NAMES)
    .option('--timeout <duration>', 'longest wait for the scheduler', '1m')
    .addHelpText('after', examples(['cdk8s-karmada workload rebalance Deployment/shop/web', 'once']))
    .action(async (names: string[], _, command) => {
      const { workloadRebalance } = require('./workload-rebalance') as typeof import('./workload-rebalance');
      done(await workloadRebalance(names, command.optsWithGlobals(), context));
    });

  addUser(workload.command('adopt'))
    .description('write the code that takes over what runs on a member; its pods go on running')
    .argument(...NAME)
    .requiredOption('--from <context>', 'context of the member cluster')
    .option('--from-kubeconfig <file>', 'kubeconfig of the member cluster')
    .option('--cluster <name>', 'its name in Karmada, where that is not the context')
    .option('-o, --output <file>', 'the file to write; else standard output')
    .addHelpText(
      'after',
      `${examples(['cdk8s-karmada workload adopt Deployment/shop/web --from c1 -o web.ts', ''])}
A dry-run on the member proves that the pod template does not change (exit code
10: the member did not say). Nothing is written to any cluster. Values of a
Secret are never written: the code names variables to give them in.
`,
    )
    .action(async (name: string, _, command) => {
      const { workloadAdopt } = require('./workload-adopt') as typeof import('./workload-adopt');
      done(await workloadAdopt(name, command.optsWithGlobals(), context));
    });
}
