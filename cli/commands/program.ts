import { Command, Option } from 'commander';
import { version } from '../../package.json';
import type { Context } from './context';
import { PLANNED, unsupported } from './planned';
import { addWorkload } from './workload-words';

/** Told the exit code of the command that ran. */
type Done = (exitCode: number) => void;

const list = (value: string, before: string[] = []) => [...before, value];

const INPUT = () =>
  new Option(
    '-f, --filename <path>',
    'file, folder (with those in it) or - for standard input; repeatable; else what cdk8s wrote',
  ).argParser(list);
const ASSUME = () =>
  new Option(
    '--assume <flag=value>',
    'what in the control plane is not as its release sets it, as [component.]flag=value; repeatable',
  ).argParser(list);
const WAIT_CLUSTERS = () => new Option('--wait-clusters <which>', 'members needed: all, ready (that answer), 2, 80%');
const READY_RULES = () => new Option('--ready-rules <file>', 'when your own kinds are ready (JSON)');
const INSTANCE = () => new Option('--instance <name>', 'the instance, where the input holds several');
const FORMAT = (...choices: string[]) =>
  new Option('-o, --output <format>', 'form of the result').choices(['text', 'json', ...choices]).default('text');

const ALLOW_PRUNE = () =>
  new Option('--allow-prune <what>', 'how many, or which, may be deleted; repeatable').argParser(list);

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
    .configureHelp({ subcommandTerm: (command) => command.name() });

  root.commandsGroup('Without any cluster:');
  addValidate(root, context, done);
  addPreview(root, context, done);
  addDiff(root, context, done);
  root.commandsGroup('With the host cluster and Karmada:');
  addPlan(root, context, done);
  addApply(root, context, done);
  addDestroy(root, context, done);
  addStatus(root, context, done);
  addFleet(root, context, done);
  addWorkload(root, context, done, { servers: addServers, input: INPUT, format: FORMAT, list, examples });
  root.commandsGroup('For your shell:');
  addCompletion(root, context, done);
  root.commandsGroup('Not part of this release (they answer "unsupported"):');
  addPlanned(root, context, done);

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

function addValidate(root: Command, context: Context, done: Done): void {
  root
    .command('validate')
    .description("what would Karmada's API server say? (exit code 3: it refuses something)")
    .addOption(INPUT())
    .addOption(ASSUME())
    .addOption(INSTANCE())
    .addOption(FORMAT())
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada validate', 'what cdk8s wrote'],
        ['cdk8s-karmada validate -f policy.yaml -o json', 'verdicts as data'],
        ['helm template shop | cdk8s-karmada validate -f -', 'of another tool'],
      ),
    )
    .action(async (_, command) =>
      done(await (require('./validate') as typeof import('./validate')).validate(command.optsWithGlobals(), context)),
    );
}

function addPreview(root: Command, context: Context, done: Done): void {
  root
    .command('preview')
    .description('which cluster gets how many replicas, which image, and why not')
    .addOption(INPUT())
    .option(
      '--fleet <file>',
      '(needed) the member clusters, as `fleet pull` or `kubectl get clusters -o yaml` prints them',
    )
    .option('--existing <file>', "other people's policies and overrides on the same Karmada (`fleet pull --policies`)")
    .option('--bindings <file>', 'ResourceBindings as they are now')
    .addOption(
      new Option(
        '--uid <object=uid>',
        'UID that breaks a tie, as Kind[.group]/namespace/name=uid; repeatable',
      ).argParser(list),
    )
    .addOption(new Option('--without <cluster>', 'what if the fleet lost this cluster? repeatable').argParser(list))
    .option('--failover <object>', 'what happens, and when, if a cluster of Kind/namespace/name is lost?')
    .addOption(ASSUME())
    .addOption(
      new Option('--render <which>', 'manifests to show; else all, but none for more than 1,000 resources').choices([
        'none',
        'changed',
        'all',
      ]),
    )
    .addOption(new Option('--fail-on <what>', 'exit with 3 for this').choices(['unschedulable', 'warning']))
    .addOption(INSTANCE())
    .addOption(FORMAT('markdown', 'html'))
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada fleet pull -o fleet.yaml', 'once'],
        ['cdk8s-karmada preview --fleet fleet.yaml', 'what cdk8s wrote'],
        ['cdk8s-karmada preview --fleet fleet.yaml --fail-on warning', 'CI gate'],
        ['cdk8s-karmada preview --fleet fleet.yaml -o html > it.html', 'as a page'],
      ),
    )
    .action(async (_, command) =>
      done(await (require('./preview') as typeof import('./preview')).preview(command.optsWithGlobals(), context)),
    );
}

function addDiff(root: Command, context: Context, done: Done): void {
  root
    .command('diff')
    .description('what a change of the code moves: two folders, or two git revisions (exit code 3: --max-moved)')
    .argument('<old>', 'folder or file, or a revision of what cdk8s wrote, such as main or main:dist')
    .argument('<new>', 'the same, of the new side')
    .option('--fleet <file>', '(needed) the member clusters, as `fleet pull` writes them')
    .option('--existing <file>', "other people's policies and overrides on the same Karmada")
    .option('--bindings <file>', 'ResourceBindings as they are now; else where Karmada would put the old side')
    .option('--max-moved <limit>', 'exit with 3 when more replicas move than this: 20%, or a number')
    .addOption(ASSUME())
    .addOption(INSTANCE())
    .addOption(FORMAT('markdown'))
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada diff main HEAD --fleet fleet.yaml', 'what cdk8s wrote is committed'],
        ['cdk8s-karmada diff main:dist dist --fleet fleet.yaml', 'a revision and a folder'],
        ['cdk8s-karmada diff old new --fleet fleet.yaml --max-moved 20%', 'CI gate'],
      ),
    )
    .action(async (before: string, after: string, _, command) =>
      done(
        await (require('./diff') as typeof import('./diff')).diff(before, after, command.optsWithGlobals(), context),
      ),
    );
}

function addPlanes(command: Command): Command {
  return addServers(command.option('--only <chart>', 'one chart, by its construct path').addOption(ASSUME()));
}

function addServers(command: Command): Command {
  return command
    .addOption(INSTANCE())
    .option('--host-context <name>', 'context of the host cluster')
    .option('--host-kubeconfig <file>', 'kubeconfig of the host cluster')
    .option('--karmada-context <name>', "context of Karmada's API server")
    .option('--karmada-kubeconfig <file>', "kubeconfig of Karmada's API server");
}

const PLANES_HELP = `
Where the servers are: these options, else \`planes\` in cdk8s-karmada.yaml next
to cdk8s.yaml, else, for Karmada, the admin kubeconfig that the instance keeps
on its host. A server that no chart needs is not asked for.`;

function addPlan(root: Command, context: Context, done: Done): void {
  addPlanes(root.command('plan').description('what would apply change? (exit code 2: something)').addOption(INPUT()))
    .option('--empty', 'as if both servers were empty: asks no server at all')
    .option('--rbac [subject]', 'print the roles that apply needs, for ServiceAccount/ns/name')
    .addOption(ALLOW_PRUNE())
    .option('--no-prune', 'keep what the code no longer names')
    .option('--out <file>', 'save the plan for `apply --plan`; without any value')
    .addOption(FORMAT('markdown'))
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada plan --empty', 'all of a first apply, offline'],
        ['cdk8s-karmada plan --host-context prod', 'compared with what is there'],
      ) + PLANES_HELP,
    )
    .action(async (_, command) =>
      done(await (require('./plan') as typeof import('./plan')).plan(command.optsWithGlobals(), context)),
    );
}

function addApply(root: Command, context: Context, done: Done): void {
  addPlanes(
    root.command('apply').description('make the servers as the code says, after showing the plan').addOption(INPUT()),
  )
    .option('--yes', 'do not ask (for CI)')
    .option('--plan <file>', 'exactly what `plan --out` saved, or nothing')
    .addOption(
      new Option('--wait <until>', 'how far')
        .choices(['none', 'ready', 'scheduled', 'applied', 'healthy'])
        .default('ready'),
    )
    .addOption(WAIT_CLUSTERS())
    .option('--timeout <duration>', 'longest wait for a wave', '10m')
    .option('--run-timeout <duration>', 'longest wait of a run', '1h')
    .addOption(READY_RULES())
    .option('--fail-fast', 'give nothing that fails time to recover')
    .addOption(ALLOW_PRUNE())
    .option('--no-prune', 'keep what the code no longer names')
    .option('--steal-lock', 'take the lock of a run that is gone')
    .addOption(FORMAT())
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada apply', 'shows the plan and asks'],
        ['cdk8s-karmada apply --wait healthy --yes', 'in CI, until members run it'],
      ) +
        PRUNE_HELP +
        PLANES_HELP,
    )
    .action(async (_, command) =>
      done(await (require('./apply') as typeof import('./apply')).apply(command.optsWithGlobals(), context)),
    );
}

const PRUNE_HELP = `
What left the code is deleted at the end; many, or CRDs and such, only by name.
`;

function addDestroy(root: Command, context: Context, done: Done): void {
  addServers(
    root
      .command('destroy')
      .description('delete what was applied, after asking for its name')
      .addOption(INPUT())
      .option('--only <chart>', 'one chart, by its construct path'),
  )
    .option('--yes', 'do not ask (for CI); needs --allow-prune with the number')
    .addOption(ALLOW_PRUNE())
    .addOption(
      new Option('--wait <until>', 'wait until each object is gone before what it needs, or go on at once')
        .choices(['ready', 'none'])
        .default('ready'),
    )
    .option('--timeout <duration>', 'longest wait for objects to go, such as 90s or 10m', '10m')
    .option('--steal-lock', 'take the lock of a run that is gone')
    .addOption(FORMAT())
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada destroy --only shop/web', 'one chart; shows the plan and asks'],
        ['cdk8s-karmada destroy --yes --allow-prune 12', 'all that was applied, in CI'],
      ) + PLANES_HELP,
    )
    .action(async (_, command) =>
      done(await (require('./destroy') as typeof import('./destroy')).destroy(command.optsWithGlobals(), context)),
    );
}

function addStatus(root: Command, context: Context, done: Done): void {
  addPlanes(root.command('status').description('how what was applied is doing, on each member, too').addOption(INPUT()))
    .option('--drift', 'also what differs: code and template, template and work, work and member')
    .addOption(WAIT_CLUSTERS())
    .addOption(READY_RULES())
    .addOption(FORMAT())
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada status', 'of what cdk8s wrote'],
        ['cdk8s-karmada status --drift -o json', 'for a job that watches over it'],
      ) + PLANES_HELP,
    )
    .action(async (_, command) =>
      done(await (require('./status') as typeof import('./status')).status(command.optsWithGlobals(), context)),
    );
}

function addFleet(root: Command, context: Context, done: Done): void {
  const fleet = root.command('fleet').description('the member clusters as data, without credentials: pull, show');
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

function addPlanned(root: Command, context: Context, done: Done): void {
  for (const [name, { summary, verbs }] of Object.entries(PLANNED)) {
    const command = root.command(name).description(summary);
    for (const verb of verbs) planned(command.command(verb), `${name} ${verb}`, context, done);
    if (!verbs.length) planned(command, name, context, done);
  }
}

function planned(command: Command, words: string, context: Context, done: Done): void {
  command
    .addOption(FORMAT())
    .argument('[arguments...]')
    .allowUnknownOption()
    .action((_, options) => done(unsupported(`\`${words}\``, options.output, context)));
}

function examples(...lines: [command: string, what: string][]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return `\nExamples:\n${lines.map(([command, what]) => `  ${command.padEnd(width)}  # ${what}\n`).join('')}`;
}
