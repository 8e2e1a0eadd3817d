import type { Trouble } from '../../core/private/trouble';
import { unless } from './unless';

/** The annotation that consoles of Karmada show as the description. */
export const DESCRIPTION = 'kairship.io/describe';

/** The label by which Karmada refuses to delete an object. */
export const PROTECTED = { 'resourcetemplate.karmada.io/deletion-protected': 'Always' };

const LONGEST_DESCRIPTION = 512;

/** What is wrong with a description. */
export function descriptionTroubles(description = ''): Trouble[] {
  return unless(
    description.length <= LONGEST_DESCRIPTION,
    `\`description\` has ${description.length} characters, and ${LONGEST_DESCRIPTION} is the most`,
    'make it shorter',
  );
}
