import type { Command } from 'commander';
import type { Context } from './context';
import type { Done } from './option-words';
import { addPlanned } from './planned';

/** The words of `member`: clusters that join a Karmada, and leave it. */
export function addMember(root: Command, context: Context, done: Done): void {
  const member = root.command('member').description('member clusters');
  for (const verb of ['list', 'join', 'unjoin', 'cordon', 'uncordon']) addPlanned(member, verb, context, done);
}
