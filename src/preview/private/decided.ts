import type { Decision } from './decide';

/** A preview from the inside, for those who compare two of them. Lists are in the order of the decisions. */
export interface Decided {
  readonly decisions: readonly Decision[];
  /** Names of the clusters of the fleet. */
  readonly clusters: readonly string[];
  /** Entries of the report. */
  readonly entries: readonly any[];
  /** Why nothing is said about a resource; empty where something is. */
  readonly unsupported: readonly (readonly string[])[];
  /** Everything of the input that is for Karmada, as it stores it. */
  readonly objects: readonly any[];
  /** Override policies that select the resource, for whichever cluster. */
  readonly overriding: (decision: Decision) => readonly any[];
  /** What each of these clusters receives in one outcome; nothing where an override fails. */
  readonly rendered: (
    decision: Decision,
    outcome: number,
    clusters: ReadonlySet<string>,
  ) => { readonly [cluster: string]: readonly any[] };
  /** ResourceBindings and ClusterResourceBindings as Karmada holds them then, in one outcome. */
  readonly bindings: (outcome: number) => any[];
  /** The same, when a distribution from scratch is asked for each of them. */
  readonly rebalancing: () => any[];
}
