import { isDnsLabel, LABEL_RULE } from '../../core/private/names';
import type { Trouble } from '../../core/private/trouble';
import { unless } from './unless';

/** What is wrong with the name of a workload, whose kind is given in words. */
export function nameTroubles(kind: string, name: string, longest = 63): Trouble[] {
  return unless(
    isDnsLabel(name, longest),
    `"${name}" cannot be the name of a ${kind}`,
    `give a \`name\` of at most ${longest} characters: ${LABEL_RULE}`,
  );
}
