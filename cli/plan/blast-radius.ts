import type { ObjectKey } from '../../src/core/object-key';
import type { ImageChange, ManifestChange } from './content-change';
import type { ClusterShift } from './shift';

/** What of the fleet one change of the code reaches; the JSON of `diff`. */
export interface BlastRadius {
  readonly schema: '1';
  readonly totals: BlastTotals;
  /** What was allowed, where something was. */
  readonly maxMoved?: MaxMoved;
  /** Every resource that is not the same on both sides, in the order of the new manifests; what goes comes last. */
  readonly resources: readonly ChangedResource[];
  /** Clusters where something differs, by name. */
  readonly clusters: readonly ChangedCluster[];
  /** Cluster objects that differ, and what that moves. */
  readonly members: readonly MemberEdit[];
  /** Policies, overrides and other objects that steer Karmada and are not the same on both sides. */
  readonly steering: readonly Steering[];
  /** What is not decided here, on either side. */
  readonly unsupported: readonly { readonly resource: ObjectKey; readonly what: string }[];
}

export interface BlastTotals {
  readonly resources: {
    readonly before: number;
    readonly after: number;
    readonly new: number;
    readonly gone: number;
    readonly moved: number;
    readonly resized: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly unknown: number;
  };
  readonly replicas: {
    readonly before: number;
    readonly after: number;
    /** Those that leave one cluster and start on another. */
    readonly moved: number;
    /** Those that start without leaving another cluster. */
    readonly started: number;
    /** Those that stop without starting elsewhere. */
    readonly stopped: number;
  };
  /** Clusters where images change, and where anything does. */
  readonly clusters: { readonly images: number; readonly changed: number; readonly unchanged: number };
}

/** How many replicas were allowed to move, and whether more do. */
export interface MaxMoved {
  /** As it was asked for: `20%` or `6`. */
  readonly allowed: string;
  /** The same in replicas. */
  readonly replicas: number;
  readonly exceeded: boolean;
}

/**
 * What becomes of a resource. `moved`: something leaves one cluster and starts on another; `resized`: only more or only fewer;
 * `changed`: it stays where it is and is another one there; `unknown`: it is not decided here.
 */
export type ResourceChange = 'new' | 'gone' | 'moved' | 'resized' | 'changed' | 'unknown';

export interface ChangedResource {
  readonly resource: ObjectKey;
  readonly change: ResourceChange;
  /** What of the input makes it so, in words. */
  readonly because: readonly string[];
  readonly replicas: {
    readonly before: number;
    readonly after: number;
    readonly moved: number;
    readonly started: number;
    readonly stopped: number;
  };
  /** Clusters where it is not as it was. */
  readonly clusters: readonly ClusterShift[];
  /** True where a tie leaves it open: then what moves most is shown. */
  readonly open: boolean;
  /** Why it is not scheduled any more; null where it is, or was not before either. */
  readonly unscheduled: string | null;
  readonly images: readonly ImageChange[];
  /** Other fields, where it stays on a cluster. */
  readonly fields: readonly ManifestChange[];
}

export interface ChangedCluster {
  readonly name: string;
  /** Replicas on it. */
  readonly before: number;
  readonly after: number;
  readonly leave: number;
  readonly arrive: number;
  /** Resources whose images change on it. */
  readonly images: number;
  /** Resources that differ on it in any way. */
  readonly resources: number;
}

/** An object that steers Karmada. */
export interface Steering {
  readonly object: ObjectKey;
  readonly change: 'new' | 'gone' | 'changed';
}

export interface MemberEdit {
  readonly cluster: string;
  readonly change: 'new' | 'gone' | 'changed';
  /** Fields that change, such as `metadata.labels.tier: "gold" → "lab"`. */
  readonly fields: readonly string[];
  /** Resources that go elsewhere because of it. */
  readonly moves: readonly ObjectKey[];
  /** Resources that Karmada leaves where they are until a rebalance is asked for, and that would go elsewhere then. */
  readonly afterRebalance: readonly ObjectKey[];
}
