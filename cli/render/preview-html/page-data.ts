import type { FailoverWay } from '../failover-view';

/** What the page is made from, as JSON inside it. Positions stand for what is in the lists, so that it stays small. */
export interface PageData {
  readonly clusters: readonly PageCluster[];
  readonly policies: readonly string[];
  /** Sentences: why not elsewhere, and what Karmada says of a resource. */
  readonly sentences: readonly string[];
  /** Where resources go: cluster, replicas, cluster, replicas, and so on. */
  readonly placements: readonly (readonly number[])[];
  /** Why not elsewhere: a sentence for all other clusters, then cluster, sentence, cluster, sentence where it differs. */
  readonly reasons: readonly (readonly number[])[];
  readonly resources: readonly PageResource[];
  readonly tables: readonly PageTable[];
  /** What happens when a cluster of the resource that was asked for is lost. */
  readonly failover?: PageFailover;
  readonly findings: readonly PageFinding[];
  /** How many there are, with those that had no room. */
  readonly allFindings: number;
  /** How to see the manifests that are not here. */
  readonly noManifest: string;
}

export interface PageCluster {
  readonly name: string;
  readonly region: string;
  readonly provider: string;
  readonly zones: readonly string[];
  readonly taints: readonly string[];
  /** What else has to be known, such as that it is being deleted. */
  readonly notes: readonly string[];
  /** Of what it has, how much is taken once this input runs, in percent, by resource. */
  readonly used: { readonly [resource: string]: number };
}

/** What becomes of a resource. */
export type PageState = 'scheduled' | 'unscheduled' | 'follows' | 'unclaimed' | 'undecided';

export interface PageResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly state: PageState;
  readonly replicas?: number;
  readonly policy?: number;
  /** Why it is not scheduled, or not decided. */
  readonly message?: number;
  readonly affinity?: string;
  /** Resources that it follows. */
  readonly follows?: readonly string[];
  /** A placement for each outcome. */
  readonly outcomes?: readonly number[];
  readonly reasons?: number;
  /** Clusters that are suspended. */
  readonly suspended?: readonly number[];
  /** Clusters where an override changes something. */
  readonly overridden?: readonly number[];
  readonly manifests?: PageManifests;
}

/** Manifests as what differs from the template. */
export interface PageManifests {
  readonly template: unknown;
  readonly patches: readonly Patch[];
  /** For each outcome: cluster, patch, cluster, patch, and so on. */
  readonly outcomes: readonly (readonly number[])[];
}

/** Places and what stands there; a place alone is removed. */
export type Patch = readonly (readonly [path: readonly (string | number)[], value?: unknown])[];

export interface PageFinding {
  readonly level: string;
  readonly code: string;
  readonly message: string;
  readonly at: string;
  /** The resource that it is about, as `Kind/namespace/name`, where it is about one. */
  readonly about?: string;
  readonly fix: string;
  readonly acknowledged?: string;
}

/** What is said of all resources together. */
export interface PageTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A time line for each way that a resource goes. */
export interface PageFailover {
  readonly title: string;
  /** The columns of its steps. */
  readonly head: readonly string[];
  readonly ways: readonly FailoverWay[];
}
