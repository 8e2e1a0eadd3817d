import { type Command, Option } from 'commander';
import type { Context } from './context';
import {
  ALLOW_PRUNE,
  addPlanes,
  addServers,
  type Done,
  examples,
  FORMAT,
  INPUT,
  PLANES_HELP,
  PROGRESS,
  READY_RULES,
  REPLACE,
  WAIT_CLUSTERS,
} from './option-words';

/** The commands that compare the input with servers, or change them. */
export function addOnline(root: Command, context: Context, done: Done): void {
  addPlan(root, context, done);
  addApply(root, context, done);
  addDestroy(root, context, done);
  addStatus(root, context, done);
}

function addPlan(root: Command, context: Context, done: Done): void {
  addPlanes(root.command('plan').description('what would apply change? (exit code 2: something)').addOption(INPUT()))
    .option('--empty', 'as if both servers were empty: asks no server at all')
    .option('--rbac [subject]', 'print the roles that apply needs, for ServiceAccount/ns/name')
    .addOption(ALLOW_PRUNE())
    .option('--no-prune', 'keep what the code no longer names')
    .addOption(REPLACE())
    .option('--warnings-as-errors', 'findings and warnings of servers end it')
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
    .addOption(REPLACE())
    .option('--warnings-as-errors', 'findings and warnings of servers end it')
    .option('--steal-lock', 'take the lock of a run that is gone')
    .addOption(PROGRESS())
    .addOption(FORMAT('jsonl'))
    .addHelpText(
      'after',
      examples(['cdk8s-karmada apply --wait healthy --yes', 'in CI, until members run it']) + PLANES_HELP,
    )
    .action(async (_, command) =>
      done(await (require('./apply') as typeof import('./apply')).apply(command.optsWithGlobals(), context)),
    );
}

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
    .addOption(PROGRESS())
    .addOption(FORMAT('jsonl'))
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
