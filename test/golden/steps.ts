import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { RuleOutcome } from './rules';

/** What a step led to in one or more of the runs. */
export interface StepOutcome extends RuleOutcome {
  /** ResourceBindings and ClusterResourceBindings as the step before left them. */
  readonly before: any[];
  /** `<cluster> <resource>` of what is being evicted after the step. */
  readonly evicting?: string[];
  /** Resources whose Works wait until the one in the evicting cluster is gone, which nothing took away here. */
  readonly waiting?: string[];
}

/** A change, and what Karmada made of it, starting from what it had made of the one before. */
export interface Step {
  /** The fleet during this step. */
  readonly fleet: string;
  /** Objects that were created, replaced or deleted; the cluster by name that the application failover evicts from, where it does. */
  readonly change: {
    readonly put?: string[];
    readonly delete?: string[];
    readonly evict?: 'first' | 'last' | 'all';
    readonly suspend?: true;
  };
  /** Every object as stored after the step. */
  readonly stored: any[];
  /** `Kind/name` of objects that were there before and are the same. */
  readonly unchanged: string[];
  readonly outcomes: StepOutcome[];
}

/** Changes that exercise one rule. */
export interface StepCase {
  readonly name: string;
  /** The rule, as `docs/preview-coverage.md` calls it. */
  readonly rule: string;
  readonly steps: Step[];
  /** What differed from the flags of the other vectors. */
  readonly assume?: string[];
}

/** Everything in the file. */
export interface StepVectors {
  readonly karmada: string;
  readonly fleets: { readonly name: string; readonly clusters: any[] }[];
  readonly cases: StepCase[];
}

/**
 * What a real Karmada v1.18.2 made of changes, one after the other: each step was left to settle, three runs of each case, with
 * the flags of the other vectors. Works that were being deleted are left out. An eviction was written to the binding by hand,
 * as the application failover controller writes it.
 */
export function stepVectors(): StepVectors {
  return JSON.parse(brotliDecompressSync(readFileSync(join(__dirname, 'steps-v1.18.2.json.br'))).toString('utf8'));
}
