import type { Command } from 'commander';
import type { Context } from './context';
import type { Done } from './option-words';
import { addPlanned } from './planned';

/** The words of `instance`: Karmada control planes, from the first look at a host to the last. */
export function addInstance(root: Command, context: Context, done: Done): void {
  const instance = root.command('instance').description('Karmada control planes');
  for (const verb of ['list', 'status', 'kubeconfig', 'doctor', 'hosts', 'certs', 'issue', 'orphans', 'upgrade'])
    addPlanned(instance, verb, context, done);
  addPlanned(instance, 'destroy', context, done);
}
