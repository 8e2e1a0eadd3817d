import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** A policy, as an object's binding names it. */
export interface RecordedPolicy {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** What was decided about one resource template. */
export interface RuleBinding {
  readonly resource: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
  readonly policy: RecordedPolicy | null;
  readonly replicas: number;
  readonly clusters: { readonly name: string; readonly replicas?: number }[];
  readonly requiredBy: { readonly namespace: string; readonly name: string; readonly clusters: any[] }[];
  readonly affinity: string | null;
  readonly scheduled: string | null;
  readonly reason: string | null;
  readonly message: string | null;
  /** Of the binding; left out where it was not looked at. */
  readonly conflictResolution?: string;
}

/** One of the ways in which a case came out; each of `uids` is a run that did. */
export interface RuleOutcome {
  readonly uids: { readonly [resource: string]: string }[];
  readonly bindings: RuleBinding[];
  readonly works: { readonly [cluster: string]: { readonly manifest: any; readonly suspend: boolean }[] };
}

/** Objects that exercise one rule, and what Karmada decided. */
export interface RuleCase {
  readonly name: string;
  /** The rule, as `docs/preview-coverage.md` calls it. */
  readonly rule: string;
  readonly fleet: string;
  readonly objects: any[];
  readonly stored: any[];
  readonly outcomes: RuleOutcome[];
  /** What differed from the flags of the other vectors. */
  readonly assume?: string[];
}

/** Everything in the file. */
export interface RuleVectors {
  readonly karmada: string;
  readonly fleets: { readonly name: string; readonly clusters: any[] }[];
  readonly cases: RuleCase[];
}

/**
 * What a real Karmada v1.18.2 decided where the placement vectors are narrow: one rule after the other, three runs of each case.
 * Recorded with `--enable-empty-workload-propagation=true` and no estimator. Policies were there before what they select. Karmada
 * runs its filter plugins in an order that is random at each start of the scheduler and shows in messages alone; these were
 * recorded with a scheduler that had the order of the other vectors. What a token of a ServiceAccount held is left out
 * of the later ones: Karmada sends nothing of it.
 */
export function ruleVectors(): RuleVectors {
  return JSON.parse(brotliDecompressSync(readFileSync(join(__dirname, 'rules-v1.18.2.json.br'))).toString('utf8'));
}
