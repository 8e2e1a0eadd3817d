import type { Command } from 'commander';
import type { Context } from './context';
import { addLife } from './instance-life-words';
import { addServers, type Done, examples, FORMAT, INPUT, PLANES_HELP } from './option-words';
import { addPlanned } from './planned';

/** The words of `instance`: Karmada control planes, from the first look at a host to the last. */
export function addInstance(root: Command, context: Context, done: Done): void {
  const instance = root.command('instance').description('Karmada control planes');
  addLife(instance, context, done);
  for (const verb of ['kubeconfig', 'certs', 'issue', 'upgrade']) addPlanned(instance, verb, context, done);
  addDoctor(instance, context, done);
}

function addDoctor(instance: Command, context: Context, done: Done): void {
  addServers(
    instance
      .command('doctor')
      .description('what ails an instance, or the host it shall have: causes and fixes (exit code 4: something fails)')
      .argument('[name]', 'the instance; else that of the input, or the only one of the host')
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
