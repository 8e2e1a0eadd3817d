import { type Command, Option } from 'commander';
import { addCerts, addIssue, addKubeconfig } from './certificate-words';
import type { Context } from './context';
import { addLife } from './instance-life-words';
import {
  ALLOW_PRUNE,
  addServers,
  type Done,
  examples,
  FORMAT,
  INPUT,
  ONE_INSTANCE,
  PLANES_HELP,
  PROGRESS,
} from './option-words';

/** The words of `instance`: Karmada control planes, from the first look at a host to the last. */
export function addInstance(instance: Command, context: Context, done: Done): void {
  addLife(instance, context, done);
  addDoctor(instance, context, done);
  addUpgrade(instance, context, done);
  addCerts(instance, context, done);
  addIssue(instance, context, done);
  addKubeconfig(instance, context, done);
}

function addDoctor(instance: Command, context: Context, done: Done): void {
  addServers(
    instance
      .command('doctor')
      .description('what ails an instance, or the host it shall have: causes and fixes (exit code 4: something fails)')
      .argument(...ONE_INSTANCE)
      .option('--host', 'the host, before an installation: for the instance of the input, or for itself')
      .addOption(INPUT()),
  )
    .addOption(FORMAT())
    .addHelpText(
      'after',
      examples(
        ['cdk8s-karmada instance doctor --host', 'before the first apply'],
        ['cdk8s-karmada instance doctor east', 'when something is wrong; reads only'],
      ) + PLANES_HELP,
    )
    .action(async (name, _, command) =>
      done(
        await (require('./instance-doctor') as typeof import('./instance-doctor')).doctor(
          name,
          command.optsWithGlobals(),
          context,
        ),
      ),
    );
}

function addUpgrade(instance: Command, context: Context, done: Done): void {
  addServers(
    instance
      .command('upgrade')
      .description(
        'another release of Karmada: what it changes, then apply, with a look at the instance before and after',
      )
      .addOption(INPUT()),
  )
    .option('--plan', 'show what it changes, and no more (exit code 2: something)')
    .option('--yes', 'do not ask (for CI)')
    .option('--ignore-findings', 'go on although something fails before')
    .addOption(new Option('--wait <until>', 'how far').choices(['none', 'ready']).default('ready'))
    .option('--timeout <duration>', 'longest wait for a wave', '10m')
    .option('--run-timeout <duration>', 'longest wait of a run', '1h')
    .addOption(ALLOW_PRUNE())
    .option('--steal-lock', 'take the lock of a run that is gone')
    .addOption(PROGRESS())
    .addOption(FORMAT())
    .addHelpText('after', UPGRADE_HELP + PLANES_HELP)
    .action(async (_, command) =>
      done(
        await (require('./instance-upgrade') as typeof import('./instance-upgrade')).upgrade(
          command.optsWithGlobals(),
          context,
        ),
      ),
    );
}

const UPGRADE_HELP = `
The release is that of the code. One minor release at a time, and none back.
${examples(['cdk8s-karmada instance upgrade --plan', 'flags, images, gates, CRDs, what to do before'])}`;
