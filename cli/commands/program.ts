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

/**
 * The words of the command line. What a command does is loaded when it runs, so that `--help` does not wait for what it
 * does not need.
 */
export function program(context: Context, done: Done): Command {
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
  addFleet(root, context, done);
  addInstance(root, context, done);
  addMember(root, context, done);
  addWorkload(root, context, done);
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
    .command('completion')
    .description('a script that completes commands and options')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText('after', examples(['source <(cdk8s-karmada completion bash)', 'in ~/.bashrc; zsh alike']))
    .action((shell: string) =>
      done((require('./completion') as typeof import('./completion')).completion(shell, root, context)),
    );
}
