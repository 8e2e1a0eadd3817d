import { keyText } from '../../src/core/object-key';
import type { Plan, PlannedPrune } from '../plan/plan';
import { massPrune, massText } from '../plan/prune';
import type { Paint } from './paint';

/** Width of the names. */
const NAMES = 56;
/** More are counted, and only the JSON lists them. */
const LONGEST = 30;

/** How a plan speaks of what it deletes. */
export interface PruneWords {
  readonly title: string;
  readonly pruned: string;
  readonly kept: string;
  /** Does it matter how many there are? */
  readonly counts: boolean;
}

export const PLAN_WORDS: PruneWords = {
  title: 'Plan for',
  pruned: 'No longer in the code (deleted when all else is done)',
  kept: 'No longer in the code, and kept',
  counts: true,
};

export const DESTROY_WORDS: PruneWords = {
  title: 'Plan to destroy what was applied of',
  pruned: 'Deleted',
  kept: 'Kept',
  counts: false, // all of it is meant
};

const WITHDRAWN = 'Made by others, and stays';

/** What is no longer in the code: what is deleted, then what is kept and why. */
export function prunesText(plan: Plan, words: PruneWords, paint: Paint): string {
  const pruned = plan.prunes.filter(({ action }) => action === 'prune');
  const withdrawn = plan.prunes.filter(({ action }) => action === 'withdraw');
  const kept = plan.prunes.filter(({ action }) => action === 'keep');
  return [
    block(`${paint.bold(words.pruned)}${words.counts ? mass(plan) : ''}`, pruned, paint),
    block(`${paint.bold(WITHDRAWN)} (what the code had set on it is taken away)`, withdrawn, paint),
    block(paint.bold(words.kept), kept, paint),
  ]
    .filter(Boolean)
    .join('\n');
}

function mass(plan: Plan): string {
  const many = massPrune(plan);
  if (!many) return '';
  return `\n  ${massText(plan.totals.prune, many)}: apply asks for the number, or takes --allow-prune ${plan.totals.prune}`;
}

function block(heading: string, prunes: readonly PlannedPrune[], paint: Paint): string {
  if (!prunes.length) return '';
  const lines = prunes.slice(0, LONGEST).flatMap((each) => [line(each, paint), ...details(each)]);
  const more = prunes.length - LONGEST;
  return `${[heading, ...lines, ...(more > 0 ? [`  and ${more} more; -o json lists them`] : [])].join('\n')}\n`;
}

const WORDS = {
  prune: (paint: Paint) => paint.red('- prune'),
  withdraw: (paint: Paint) => paint.yellow('- withdraw'),
  keep: (paint: Paint) => paint.dim('. keep '),
};

function line({ plane, key, action, reason }: PlannedPrune, paint: Paint): string {
  return `  ${WORDS[action](paint)}  ${`${plane}: ${keyText(key)}`.padEnd(NAMES)}  ${paint.dim(reason)}`;
}

function details({ why, allow, notes }: PlannedPrune): string[] {
  const kept = why === undefined ? [] : [allow ? `${why}; it goes with --allow-prune ${allow}` : why];
  return [...kept, ...notes].map((text) => `      ${text}`);
}
