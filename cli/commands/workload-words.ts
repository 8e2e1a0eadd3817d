import { type Command, Option } from 'commander';
import type { Context } from './context';

/** Words that other commands have, too. */
export interface SharedWords {
  readonly servers: (command: Command) => Command;
  readonly input: () => Option;
  readonly format: () => Option;
  readonly list: (value: string, before?: string[]) => string[];
  readonly examples: (...lines: [command: string, what: string][]) => string;
}

const NAMES = ['<object...>', 'Kind[.group]/namespace/name, such as Deployment/shop/web'] as const;

/** The words of `workload`: what is done with workloads from day to day, whoever made them. */
export function addWorkload(root: Command, context: Context, done: (code: number) => void, words: SharedWords): void {
  const workload = root.command('workload').description('workloads across the fleet, from day to day');
  const verb = (name: string, summary: string) =>
    words.servers(workload.command(name).description(summary)).addOption(words.input()).addOption(words.format());

  verb('list', 'what runs on this Karmada, the newest first, whoever made it')
    .addOption(new Option('--kind <kind>', 'Kind[.group]; repeatable; else those that run pods').argParser(words.list))
    .option('-n, --namespace <name>', 'of one namespace')
    .option('--cluster <name>', 'that one member has, or is to have')
    .option('--name <text>', 'whose name holds this text')
    .addHelpText(
      'after',
      words.examples(
        ['cdk8s-karmada workload list -n shop', 'of a team'],
        ['cdk8s-karmada workload list --cluster paris -o json', 'of a member, as data'],
      ),
    )
    .action(async (_, command) => {
      const { workloadList } = require('./workload-list') as typeof import('./workload-list');
      done(await workloadList(command.optsWithGlobals(), context));
    });

  const rollout = () => require('./workload-rollout') as typeof import('./workload-rollout');
  verb('pause', 'stop changes of the pods (or new runs of a job) until it is resumed')
    .argument(...NAMES)
    .option('--sending', 'stop Karmada from sending any change of it, instead: through its policy')
    .addHelpText(
      'after',
      `${words.examples(
        ['cdk8s-karmada workload pause Deployment/shop/web', 'spec.paused'],
        ['cdk8s-karmada workload pause Service/shop/web --sending', 'its policy'],
      )}
What runs goes on running; a Job that is paused loses its pods. The next apply
leaves it paused. Where the code says \`paused\` or \`suspension\`, change the code.
`,
    )
    .action(async (names: string[], _, command) =>
      done(await rollout().workloadPause(names, command.optsWithGlobals(), context)),
    );

  verb('resume', 'undo `workload pause`, of either sort')
    .argument(...NAMES)
    .addHelpText('after', words.examples(['cdk8s-karmada workload resume Deployment/shop/web', 'it goes on']))
    .action(async (names: string[], _, command) =>
      done(await rollout().workloadResume(names, command.optsWithGlobals(), context)),
    );

  verb('restart', 'new pods on every cluster, as the strategy of each says')
    .argument(...NAMES)
    .addHelpText(
      'after',
      `${words.examples(['cdk8s-karmada workload restart Deployment/shop/web', 'all clusters at once'])}
The next apply does not undo it. In the code it is \`restartToken\`.
`,
    )
    .action(async (names: string[], _, command) =>
      done(await rollout().workloadRestart(names, command.optsWithGlobals(), context)),
    );
}
