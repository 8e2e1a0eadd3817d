import { Command, type Option } from 'commander';
import { version } from '../../package.json';
import type { Context } from './context';
import { addFleet } from './fleet-words';
import { addInstance } from './instance-words';
import { addMember } from './member-words';
import { addOffline } from './offline-words';
import { addOnline } from './online-words';
import { type Done, examples } from './option-words';
import { addWorkload } from './workload-words';

const COMPLETION = 'completion';

/** What has verbs of its own, and how to say them. */
const NOUNS = [
  { name: 'fleet', description: 'the member clusters as data, without credentials: pull, show', addVerbs: addFleet },
  { name: 'instance', description: 'Karmada control planes', addVerbs: addInstance },
  { name: 'member', description: 'member clusters', addVerbs: addMember },
  { name: 'workload', description: 'workloads across the fleet, from day to day', addVerbs: addWorkload },
];

/**
 * The words of the command line. What a command does is loaded when it runs, and the verbs of a noun are made when the noun
 * is named, so that `--help` does not wait for what it does not need. `named`: all, where it is left out.
 */
export function program(context: Context, done: Done, named?: readonly string[]): Command {
  const root = new Command('cdk8s-karmada')
    .description('Fleets of Kubernetes clusters as code, with Karmada.')
    .version(version, '-V, --version', 'print the version')
    .option('--no-color', 'plain text (NO_COLOR and FORCE_COLOR are heeded, too)')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      outputError: () => undefined, // told by run()
      getOutHelpWidth: () => Math.min(context.stdout.columns ?? 100, 120),
      getErrHelpWidth: () => Math.min(context.stdout.columns ?? 100, 120),
    })
    .configureHelp({ subcommandTerm: (command) => command.name(), optionDescription });

  root.commandsGroup('Without any cluster:');
  addOffline(root, context, done);
  root.commandsGroup('With the host cluster and Karmada:');
  addOnline(root, context, done);
  for (const { name, description, addVerbs } of NOUNS) {
    const noun = root.command(name).description(description);
    // a shell completes all of them
    if (!named || named.includes(name) || named.includes(COMPLETION)) addVerbs(noun, context, done);
  }
  root.commandsGroup('For your shell:');
  addCompletion(root, context, done);

  root.addHelpText(
    'after',
    examples(
      ['cdk8s-karmada preview --fleet fleet.yaml', 'which cluster gets what'],
      ['cdk8s-karmada plan', 'what apply would change'],
      ['cdk8s-karmada apply --only shop/web --yes', 'one chart, in CI'],
    ) +
      '\nExit codes: 0 done, 1 usage, 2 changes, 3 invalid input, 4 failed in part,\n' +
      '5 timed out, 6 conflict, 7 locked, 8 stale, 9 not allowed, 10 incomplete,\n130 interrupted.',
  );
  return root;
}

/** What an option is for, what it may be, and what it is when it is left out. */
function optionDescription({ description, argChoices = [], defaultValue }: Option): string {
  const fallback = typeof defaultValue === 'string' ? [`default: ${defaultValue}`] : [];
  const rest = [argChoices.join(', '), ...fallback].filter(Boolean).join('; ');
  return rest ? `${description} (${rest})` : description;
}

function addCompletion(root: Command, context: Context, done: Done): void {
  root
    .command(COMPLETION)
    .description('a script that completes commands and options')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText('after', examples(['source <(cdk8s-karmada completion bash)', 'in ~/.bashrc; zsh alike']))
    .action((shell: string) =>
      done((require('./completion') as typeof import('./completion')).completion(shell, root, context)),
    );
}
