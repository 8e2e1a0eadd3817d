import { type Command, Option } from 'commander';
import type { Context } from './context';
import {
  ALLOW_PRUNE,
  addHost,
  addHostAndKarmada,
  addServers,
  type Done,
  examples,
  FORMAT,
  INPUT,
  ONE_INSTANCE,
  PROGRESS,
} from './option-words';

const NAME = ['<name>', 'name of the instance'] as const;

/** The words of an instance's life: where it is, how it is, where it could be, and its end. */
export function addLife(instance: Command, context: Context, done: Done): void {
  addList(instance, context, done);
  addStatus(instance, context, done);
  addHosts(instance, context, done);
  addOrphans(instance, context, done);
  addDestroy(instance, context, done);
}

const HOST_HELP = `
What the host knows is enough, so an instance that left the code is found, too.
The host: these options, else \`planes\` in cdk8s-karmada.yaml, else
the current context.
`;

function addList(instance: Command, context: Context, done: Done): void {
  addHost(instance.command('list').description('the instances on a host, the newest first').addOption(INPUT()))
    .option('--name <text>', 'whose name or alias holds this text')
    .addOption(new Option('--sort <order>', 'what comes first').choices(['created', 'name']).default('created'))
    .addOption(FORMAT())
    .addHelpText(
      'after',
      `${examples(
        ['cdk8s-karmada instance list', 'on every host of cdk8s-karmada.yaml'],
        ['cdk8s-karmada instance list --host-context prod --sort name', 'on one'],
      )}
Where there is input it is said which are in the code. Those that were retained
are under \`instance orphans\`.
`,
    )
    .action(async (_, command) => {
      const { instanceList } = require('./instance-list') as typeof import('./instance-list');
      done(await instanceList(command.optsWithGlobals(), context));
    });
}

function addStatus(instance: Command, context: Context, done: Done): void {
  addServers(
    instance
      .command('status')
      .description('how a control plane is doing')
      .argument(...ONE_INSTANCE)
      .addOption(INPUT()),
  )
    .addOption(FORMAT())
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada instance status east', 'components, certificates, members'],
        ['cdk8s-karmada instance status east -o json', 'for a job that watches over it'],
      ) + HOST_HELP,
    )
    .action(async (name: string | undefined, _, command) => {
      const { instanceStatus } = require('./instance-status') as typeof import('./instance-status');
      done(await instanceStatus(name, command.optsWithGlobals(), context));
    });
}

function addHosts(instance: Command, context: Context, done: Done): void {
  instance
    .command('hosts')
    .description('contexts of your kubeconfig that could host an instance, and why others could not')
    .option('--host-kubeconfig <file>', 'another kubeconfig')
    .option('--timeout <duration>', 'longest wait for a cluster', '5s')
    .addOption(FORMAT())
    .addHelpText(
      'after',
      `${examples(['cdk8s-karmada instance hosts', 'of KUBECONFIG, else ~/.kube/config'])}
No credential is shown. \`instance doctor --host\` looks closer at one.
`,
    )
    .action(async (_, command) => {
      const { instanceHosts } = require('./instance-hosts') as typeof import('./instance-hosts');
      done(await instanceHosts(command.optsWithGlobals(), context));
    });
}

function addOrphans(instance: Command, context: Context, done: Done): void {
  addHost(
    instance
      .command('orphans')
      .description('what nobody looks after any more: retained control planes, data, forgotten objects')
      .addOption(INPUT()),
  )
    .addOption(FORMAT())
    .addHelpText(
      'after',
      `${examples(['cdk8s-karmada instance orphans', 'each with the command that recycles it'])}
Where there is input, instances and charts on the host that it does not name are
told too; another app may own them.
`,
    )
    .action(async (_, command) => {
      const { instanceOrphans } = require('./instance-orphans') as typeof import('./instance-orphans');
      done(await instanceOrphans(command.optsWithGlobals(), context));
    });
}

function addDestroy(instance: Command, context: Context, done: Done): void {
  addHostAndKarmada(instance.command('destroy').description('delete a control plane, after asking for its name'))
    .argument(...NAME)
    .option('--plan', 'only show what would be deleted, in its order (exit code 2: something)')
    .option('--delete-data', "etcd's volumes, the authorities and the namespace, too")
    .option('--leave-members', 'though members are joined: what they run stays')
    .option('--release', 'though it says that its control plane is retained')
    .option('--yes', 'do not ask (for CI); needs --allow-prune with the number')
    .addOption(ALLOW_PRUNE())
    .addOption(new Option('--wait <until>', 'until all is gone, or not').choices(['ready', 'none']).default('ready'))
    .option('--timeout <duration>', 'longest wait for objects to go', '10m')
    .option('--steal-lock', 'take the lock of a run that is gone')
    .addOption(PROGRESS())
    .addOption(FORMAT())
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada instance destroy east --plan', 'what would go'],
        ['cdk8s-karmada instance destroy east', 'etcd keeps its data'],
      ) + HOST_HELP,
    )
    .action(async (name: string, _, command) => {
      const { instanceDestroy } = require('./instance-destroy') as typeof import('./instance-destroy');
      done(await instanceDestroy(name, command.optsWithGlobals(), context));
    });
}
