import type { ObjectKey } from '../../src/core/object-key';
import type { FieldChange, FieldConflict, Plane, PlannedPlane, Source } from './plan';
import type { ClusterProgress } from './readiness/member-progress';

/** How an object is. */
export type ObjectState = 'current' | 'in-progress' | 'failed' | 'terminating' | 'absent' | 'unknown';

/** Where something is not as it should be. */
export type DriftLayer =
  /** The code says something else than the server has. */
  | 'template'
  /** Karmada has rendered something else for a member than the server has. */
  | 'work'
  /** The member has something else than it was given. */
  | 'member';

/** One difference that nobody who reads the code expects. */
export interface Drift {
  readonly layer: DriftLayer;
  /** Of the two member layers. */
  readonly cluster?: string;
  /** What differs; values of Secrets are never here. */
  readonly changes: readonly FieldChange[];
  /** Fields that belong to somebody else. */
  readonly conflicts: readonly FieldConflict[];
  /** Who wrote last besides us, as the server names it, and when. */
  readonly by?: string;
  readonly at?: string;
  /** What is not a field, such as an object that is not there. */
  readonly note?: string;
}

/** One object of the code, as it is now. */
export interface ObjectStatus {
  readonly plane: Plane;
  readonly chart: string;
  readonly key: ObjectKey;
  readonly path: string;
  readonly source: Source;
  readonly state: ObjectState;
  /** What is missing, or worth knowing. */
  readonly message?: string;
  /** When it was made. */
  readonly created?: string;
  /** Of a template on Karmada, each member that is to have it. */
  readonly clusters?: readonly ClusterProgress[];
  /** Left out when it was not looked for. */
  readonly drift?: readonly Drift[];
}

/** All objects of the code, as they are now. */
export interface StatusReport {
  readonly planes: readonly PlannedPlane[];
  /** When each chart was applied last, as far as its record says. */
  readonly charts: readonly { readonly chart: string; readonly plane: Plane; readonly appliedAt?: string }[];
  readonly objects: readonly ObjectStatus[];
  readonly totals: StatusTotals;
  /** What could not be found out. */
  readonly notes: readonly string[];
}

export interface StatusTotals {
  readonly ready: number;
  readonly notReady: number;
  readonly failed: number;
  readonly missing: number;
  /** Objects that drifted; 0 when it was not looked for. */
  readonly drifted: number;
}

export function statusTotals(objects: readonly ObjectStatus[]): StatusTotals {
  const count = (...states: ObjectState[]) => objects.filter(({ state }) => states.includes(state)).length;
  return {
    ready: count('current'),
    notReady: count('in-progress', 'terminating', 'unknown'),
    failed: count('failed'),
    missing: count('absent'),
    drifted: objects.filter(({ drift }) => drift?.length).length,
  };
}
