import { type Command, Option } from 'commander';
import type { Context } from './context';
import {
  addHost,
  addServers,
  type Done,
  examples,
  FORMAT,
  INPUT,
  list,
  ONE_INSTANCE,
  PLANES_HELP,
} from './option-words';

/** The verbs of `instance` about keys and certificates. */
export function addIssue(instance: Command, context: Context, done: Done): void {
  addServers(
    instance
      .command('issue')
      .description('make the keys and certificates that are missing, renew those that are due, fill in CA bundles')
      .argument(...ONE_INSTANCE)
      .addOption(INPUT()),
  )
    .option('--yes', 'do not ask (for CI)')
    .addOption(
      new Option('--wait <until>', 'until what starts anew is ready, or not')
        .choices(['ready', 'none'])
        .default('ready'),
    )
    .option('--timeout <duration>', 'longest wait for it', '10m')
    .option('--steal-lock', 'take the lock of a run that is gone')
    .addOption(FORMAT())
    .addHelpText(
      'after',
      `${examples(
        ['cdk8s-karmada instance issue', 'shows what it would write and asks'],
        ['cdk8s-karmada instance issue east --yes', 'each night, beside Argo CD'],
      )}
Nothing else of the charts is written; \`apply\` does the same on its way. An
authority and the key of service accounts are never replaced. Exit code 10: run
it again when Karmada answers.
${PLANES_HELP}\n`,
    )
    .action(async (name: string | undefined, _, command) => {
      const { instanceIssue } = require('./instance-issue') as typeof import('./instance-issue');
      done(await instanceIssue(name, command.optsWithGlobals(), context));
    });
}

export function addCerts(instance: Command, context: Context, done: Done): void {
  addServers(
    instance
      .command('certs')
      .description('keys and certificates: until when, who mounts them, what is due (exit code 2: something)')
      .argument(...ONE_INSTANCE)
      .addOption(INPUT()),
  )
    .addOption(FORMAT())
    .addHelpText(
      'after',
      `${examples(
        ['cdk8s-karmada instance certs', 'of what cdk8s wrote'],
        ['cdk8s-karmada instance certs east -o json', 'also of one without code'],
      )}
No key is shown. Exit code 4: something needs a person; 10: who mounts what
could not be read.
${PLANES_HELP}\n`,
    )
    .action(async (name: string | undefined, _, command) => {
      const { instanceCerts } = require('./instance-certs') as typeof import('./instance-certs');
      done(await instanceCerts(name, command.optsWithGlobals(), context));
    });
}

export function addKubeconfig(instance: Command, context: Context, done: Done): void {
  addHost(
    instance
      .command('kubeconfig')
      .description('make a kubeconfig for a while, with a certificate of its own; also of one that left the code')
      .argument('<name>', 'the instance')
      .addOption(INPUT()),
  )
    .option('-o, --output <file>', 'a file of its own; else k-<name>.kubeconfig')
    .option('--merge [file]', "into a kubeconfig that is there (comments go); else kubectl's")
    .option('--print', 'to standard output, key and all')
    .option('--validity <duration>', 'how long it lets in, such as 30m or 7d', '8h')
    .option('--user <name>', 'who it is; else the administrator')
    .addOption(new Option('--group <name>', 'of which groups; repeatable').argParser(list))
    .option('--server <url>', 'the address; else the exposed one, else localhost by port-forward')
    .option('--forward [port]', 'lead a port of this machine there until interrupted; else 5443')
    .addHelpText(
      'after',
      `${examples(
        ['cdk8s-karmada instance kubeconfig east', 'for 8 hours'],
        ['cdk8s-karmada instance kubeconfig east --merge --forward', 'and a port'],
      )}
It is signed with the key of the authority, a Secret on the host: to read that
Secret is all that it takes. The file is for its owner alone (0600).
`,
    )
    .action(async (name: string, _, command) => {
      const { instanceKubeconfig } = require('./instance-kubeconfig') as typeof import('./instance-kubeconfig');
      done(await instanceKubeconfig(name, command.optsWithGlobals(), context));
    });
}
