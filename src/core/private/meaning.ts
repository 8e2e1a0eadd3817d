import type { FindingLevel } from '../finding';

/** What a code stands for: an entry of docs/findings.md, which is generated from these. */
export interface Meaning {
  readonly code: string;
  readonly level: FindingLevel;
  /** What it is about, in a few words. */
  readonly title: string;
  /** What happens if nothing is done. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  /** Where it can be read up: a file of a release, a page. */
  readonly see?: string;
}
