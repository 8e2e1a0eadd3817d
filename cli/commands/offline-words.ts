import { type Command, Option } from 'commander';
import type { Context } from './context';
import { ASSUME, type Done, examples, FORMAT, INPUT, INSTANCE, list } from './option-words';

/** The commands that need no cluster. */
export function addOffline(root: Command, context: Context, done: Done): void {
  addValidate(root, context, done);
  addPreview(root, context, done);
  addDiff(root, context, done);
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
