import { CLAIMING } from './claiming';
import type { PreviewRule, RuleFacts } from './preview-rule';
import { RENDERING } from './rendering';
import { DIVIDING, FILTERING } from './scheduling';
import { THIRD_PARTY } from './third-party';
import { VECTORS } from './vectors';

/** Every rule of Karmada that a preview follows, in the order of its stages. */
export const PREVIEW_RULES: readonly PreviewRule[] = [
  ...CLAIMING,
  ...THIRD_PARTY,
  ...FILTERING,
  ...DIVIDING,
  ...RENDERING,
];

const UNVERIFIED = PREVIEW_RULES.filter(({ rule }) => !VECTORS[rule]);

/** The rules that took part in a decision. */
export function rulesOf(facts: RuleFacts): PreviewRule[] {
  return PREVIEW_RULES.filter(({ applies }) => applies(facts));
}

/** Those that no recorded decision covers. */
export function unverified(facts: RuleFacts): PreviewRule[] {
  return UNVERIFIED.filter(({ applies }) => applies(facts));
}
